#include "thresher/geometry/repaired_polygon.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "orientation.hpp"
#include "thresher/geometry/polygon_measure.hpp"
#include "thresher/geometry/polygon_overlap.hpp"
#include "thresher/geometry/polygon_validity.hpp"

namespace thresher {
namespace {

bool belongs_to_all(std::span<const std::uint8_t> held) {
  return std::all_of(held.begin(), held.end(), [](std::uint8_t h) { return h != 0; });
}

/// Vertices of the convex hull: Andrew's monotone chain (Inf. Proc. Letters 9, 1979) with exact turns.
std::vector<PointD> hull_of(std::vector<PointD> points) {
  std::sort(points.begin(), points.end(), [](PointD a, PointD b) { return a.x < b.x || (a.x == b.x && a.y < b.y); });
  points.erase(std::unique(points.begin(), points.end()), points.end());
  if (points.size() < 3) return {};
  std::vector<PointD> hull;
  const auto add_chain = [&](auto first, auto last) {
    const std::size_t start = hull.size();
    for (auto point = first; point != last; ++point) {
      while (hull.size() >= start + 2 && orientation(hull[hull.size() - 2], hull.back(), *point) <= 0) hull.pop_back();
      hull.push_back(*point);
    }
    hull.pop_back();  // the other chain's first
  };
  add_chain(points.begin(), points.end());
  add_chain(points.rbegin(), points.rend());
  return hull;
}

}  // namespace

RepairedPolygon repair(std::span<const PointD> ring) {
  RepairedPolygon polygon;
  polygon.points.assign(ring.begin(), ring.end());
  if (is_valid_ring(ring)) {
    polygon.area = ring_area(ring);
    polygon.parts = 1;
    return polygon;
  }
  // GEOS takes repeated points out before it sums up the area that gives the direction.
  auto& points = polygon.points;
  points.erase(std::unique(points.begin(), points.end()), points.end());
  polygon.fill = signed_ring_area(points) < 0 ? Fill::positive : Fill::negative;
  const RegionMeasure measure = measure_region(std::array{polygon.outline()}, belongs_to_all);
  polygon.area = measure.area;
  polygon.parts = measure.parts;
  return polygon;
}

RepairedPolygon repair_to_one_part(std::span<const PointD> ring) {
  RepairedPolygon polygon = repair(ring);
  if (polygon.parts <= 1) return polygon;
  polygon.points = hull_of(region_corners(std::array{polygon.outline()}, belongs_to_all));
  polygon.fill = Fill::even_odd;
  polygon.area = ring_area(polygon.points);
  return polygon;
}

double overlap_area(const RepairedPolygon& a, const RepairedPolygon& b) {
  if (a.fill == Fill::even_odd && b.fill == Fill::even_odd) return overlap_area(a.points, b.points);
  return measure_region(std::array{a.outline(), b.outline()}, belongs_to_all).area;
}

}  // namespace thresher
