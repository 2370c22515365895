#include "thresher/geometry/polygon_validity.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <vector>

#include "double_double.hpp"
#include "orientation.hpp"

namespace thresher {
namespace {

struct Segment {
  PointD a;
  PointD b;

  [[nodiscard]] double min_x() const { return std::min(a.x, b.x); }
  [[nodiscard]] double max_x() const { return std::max(a.x, b.x); }
  [[nodiscard]] double min_y() const { return std::min(a.y, b.y); }
  [[nodiscard]] double max_y() const { return std::max(a.y, b.y); }
};

/// Whether two segments whose extents in x overlap have a point in common.
bool meet(const Segment& s, const Segment& t) {
  if (s.min_y() > t.max_y() || t.min_y() > s.max_y()) return false;
  // Neither lies strictly on one side of the other's line; with overlapping extents that is enough, collinear or not.
  return orientation(s.a, s.b, t.a) * orientation(s.a, s.b, t.b) <= 0 &&
         orientation(t.a, t.b, s.a) * orientation(t.a, t.b, s.b) <= 0;
}

/// Whether the edges before and after a vertex lie on one another.
bool is_spike(PointD before, PointD vertex, PointD after) {
  if (orientation(before, vertex, after) != 0) return false;
  const auto sign = [](double v) { return (v > 0) - (v < 0); };
  // Collinear, so the two point the same way as soon as one coordinate does.
  return sign(before.x - vertex.x) == sign(after.x - vertex.x) && sign(before.y - vertex.y) == sign(after.y - vertex.y);
}

bool is_usable(PointD point) {
  return std::fabs(point.x) <= kMaxCoordinate && std::fabs(point.y) <= kMaxCoordinate;  // false for NaN
}

}  // namespace

bool is_valid_ring(std::span<const PointD> ring) {
  if (!std::all_of(ring.begin(), ring.end(), is_usable)) return false;
  std::vector<PointD> points;
  points.reserve(ring.size());
  std::unique_copy(ring.begin(), ring.end(), std::back_inserter(points));
  while (points.size() > 1 && points.back() == points.front()) points.pop_back();
  const std::size_t n = points.size();
  if (n < 3) return false;

  std::vector<Segment> edges(n);
  for (std::size_t i = 0; i < n; ++i) {
    const PointD next = points[i + 1 < n ? i + 1 : 0];
    if (is_spike(points[i > 0 ? i - 1 : n - 1], points[i], next)) return false;
    edges[i] = {points[i], next};
  }

  // By left end, so that an edge need only be compared until the others begin right of it.
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t i, std::size_t j) { return edges[i].min_x() < edges[j].min_x(); });
  for (std::size_t p = 0; p < n; ++p) {
    const std::size_t i = order[p];
    for (std::size_t q = p + 1; q < n && edges[order[q]].min_x() <= edges[i].max_x(); ++q) {
      const std::size_t j = order[q];
      const bool neighbours = (i + 1) % n == j || (j + 1) % n == i;
      if (!neighbours && meet(edges[i], edges[j])) return false;
    }
  }
  return true;
}

}  // namespace thresher
