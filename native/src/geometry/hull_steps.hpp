#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "thresher/geometry/hull.hpp"
#include "thresher/host_device.hpp"

// The steps of ConvexHull over memory that the caller holds.

namespace thresher::hull_steps {

/// Entries read in a circle.
struct Ring {
  const Entry* entries = nullptr;
  std::size_t count = 0;
  std::size_t start = 0;

  [[nodiscard]] THRESHER_HD std::size_t size() const { return count; }
  [[nodiscard]] THRESHER_HD const Entry& entry(std::size_t i) const {
    const std::size_t place = start + i;
    return entries[place < count ? place : place - count];
  }
  [[nodiscard]] THRESHER_HD PointI operator[](std::size_t i) const { return entry(i).point; }
};

/// Twice the area that three points span, positive where the path turns clockwise on the screen.
THRESHER_HD inline std::int64_t turn(PointI before, PointI corner, PointI after) {
  const std::int64_t ax = std::int64_t{corner.x} - before.x;
  const std::int64_t ay = std::int64_t{corner.y} - before.y;
  const std::int64_t bx = std::int64_t{after.x} - corner.x;
  const std::int64_t by = std::int64_t{after.y} - corner.y;
  return ax * by - ay * bx;
}

/// Whether points already go round a strictly convex polygon once, which offset rectangles often do: 1 clockwise on the
/// screen, -1 the other way round, 0 for any others. The hull is then the points, or the points from last to first.
template <class Points>
THRESHER_HD int convex_turn(const Points& points) {
  const std::size_t count = points.size();
  if (count < 3) return 0;
  const auto rightward = [](PointI from, PointI to) { return to.x > from.x || (to.x == from.x && to.y > from.y); };
  bool heading = rightward(points[count - 2], points[count - 1]);
  int reversals = 0;
  int sense = 0;
  PointI before = points[count - 2];
  PointI corner = points[count - 1];
  for (std::size_t i = 0; i < count; ++i) {
    const PointI after = points[i];
    const std::int64_t cross = turn(before, corner, after);
    const int here = (cross > 0) - (cross < 0);
    if (here == 0 || here == -sense) return 0;
    sense = here;
    const bool now = rightward(corner, after);
    reversals += now != heading;
    heading = now;
    before = corner;
    corner = after;
  }
  return reversals == 2 ? sense : 0;
}

/// The ends of each row, which are all that can be vertices; `left` and `right` have one a row from `top` on.
THRESHER_HD inline void collect_rows(std::span<const PointI> points, std::int32_t top, std::size_t rows, RowEnd* left,
                                     RowEnd* right) {
  constexpr std::int32_t far_right = std::numeric_limits<std::int32_t>::max();
  for (std::size_t row = 0; row < rows; ++row) {
    left[row] = {far_right, 0, 0};
    right[row] = {-far_right, 0, 0};
  }
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    const PointI point = points[i];
    const auto row = static_cast<std::size_t>(point.y - top);
    if (point.x < left[row].x) left[row] = {point.x, i, i};
    if (point.x == left[row].x) left[row].last = i;
    if (point.x > right[row].x) right[row] = {point.x, i, i};
    if (point.x == right[row].x) right[row].last = i;
  }
}

/// Appends a vertex to the chain that began at a place of the ring, and drops those that no longer turn clockwise.
THRESHER_HD inline void put_on_ring(const Entry& vertex, std::size_t chain_begin, Entry* ring, std::size_t& count) {
  while (count >= chain_begin + 2 && turn(ring[count - 2].point, ring[count - 1].point, vertex.point) <= 0) --count;
  ring[count++] = vertex;
}

/// The hull's vertices clockwise on the screen: down the right ends, up the left ends. `ring` has room for two a row.
/// Returns their number. 2 * row + side stands for their places.
THRESHER_HD inline std::size_t find_ring(const RowEnd* left, const RowEnd* right, std::int32_t top, std::size_t rows,
                                         Entry* ring) {
  const auto has_points = [&](std::size_t row) { return left[row].x <= right[row].x; };
  const auto vertex = [&](const RowEnd* ends, std::size_t row, std::uint32_t side) {
    return Entry{{ends[row].x, top + static_cast<std::int32_t>(row)}, 2 * static_cast<std::uint32_t>(row) + side};
  };
  std::size_t count = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    if (has_points(row)) put_on_ring(vertex(right, row, 1), 0, ring, count);
  }
  std::size_t chain_begin = count;
  if (left[rows - 1].x == right[rows - 1].x) --chain_begin;
  for (std::size_t row = rows; row-- > 0;) {
    if (row == rows - 1 && chain_begin < count) continue;
    if (has_points(row)) put_on_ring(vertex(left, row, 0), chain_begin, ring, count);
  }
  if (count > 1 && ring[count - 1].point == ring[0].point) --count;
  return count;
}

