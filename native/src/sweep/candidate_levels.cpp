#include "candidate_levels.hpp"

#include <algorithm>

namespace thresher {
namespace {

/// An outline that no setting accepts.
constexpr std::uint32_t kNoShape = 0xFFFFFFFE;

// A window ends at the first level that fills one of these.
constexpr std::size_t kMostLevels = 64;
constexpr std::size_t kManyCandidates = std::size_t{1} << 15;
constexpr std::size_t kManyPoints = std::size_t{1} << 19;

}  // namespace

void CandidateLevels::start(MapView map, Size size, const PostprocessMode& mode, std::span<const float> levels,
                            std::span<const double> ratios, const Bounds& bounds) {
  map_ = map;
  size_ = size;
  mode_ = mode;
  ratios_ = ratios;
  bounds_ = bounds;
  levels_left_ = levels.size();
  bitmaps_.start(map, levels, mode.dilate);
}

std::size_t CandidateLevels::next_window(const Task* task) {
  outline_memo_.clear();
  rectangle_memo_.clear();
  score_memo_.clear();
  scores_.clear();
  shape_count_ = 0;
  candidates_.clear();
  level_.known.clear();
  ends_.assign(1, 0);
  std::size_t levels = 0;
  // Shapes that no box_thresh keeps take memory as well.
  while (levels_left_ > 0 && levels < kMostLevels && candidates_.size() < kManyCandidates &&
         shape_count_ < kManyCandidates && outline_memo_.pool_size() < kManyPoints) {
    std::swap(level_, before_);
    find_level(bitmaps_.next(), task);
    ends_.push_back(candidates_.size());
    ++levels;
    --levels_left_;
  }
  return levels;
}

void CandidateLevels::find_level(const Bitmap& bitmap, const Task* task) {
  find_borders_(bitmap, level_.contours);
  level_.starts.assign(find_borders_.starts().begin(), find_borders_.starts().end());
  level_.known.clear();
  const auto count = static_cast<std::uint32_t>(std::min<std::uint64_t>(bounds_.contours, level_.contours.size()));
  std::size_t next_before = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (task != nullptr) task->check();
    const std::span<const PointI> contour = level_.contours[i];
    const Known* const before = known_before(contour, level_.start(i), next_before);
    const Known known = before != nullptr ? *before : look_at(contour);
    level_.known.push_back(known);
    if (known.shape == kNoShape || bounds_.box_thresh > known.score) continue;
    candidates_.push_back({i, known.shape, known.score});
  }
}

/// What the level before knew of the same contour. What was there, is gone and comes back does not occur: a pixel that
/// is gone stays away. `next` goes through that level's contours as calls come in the order of this one's.
const CandidateLevels::Known* CandidateLevels::known_before(std::span<const PointI> contour, std::uint64_t start,
                                                            std::size_t& next) const {
  const std::size_t count = before_.known.size();
  while (next < count && before_.start(next) > start) ++next;
  for (std::size_t i = next; i < count && before_.start(i) == start; ++i) {
    if (std::ranges::equal(before_.contours[i], contour)) return &before_.known[i];
  }
  return nullptr;
}

CandidateLevels::Known CandidateLevels::look_at(std::span<const PointI> contour) {
  const std::uint32_t shape = shape_of(shape_.outline(mode_, contour));
  if (shape == kNoShape) return {shape, 0};
  return {shape, scores_slowly(mode_) ? shape_.slow_score(map_, contour) : shapes_[shape].score};
}

std::uint32_t CandidateLevels::shape_of(std::span<const PointI> outline) {
  // Different contours often have the same approximation, but seldom the same hull.
  if (starts_from_rectangle(mode_)) return new_shape(outline);
  std::uint32_t& place = outline_memo_[outline];
  if (place == outline_memo_.kNew) place = new_shape(outline);
  return place;
}

std::uint32_t CandidateLevels::new_shape(std::span<const PointI> outline) {
  if (shapes_.size() == shape_count_) shapes_.emplace_back();
  Candidate& shape = shapes_[shape_count_];
  if (!CandidateShape::shape(mode_, outline, bounds_.min_side, shape)) return kNoShape;

  // Different hulls often have the same rectangle, which its corners and its side tell.
  if (starts_from_rectangle(mode_)) {
    rectangle_ = shape.polygon;
    rectangle_.push_back({shape.side, 0});
    std::uint32_t& known = rectangle_memo_[rectangle_];
    if (known != rectangle_memo_.kNew) return known;
    known = static_cast<std::uint32_t>(shape_count_);
  }
  if (!scores_slowly(mode_)) shape.score = fast_score(shape);
  return static_cast<std::uint32_t>(shape_count_++);
}

/// Rectangles a fraction of a pixel apart often have the same score.
double CandidateLevels::fast_score(const Candidate& shape) {
  const auto score = [&] { return shape_.fast_score(map_, mode_, shape.polygon); };
  if (!starts_from_rectangle(mode_)) return score();
  std::uint32_t& known = score_memo_[shape_.scored_region(map_, shape.polygon)];
  if (known == score_memo_.kNew) {
    known = static_cast<std::uint32_t>(scores_.size());
    scores_.push_back(score());
  }
  return scores_[known];
}

}  // namespace thresher
