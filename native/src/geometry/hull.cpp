#include "thresher/geometry/hull.hpp"

#include <algorithm>
#include <tuple>

namespace thresher {
namespace {

template <class T>
int sign(T value) {
  return (value > 0) - (value < 0);
}

}  // namespace

/// Sklansky's scan along sorted_ from one position to another: points that step `away` (the sign of dy) from the goal
/// are skipped, the others are kept while the chain turns by `turn` (the sign of the cross product).
void ConvexHull::scan(std::size_t from, std::size_t to, int turn, int away, Chain& chain) const {
  const auto at = [this](std::size_t position) { return sorted_[position].point; };
  chain.assign(1, from);
  if (at(from) == at(to)) return;

  const auto step = [from, to](std::size_t position) { return from < to ? position + 1 : position - 1; };
  std::size_t next = step(from);
  chain.push_back(next);
  while (next != to) {
    next = step(next);
    for (;;) {
      const PointI before = at(chain[chain.size() - 2]);
      const PointI corner = at(chain.back());
      const std::int64_t bx = std::int64_t{at(next).x} - corner.x;
      const std::int64_t by = std::int64_t{at(next).y} - corner.y;
      if (sign(by) == away) break;

      const std::int64_t ax = std::int64_t{corner.x} - before.x;
      const std::int64_t ay = std::int64_t{corner.y} - before.y;
      if (sign(ay * bx - ax * by) == turn && (ax != 0 || ay != 0)) {
        chain.push_back(next);
        break;
      }
      if (chain.size() == 2) {
        chain.back() = next;
        break;
      }
      chain.pop_back();
    }
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
  const auto by_index = [](const Entry& a, const Entry& b) { return a.index < b.index; };
  const auto lowest = std::ranges::min_element(hull_, by_index) - hull_.begin();
  // Not max_element, which may return a later one of equals.
  const auto highest =
      std::ranges::min_element(hull_, [](const Entry& a, const Entry& b) { return a.index > b.index; }) - hull_.begin();
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
  scan(left, bottom, 1, -1, from_left_);
  scan(right, bottom, -1, -1, from_right_);
  join(from_right_, from_left_);

  // The neighbour of the leftmost point on the lower half. If the upper half has the same one, all points are
  // collinear and the halves are mirror images: the second gives its end points only.
  const std::size_t none = sorted_.size();
  const std::size_t below = from_left_.size() > 2    ? from_left_[1]
                            : from_right_.size() > 2 ? from_right_[from_right_.size() - 2]
                                                     : none;
  scan(left, top, -1, 1, from_left_);
  scan(right, top, 1, 1, from_right_);
  const std::size_t above = from_left_.size() > 2                        ? from_left_[1]
                            : from_left_.size() + from_right_.size() > 2 ? from_right_[2 - from_left_.size()]
                                                                         : none;
  if (below != none && above != none && sorted_[below].point == sorted_[above].point) {
    from_left_.resize(std::min<std::size_t>(from_left_.size(), 2));
    from_right_.resize(std::min<std::size_t>(from_right_.size(), 2));
  }
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
