#include "thresher/postprocess/candidates.hpp"

#include <algorithm>
#include <limits>

#include "thresher/geometry/min_area_rect.hpp"

namespace thresher {
namespace {

/// The points in coordinates of another type, which holds them exactly.
template <class T, class Points>
void assign(const Points& points, std::vector<Point<T>>& out) {
  out.clear();
  for (const auto& point : points) out.push_back({static_cast<T>(point.x), static_cast<T>(point.y)});
}

}  // namespace

std::uint64_t contour_limit(Variant variant, int max_candidates) {
  const std::int64_t limit = std::int64_t{max_candidates} + (variant == Variant::mmocr ? 1 : 0);
  return static_cast<std::uint64_t>(std::max<std::int64_t>(limit, 0));
}

double approximation_share(Variant variant) {
  return variant == Variant::mmocr ? 0.01 : 0.002;
}

bool starts_from_rectangle(const PostprocessMode& mode) {
  return mode.box_type == BoxType::quad && mode.variant != Variant::mmocr;
}

bool scores_slowly(const PostprocessMode& mode) {
  return starts_from_rectangle(mode) && mode.score_mode == ScoreMode::slow;
}

std::span<const PointI> CandidateShape::outline(const PostprocessMode& mode, std::span<const PointI> contour) {
  if (starts_from_rectangle(mode)) return hull_(contour);
  return approximation_(contour, approximation_share(mode.variant) * arc_length(contour));
}

bool CandidateShape::shape(const PostprocessMode& mode, std::span<const PointI> outline, double min_side,
                           Candidate& out) {
  if (starts_from_rectangle(mode)) {
    const MiniBox box = mini_box(min_area_rect_of_hull(outline));
    out.side = box.side;
    assign<double>(box.corners, out.polygon);
    return !(box.side < min_side);
  }
  out.side = std::numeric_limits<float>::infinity();
  assign<double>(outline, out.polygon);
  return outline.size() >= 4;
}

double CandidateShape::fast_score(MapView map, const PostprocessMode& mode, std::span<const PointD> polygon) {
  if (starts_from_rectangle(mode)) {
    assign<float>(polygon, corners_);
    return mean_(map, corners_);
  }
  assign<std::int32_t>(polygon, vertices_);
  return mean_(map, vertices_);
}

std::span<const PointI> CandidateShape::scored_region(MapView map, std::span<const PointD> rectangle) {
  assign<float>(rectangle, corners_);
  return mean_.region(map, corners_);
}

void CandidateFinder::operator()(MapView map, const PostprocessMode& mode, double thresh, std::uint64_t limit,
                                 double min_side, std::vector<Candidate>& out, const Task* task) {
  out.clear();
  binarise(map, thresh, mode.dilate, bitmap_);
  find_borders_(bitmap_, contours_);
  const auto count = static_cast<std::uint32_t>(std::min<std::uint64_t>(limit, contours_.size()));
  for (std::uint32_t i = 0; i < count; ++i) {
    if (task != nullptr) task->check();
    const auto contour = contours_[i];
    Candidate& candidate = out.emplace_back();
    if (!CandidateShape::shape(mode, shape_.outline(mode, contour), min_side, candidate)) {
      out.pop_back();
      continue;
    }
    candidate.contour = i;
    candidate.score =
        scores_slowly(mode) ? shape_.slow_score(map, contour) : shape_.fast_score(map, mode, candidate.polygon);
  }
}

std::vector<Candidate> find_candidates(MapView map, const PostprocessMode& mode, double thresh, std::uint64_t limit,
                                       double min_side, const Task* task) {
  std::vector<Candidate> candidates;
  CandidateFinder{}(map, mode, thresh, limit, min_side, candidates, task);
  return candidates;
}

}  // namespace thresher
