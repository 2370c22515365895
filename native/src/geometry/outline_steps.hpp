#pragma once

#include <cstddef>
#include <cstdint>

#include "thresher/geometry/point.hpp"
#include "thresher/host_device.hpp"

// The steps of is_simple_outline over memory that the caller holds. Points may have 32 or 64 bits.

namespace thresher::outline_steps {

/// Keeps products of differences within 64 bits.
constexpr std::int64_t kFarthest = std::int64_t{1} << 28;

/// A closed path within a larger buffer.
template <class T>
struct Path {
  Point<T>* points;
  std::size_t count;

  [[nodiscard]] THRESHER_HD PointL operator[](std::size_t i) const {
    return {static_cast<std::int64_t>(points[i].x), static_cast<std::int64_t>(points[i].y)};
  }
};

THRESHER_HD inline PointL difference(PointL a, PointL b) {
  return {a.x - b.x, a.y - b.y};
}
THRESHER_HD inline std::int64_t cross(PointL a, PointL b) {
  return a.x * b.y - a.y * b.x;
}
THRESHER_HD inline std::int64_t dot(PointL a, PointL b) {
  return a.x * b.x + a.y * b.y;
}

THRESHER_HD inline bool is_near(PointL p) {
  return p.x > -kFarthest && p.x < kFarthest && p.y > -kFarthest && p.y < kFarthest;
}

enum class Corner { bent, straight, turned_back };
THRESHER_HD inline Corner corner(PointL before, PointL at, PointL after) {
  const PointL arriving = difference(at, before);
  const PointL leaving = difference(after, at);
  if (cross(arriving, leaving) != 0) return Corner::bent;
  return dot(arriving, leaving) > 0 ? Corner::straight : Corner::turned_back;
}

/// Takes out repeated vertices and those on a straight line. False where the path turns back on itself.
template <class T>
THRESHER_HD bool take_out_straight_vertices(Path<T>& path) {
  std::size_t kept = 0;
  const auto straighten_end = [&](PointL next) {
    while (kept >= 2) {
      const Corner at_end = corner(path[kept - 2], path[kept - 1], next);
      if (at_end == Corner::bent) break;
      if (at_end == Corner::turned_back) return false;
      --kept;
    }
    return true;
  };
  for (std::size_t i = 0; i < path.count; ++i) {
    const PointL point = path[i];
    if (!is_near(point)) return false;
    if (kept > 0 && path[kept - 1] == point) continue;
    if (!straighten_end(point)) return false;
    path.points[kept++] = {static_cast<T>(point.x), static_cast<T>(point.y)};
  }
  while (kept > 1 && path[kept - 1] == path[0]) --kept;
  if (kept < 3 || !straighten_end(path[0])) return false;
  path.count = kept;
  while (path.count >= 3) {
    const Corner at_first = corner(path[path.count - 1], path[0], path[1]);
    if (at_first == Corner::turned_back) return false;
    if (at_first == Corner::bent) break;
    ++path.points;
    --path.count;
  }
  return path.count >= 3;
}

/// Whether every edge turns the same way, counter-clockwise with y up as Clipper's outlines do, round the middle of
/// the path's box, once in all, and the path goes up once and down once.
template <class T>
THRESHER_HD bool runs_once_round_its_middle(const Path<T>& path) {
  PointL low = path[0];
  PointL high = path[0];
  for (std::size_t i = 1; i < path.count; ++i) {
    const PointL p = path[i];
    low = {p.x < low.x ? p.x : low.x, p.y < low.y ? p.y : low.y};
    high = {p.x > high.x ? p.x : high.x, p.y > high.y ? p.y : high.y};
  }
  const PointL doubled_middle{low.x + high.x, low.y + high.y};
  const auto arm = [&](PointL p) { return PointL{2 * p.x - doubled_middle.x, 2 * p.y - doubled_middle.y}; };
  PointL from = path[path.count - 1];
  PointL from_arm = arm(from);
  int crossings = 0;
  int bends = 0;
  int last_step = 0;
  int first_step = 0;
  for (std::size_t i = 0; i < path.count; ++i) {
    const PointL to = path[i];
    const PointL to_arm = arm(to);
    if (cross(from_arm, to_arm) <= 0) return false;
    crossings += (from_arm.y < 0) != (to_arm.y < 0);
    const int step = (to.y > from.y) - (to.y < from.y);
    if (step != 0) {
      if (first_step == 0) first_step = step;
      bends += last_step != 0 && step != last_step;
      last_step = step;
    }
    from = to;
    from_arm = to_arm;
  }
  bends += first_step != last_step;
  return crossings == 2 && bends == 2;
}

/// is_simple_outline, but that `path` is only narrowed: the outline starts at the returned place of it. The number of
/// vertices where it is not simple.
template <class T>
THRESHER_HD std::size_t simple_outline_start(Path<T>& path) {
  if (!take_out_straight_vertices(path) || !runs_once_round_its_middle(path)) return path.count;
  std::size_t top = 0;
  for (std::size_t i = 1; i < path.count; ++i) {
    const PointL p = path[i];
    const PointL best = path[top];
    if (p.y < best.y || (p.y == best.y && p.x > best.x)) top = i;
  }
  return top + 1 == path.count ? 0 : top + 1;
}

}  // namespace thresher::outline_steps