/// Gives each vertex of find_ring the place that the scans of hull_of_sorted would leave it where several points
/// coincide, and starts the ring at the rightmost vertex (of several the lowest).
THRESHER_HD inline Ring take_places(Entry* ring, std::size_t count, const RowEnd* left_ends, const RowEnd* right_ends) {
  std::size_t right = 0;
  std::size_t left = 0;
  std::size_t bottom = 0;
  std::size_t top = 0;
  for (std::size_t i = 1; i < count; ++i) {
    const PointI p = ring[i].point;
    const auto at = [ring](std::size_t place) { return ring[place].point; };
    if (p.x > at(right).x || (p.x == at(right).x && p.y > at(right).y)) right = i;
    if (p.x < at(left).x || (p.x == at(left).x && p.y < at(left).y)) left = i;
    if (p.y > at(bottom).y || (p.y == at(bottom).y && p.x < at(bottom).x)) bottom = i;
    if (p.y < at(top).y || (p.y == at(top).y && p.x < at(top).x)) top = i;
  }
  bool past_bottom = false;
  bool past_top = false;
  for (std::size_t n = 0; n < count; ++n) {
    const std::size_t i = right + n < count ? right + n : right + n - count;
    past_bottom = past_bottom || i == bottom;
    past_top = past_top || (i == top && i != right);
    const bool on_left_scan = past_bottom && !past_top && i != bottom && i != left;
    const bool takes_last = on_left_scan || (i == right && i != bottom);
    const std::uint32_t code = ring[i].index;
    const RowEnd* const end = (code % 2 != 0 ? right_ends : left_ends) + code / 2;
    ring[i].index = takes_last ? end->last : end->first;
  }
  return {ring, count, right};
}

/// The convex chain through sorted entries from one place to another: scans those between and keeps those where the
/// chain turns by `sense` (the sign of the cross product with y up). Collinear points and repetitions fall out; of
/// points that coincide the one scanned last stays. Returns the chain's length; it has room for all entries.
THRESHER_HD inline std::size_t scan(const Entry* sorted, std::size_t from, std::size_t to, int sense,
                                    std::uint32_t* chain) {
  const auto at = [sorted](std::size_t place) { return sorted[place].point; };
  chain[0] = static_cast<std::uint32_t>(from);
  std::size_t count = 1;
  if (at(from) == at(to)) return count;
  for (std::size_t next = from; next != to;) {
    next = from < to ? next + 1 : next - 1;
    while (count > 1) {
      const std::int64_t cross = turn(at(chain[count - 2]), at(chain[count - 1]), at(next));
      if (sense > 0 ? cross < 0 : cross > 0) break;
      --count;
    }
    chain[count++] = static_cast<std::uint32_t>(next);
  }
  return count;
}

/// The order that hull_of_sorted wants.
THRESHER_HD inline bool sorts_before(const Entry& a, const Entry& b) {
  if (a.point.x != b.point.x) return a.point.x < b.point.x;
  if (a.point.y != b.point.y) return a.point.y < b.point.y;
  return a.index < b.index;
}

/// The hull of sorted entries by four scans between the extreme points. Each chain has room for all entries, `hull` for
/// four more. Returns the number of vertices.
THRESHER_HD inline std::size_t hull_of_sorted(const Entry* sorted, std::size_t count, std::uint32_t* forward,
                                              std::uint32_t* backward, Entry* hull) {
  if (sorted[0].point == sorted[count - 1].point) {
    hull[0] = sorted[0];
    return 1;
  }
  std::size_t top = 0;
  std::size_t bottom = 0;
  for (std::size_t i = 1; i < count; ++i) {
    if (sorted[i].point.y < sorted[top].point.y) top = i;
    if (sorted[i].point.y > sorted[bottom].point.y) bottom = i;
  }
  const std::size_t right = count - 1;
  std::size_t vertices = 0;
  // One chain without its last point, and the other in reverse without its first.
  const auto join = [&](std::size_t forward_count, std::size_t backward_count) {
    for (std::size_t i = 0; i + 1 < forward_count; ++i) hull[vertices++] = sorted[forward[i]];
    for (std::size_t i = backward_count; i-- > 1;) hull[vertices++] = sorted[backward[i]];
  };
  const std::size_t right_to_bottom = scan(sorted, right, bottom, -1, forward);
  const std::size_t left_to_bottom = scan(sorted, 0, bottom, 1, backward);
  join(right_to_bottom, left_to_bottom);
  const std::size_t left_to_top = scan(sorted, 0, top, -1, forward);
  const std::size_t right_to_top = scan(sorted, right, top, 1, backward);
  join(left_to_top, right_to_top);
  return vertices;
}

/// Where a rotation puts the input places in ascending or descending order, the hull starts there. min_area_rect
/// depends on it: of two equally small rectangles it takes the one that it sees last.
THRESHER_HD inline Ring in_input_order(Ring ring) {
  if (ring.count < 3) return ring;
  std::size_t lowest = 0;
  std::size_t highest = 0;
  for (std::size_t i = 1; i < ring.count; ++i) {
    if (ring.entry(i).index < ring.entry(lowest).index) lowest = i;
    if (ring.entry(i).index >= ring.entry(highest).index) highest = i;
  }
  const bool ascending = (highest + 1) % ring.count == lowest;
  if (!ascending && (lowest + 1) % ring.count != highest) return ring;

  Ring turned = ring;
  turned.start = (ring.start + (ascending ? lowest : highest)) % ring.count;
  for (std::size_t i = 0; i + 1 < ring.count; ++i) {
    if (ascending != (turned.entry(i).index < turned.entry(i + 1).index)) return ring;
  }
  return turned;
}

}  // namespace thresher::hull_steps
