#include "simple_outline.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace thresher {
namespace {

/// Keeps products of differences within 64 bits.
constexpr std::int64_t kFarthest = std::int64_t{1} << 28;

PointL difference(PointL a, PointL b) {
  return {a.x - b.x, a.y - b.y};
}
std::int64_t cross(PointL a, PointL b) {
  return a.x * b.y - a.y * b.x;
}
std::int64_t dot(PointL a, PointL b) {
  return a.x * b.x + a.y * b.y;
}

bool is_near(PointL p) {
  return p.x > -kFarthest && p.x < kFarthest && p.y > -kFarthest && p.y < kFarthest;
}

enum class Corner { bent, straight, turned_back };
Corner corner(PointL before, PointL at, PointL after) {
  const PointL arriving = difference(at, before);
  const PointL leaving = difference(after, at);
  if (cross(arriving, leaving) != 0) return Corner::bent;
  return dot(arriving, leaving) > 0 ? Corner::straight : Corner::turned_back;
}

/// Takes out repeated vertices and those on a straight line. False where the path turns back on itself.
bool take_out_straight_vertices(std::vector<PointL>& path) {
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
  for (const PointL point : path) {
    if (!is_near(point)) return false;
    if (kept > 0 && path[kept - 1] == point) continue;
    if (!straighten_end(point)) return false;
    path[kept++] = point;
  }
  while (kept > 1 && path[kept - 1] == path[0]) --kept;
  if (kept < 3 || !straighten_end(path[0])) return false;
  path.resize(kept);
  std::size_t first = 0;
  while (path.size() - first >= 3) {
    const Corner at_first = corner(path.back(), path[first], path[first + 1]);
    if (at_first == Corner::turned_back) return false;
    if (at_first == Corner::bent) break;
    ++first;
  }
  path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(first));
  return path.size() >= 3;
}

/// Whether every edge turns the same way, counter-clockwise with y up as Clipper's outlines do, round the middle of
/// the path's box, once in all, and the path goes up once and down once.
bool runs_once_round_its_middle(const std::vector<PointL>& path) {
  const auto [left, right] = std::ranges::minmax(path, {}, &PointL::x);
  const auto [top, bottom] = std::ranges::minmax(path, {}, &PointL::y);
  const PointL doubled_middle{left.x + right.x, top.y + bottom.y};
  const auto arm = [&](PointL p) { return PointL{2 * p.x - doubled_middle.x, 2 * p.y - doubled_middle.y}; };
  PointL from = path.back();
  PointL from_arm = arm(from);
  int crossings = 0;
  int bends = 0;
  int last_step = 0;
  int first_step = 0;
  for (const PointL to : path) {
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

}  // namespace

bool is_simple_outline(std::vector<PointL>& path) {
  if (!take_out_straight_vertices(path) || !runs_once_round_its_middle(path)) return false;
  const auto top =
      std::ranges::min_element(path, [](PointL a, PointL b) { return a.y != b.y ? a.y < b.y : a.x > b.x; });
  std::rotate(path.begin(), top + 1, path.end());
  return true;
}

}  // namespace thresher
