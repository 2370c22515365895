#include "thresher/postprocess/candidates.hpp"

#include <algorithm>
#include <limits>

#include "thresher/contour/borders.hpp"
#include "thresher/geometry/min_area_rect.hpp"

namespace thresher {
namespace {

bool starts_from_rectangle(const PostprocessMode& mode) {
  return mode.box_type == BoxType::quad && mode.variant != Variant::mmocr;
}

/// Tolerance of the approximation as a share of the contour's length.
double approximation_share(Variant variant) {
  return variant == Variant::mmocr ? 0.01 : 0.002;
}

template <class T>
std::vector<PointD> to_double(std::span<const Point<T>> points) {
  std::vector<PointD> result;
  result.reserve(points.size());
  for (const auto& point : points) result.push_back({static_cast<double>(point.x), static_cast<double>(point.y)});
  return result;
}

}  // namespace

std::uint64_t contour_limit(Variant variant, int max_candidates) {
  const std::int64_t limit = std::int64_t{max_candidates} + (variant == Variant::mmocr ? 1 : 0);
  return static_cast<std::uint64_t>(std::max<std::int64_t>(limit, 0));
}

void CandidateFinder::operator()(MapView map, const PostprocessMode& mode, double thresh, std::uint64_t limit,
                                 double min_side, std::vector<Candidate>& out, const Task* task) {
  out.clear();
  binarise(map, thresh, mode.dilate, bitmap_);
  find_borders(bitmap_, contours_);
  const auto count = static_cast<std::uint32_t>(std::min<std::uint64_t>(limit, contours_.size()));
  for (std::uint32_t i = 0; i < count; ++i) {
    if (task != nullptr) task->check();
    const auto contour = contours_[i];
    if (starts_from_rectangle(mode)) {
      const MiniBox box = mini_box(min_area_rect(contour, hull_));
      if (box.side < min_side) continue;
      const std::span<const PointF> corners = box.corners;
      const double score = mode.score_mode == ScoreMode::slow ? mean_(map, contour) : mean_(map, corners);
      out.push_back({i, box.side, score, to_double(corners)});
    } else {
      const auto polygon = approximation_(contour, approximation_share(mode.variant) * arc_length(contour));
      if (polygon.size() < 4) continue;
      out.push_back({i, std::numeric_limits<float>::infinity(), mean_(map, polygon), to_double(polygon)});
    }
  }
}

std::vector<Candidate> find_candidates(MapView map, const PostprocessMode& mode, double thresh, std::uint64_t limit,
                                       double min_side, const Task* task) {
  std::vector<Candidate> candidates;
  CandidateFinder{}(map, mode, thresh, limit, min_side, candidates, task);
  return candidates;
}

}  // namespace thresher
