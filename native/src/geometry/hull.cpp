#include "thresher/geometry/hull.hpp"

#include <algorithm>
#include <tuple>

namespace thresher {

/// The convex chain through sorted_ from one position to another: scans the points between them and keeps those where
/// the chain turns by `turn` (the sign of the cross product). Collinear points and repetitions fall out; of points that
/// coincide the one scanned last stays.
void ConvexHull::scan(std::size_t from, std::size_t to, int turn, Chain& chain) const {
  const auto at = [this](std::size_t position) { return sorted_[position].point; };
  const auto turns = [turn](PointI before, PointI corner, PointI next) {
    const std::int64_t ax = std::int64_t{corner.x} - before.x;
    const std::int64_t ay = std::int64_t{corner.y} - before.y;
    const std::int64_t bx = std::int64_t{next.x} - corner.x;
    const std::int64_t by = std::int64_t{next.y} - corner.y;
    const std::int64_t cross = ay * bx - ax * by;
    return turn > 0 ? cross > 0 : cross < 0;
  };
  chain.assign(1, from);
  if (at(from) == at(to)) return;
  for (std::size_t next = from; next != to;) {
    next = from < to ? next + 1 : next - 1;
    while (chain.size() > 1 && !turns(at(chain[chain.size() - 2]), at(chain.back()), at(next))) chain.pop_back();
    chain.push_back(next);
  }
}

/// Appends one chain without its last point, and the other in reverse without its first.
void ConvexHull::join(const Chain& forward, const Chain& backward) {
  for (std::size_t i = 0; i + 1 < forward.size(); ++i) hull_.push_back(sorted_[forward[i]]);
  for (std::size_t i = backward.size(); i-- > 1;) hull_.push_back(sorted_[backward[i]]);
}

/// Where a rotation puts the input indices in ascending or descending order, the hull starts there. min_area_rect
/// depends on it: of two equally small rectangles it takes the one that it sees last.
void ConvexHull::start_in_input_order() {
  const auto count = static_cast<std::ptrdiff_t>(hull_.size());
  if (count < 3) return;
  const auto [min, max] = std::ranges::minmax_element(hull_, {}, &Entry::index);
  const auto lowest = min - hull_.begin();
  const auto highest = max - hull_.begin();
  const bool ascending = (highest + 1) % count == lowest;
  if (!ascending && (lowest + 1) % count != highest) return;

  const auto start = ascending ? lowest : highest;
  for (std::ptrdiff_t i = 0; i + 1 < count; ++i) {
    const auto here = hull_.begin() + (start + i) % count;
    const auto after = hull_.begin() + (start + i + 1) % count;
    if (ascending != (here->index < after->index)) return;
  }
  std::rotate(hull_.begin(), hull_.begin() + start, hull_.end());
}

std::span<const PointI> ConvexHull::operator()(std::span<const PointI> points) {
  vertices_.clear();
  if (points.empty()) return vertices_;

  sorted_.clear();
  for (std::uint32_t i = 0; i < points.size(); ++i) sorted_.push_back({points[i], i});
  std::ranges::sort(sorted_, [](const Entry& a, const Entry& b) {
    return std::tie(a.point.x, a.point.y, a.index) < std::tie(b.point.x, b.point.y, b.index);
  });
  if (sorted_.front().point == sorted_.back().point) {
    vertices_.push_back(sorted_.front().point);
    return vertices_;
  }

  std::size_t top = 0;
  std::size_t bottom = 0;
  for (std::size_t i = 1; i < sorted_.size(); ++i) {
    if (sorted_[i].point.y < sorted_[top].point.y) top = i;
    if (sorted_[i].point.y > sorted_[bottom].point.y) bottom = i;
  }
  const std::size_t left = 0;
  const std::size_t right = sorted_.size() - 1;

  hull_.clear();
  scan(left, bottom, 1, from_left_);
  scan(right, bottom, -1, from_right_);
  join(from_right_, from_left_);
  scan(left, top, -1, from_left_);
  scan(right, top, 1, from_right_);
  join(from_left_, from_right_);

  start_in_input_order();
  for (const Entry& entry : hull_) vertices_.push_back(entry.point);
  return vertices_;
}

std::vector<PointI> convex_hull(std::span<const PointI> points) {
  ConvexHull hull;
  const auto vertices = hull(points);
  return {vertices.begin(), vertices.end()};
}

}  // namespace thresher
