#include "thresher/geometry/hull.hpp"

#include <algorithm>

#include "hull_steps.hpp"

namespace thresher {

void ConvexHull::take(hull_steps::Ring ring) {
  ring = hull_steps::in_input_order(ring);
  for (std::size_t i = 0; i < ring.size(); ++i) vertices_.push_back(ring[i]);
}

bool ConvexHull::take_convex(std::span<const PointI> points) {
  const int turn = hull_steps::convex_turn(points);
  if (turn > 0) vertices_.assign(points.begin(), points.end());
  if (turn < 0) vertices_.assign(points.rbegin(), points.rend());
  return turn != 0;
}

/// The hull of points on few rows, without sorting. False for others.
bool ConvexHull::find_by_rows(std::span<const PointI> points) {
  const auto [highest, lowest] = std::ranges::minmax(points, {}, &PointI::y);
  const std::int32_t top = highest.y;
  const std::size_t rows = static_cast<std::size_t>(lowest.y - top) + 1;
  if (rows > 4 * points.size() + 32) return false;
  if (left_ends_.size() < rows) {
    left_ends_.resize(rows);
    right_ends_.resize(rows);
  }
  ring_.resize(std::max(ring_.size(), 2 * rows));
  hull_steps::collect_rows(points, top, rows, left_ends_.data(), right_ends_.data());
  const std::size_t count = hull_steps::find_ring(left_ends_.data(), right_ends_.data(), top, rows, ring_.data());
  take(hull_steps::take_places(ring_.data(), count, left_ends_.data(), right_ends_.data()));
  return true;
}

void ConvexHull::find_by_sorting(std::span<const PointI> points) {
  sorted_.clear();
  for (std::uint32_t i = 0; i < points.size(); ++i) sorted_.push_back({points[i], i});
  std::ranges::sort(sorted_, hull_steps::sorts_before);
  ring_.resize(std::max(ring_.size(), points.size() + 4));
  forward_.resize(points.size());
  backward_.resize(points.size());
  take({ring_.data(),
        hull_steps::hull_of_sorted(sorted_.data(), sorted_.size(), forward_.data(), backward_.data(), ring_.data())});
}

std::span<const PointI> ConvexHull::operator()(std::span<const PointI> points) {
  vertices_.clear();
  if (points.empty() || take_convex(points)) return vertices_;
  if (!find_by_rows(points)) find_by_sorting(points);
  return vertices_;
}

std::vector<PointI> convex_hull(std::span<const PointI> points) {
  ConvexHull hull;
  const auto vertices = hull(points);
  return {vertices.begin(), vertices.end()};
}

}  // namespace thresher
