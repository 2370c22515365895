#include "thresher/geometry/hull.hpp"

#include <algorithm>
#include <limits>
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

/// The hull of points that already go round a strictly convex polygon once, which offset rectangles do: the points
/// themselves, or from the last to the first. False for any others.
bool ConvexHull::take_convex(std::span<const PointI> points) {
  const std::size_t count = points.size();
  if (count < 3) return false;
  const auto step = [](PointI from, PointI to) {
    return PointL{std::int64_t{to.x} - from.x, std::int64_t{to.y} - from.y};
  };
  PointL arriving = step(points[count - 2], points[count - 1]);
  bool rightward = arriving.x > 0 || (arriving.x == 0 && arriving.y > 0);
  int reversals = 0;
  int turn = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const PointL leaving = step(points[i == 0 ? count - 1 : i - 1], points[i]);
    const std::int64_t cross = arriving.x * leaving.y - arriving.y * leaving.x;
    const int here = (cross > 0) - (cross < 0);
    if (here == 0 || here == -turn) return false;
    turn = here;
    const bool now_rightward = leaving.x > 0 || (leaving.x == 0 && leaving.y > 0);
    reversals += now_rightward != rightward;
    rightward = now_rightward;
    arriving = leaving;
  }
  if (reversals != 2) return false;
  if (turn > 0) {
    vertices_.assign(points.begin(), points.end());
  } else {
    vertices_.assign(points.rbegin(), points.rend());
  }
  return true;
}

/// The ends of each row, which are all that can be vertices.
void ConvexHull::collect_rows(std::span<const PointI> points, std::int32_t top, std::size_t rows) {
  constexpr std::int32_t far_right = std::numeric_limits<std::int32_t>::max();
  left_ends_.assign(rows, {far_right, 0, 0});
  right_ends_.assign(rows, {-far_right, 0, 0});
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    const PointI point = points[i];
    const auto row = static_cast<std::size_t>(point.y - top);
    RowEnd& left = left_ends_[row];
    if (point.x < left.x) left = {point.x, i, i};
    if (point.x == left.x) left.last = i;
    RowEnd& right = right_ends_[row];
    if (point.x > right.x) right = {point.x, i, i};
    if (point.x == right.x) right.last = i;
  }
}

/// Appends a vertex to the chain that began at a place of the ring, and drops those that no longer turn clockwise.
void ConvexHull::put_on_ring(Vertex vertex, std::size_t chain_begin) {
  while (ring_.size() >= chain_begin + 2) {
    const PointI before = ring_[ring_.size() - 2].point;
    const PointI corner = ring_.back().point;
    const std::int64_t ax = std::int64_t{corner.x} - before.x;
    const std::int64_t ay = std::int64_t{corner.y} - before.y;
    const std::int64_t bx = std::int64_t{vertex.point.x} - corner.x;
    const std::int64_t by = std::int64_t{vertex.point.y} - corner.y;
    if (ax * by - ay * bx > 0) break;
    ring_.pop_back();
  }
  ring_.push_back(vertex);
}

/// The hull of points on few rows, without sorting. False for others.
bool ConvexHull::find_by_rows(std::span<const PointI> points) {
  const auto [highest, lowest] = std::ranges::minmax(points, {}, &PointI::y);
  const std::int32_t top = highest.y;
  const std::size_t rows = static_cast<std::size_t>(lowest.y - top) + 1;
  if (rows > 4 * points.size() + 32) return false;
  collect_rows(points, top, rows);

  // Clockwise on the screen: down the right ends, up the left ends.
  ring_.clear();
  const auto vertex = [top](const RowEnd& end, std::size_t row) {
    return Vertex{{end.x, top + static_cast<std::int32_t>(row)}, &end};
  };
  const auto has_points = [](const RowEnd& left, const RowEnd& right) { return left.x <= right.x; };
  for (std::size_t row = 0; row < rows; ++row) {
    if (has_points(left_ends_[row], right_ends_[row])) put_on_ring(vertex(right_ends_[row], row), 0);
  }
  std::size_t chain_begin = ring_.size();
  if (left_ends_[rows - 1].x == right_ends_[rows - 1].x) --chain_begin;
  for (std::size_t row = rows; row-- > 0;) {
    if (row == rows - 1 && chain_begin < ring_.size()) continue;
    if (has_points(left_ends_[row], right_ends_[row])) put_on_ring(vertex(left_ends_[row], row), chain_begin);
  }
  if (ring_.size() > 1 && ring_.back().point == ring_.front().point) ring_.pop_back();
  take_ring();
  return true;
}

/// Makes ring_ the hull: from the rightmost vertex on (of several the lowest), each with the place that the scans of
/// find_by_sorting would leave it where several points coincide.
void ConvexHull::take_ring() {
  const auto count = ring_.size();
  std::size_t right = 0;
  std::size_t left = 0;
  std::size_t bottom = 0;
  std::size_t top = 0;
  for (std::size_t i = 1; i < count; ++i) {
    const PointI p = ring_[i].point;
    const auto at = [this](std::size_t place) { return ring_[place].point; };
    if (p.x > at(right).x || (p.x == at(right).x && p.y > at(right).y)) right = i;
    if (p.x < at(left).x || (p.x == at(left).x && p.y < at(left).y)) left = i;
    if (p.y > at(bottom).y || (p.y == at(bottom).y && p.x < at(bottom).x)) bottom = i;
    if (p.y < at(top).y || (p.y == at(top).y && p.x < at(top).x)) top = i;
  }
  hull_.clear();
  bool past_bottom = false;
  bool past_top = false;
  for (std::size_t n = 0; n < count; ++n) {
    const std::size_t i = (right + n) % count;
    past_bottom = past_bottom || i == bottom;
    past_top = past_top || (i == top && i != right);
    const bool on_left_scan = past_bottom && !past_top && i != bottom && i != left;
    const bool takes_last = on_left_scan || (i == right && i != bottom);
    const RowEnd& end = *ring_[i].end;
    hull_.push_back({ring_[i].point, takes_last ? end.last : end.first});
  }
}

void ConvexHull::find_by_sorting(std::span<const PointI> points) {
  sorted_.clear();
  for (std::uint32_t i = 0; i < points.size(); ++i) sorted_.push_back({points[i], i});
  std::ranges::sort(sorted_, [](const Entry& a, const Entry& b) {
    return std::tie(a.point.x, a.point.y, a.index) < std::tie(b.point.x, b.point.y, b.index);
  });
  hull_.clear();
  if (sorted_.front().point == sorted_.back().point) {
    hull_.push_back(sorted_.front());
    return;
  }

  std::size_t top = 0;
  std::size_t bottom = 0;
  for (std::size_t i = 1; i < sorted_.size(); ++i) {
    if (sorted_[i].point.y < sorted_[top].point.y) top = i;
    if (sorted_[i].point.y > sorted_[bottom].point.y) bottom = i;
  }
  const std::size_t left = 0;
  const std::size_t right = sorted_.size() - 1;
  scan(left, bottom, 1, from_left_);
  scan(right, bottom, -1, from_right_);
  join(from_right_, from_left_);
  scan(left, top, -1, from_left_);
  scan(right, top, 1, from_right_);
  join(from_left_, from_right_);
}

std::span<const PointI> ConvexHull::operator()(std::span<const PointI> points) {
  vertices_.clear();
  if (points.empty() || take_convex(points)) return vertices_;
  if (!find_by_rows(points)) find_by_sorting(points);
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
