#include "thresher/geometry/repaired_polygon.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "check.hpp"

// Expected areas and numbers of parts are those of shapely 1.8.5 over GEOS 3.11.1: Polygon(ring).buffer(0).

namespace {

using namespace thresher;
using Ring = std::vector<PointD>;

void expect(const Ring& ring, double area, int parts, double hull_area) {
  const RepairedPolygon polygon = repair(ring);
  CHECK(std::fabs(polygon.area - area) <= 1e-14 * area);
  CHECK_EQ(polygon.parts, parts);
  CHECK(std::fabs(repair_to_one_part(ring).area - hull_area) <= 1e-14 * hull_area);
}

TEST("geometry/repaired_polygon: valid polygons stay") {
  expect({{0, 0}, {4, 0}, {4, 3}, {0, 3}}, 12, 1, 12);
  expect({{0, 0}, {0, 3}, {4, 3}, {4, 0}, {0, 0}}, 12, 1, 12);
}

TEST("geometry/repaired_polygon: one loop of a bow-tie remains") {
  const Ring bow_tie{{0, 0}, {10, 10}, {10, 0}, {0, 10}};
  expect(bow_tie, 25, 1, 25);
  // The right one, whichever way round: POLYGON ((5 5, 10 10, 10 0, 5 5)) and the left one reversed.
  CHECK_EQ(overlap_area(repair(bow_tie), repair(Ring{{5, 0}, {10, 0}, {10, 10}, {5, 10}})), 25.0);
  // The larger loop gives the direction.
  expect({{0, 0}, {15, 15}, {15, 0}, {0, 10}}, 67.5, 1, 67.5);
}

TEST("geometry/repaired_polygon: several parts, and the hull that stands for them") {
  // Two boxes and between them a strip that runs the other way.
  expect({{0, 0}, {30, 0}, {30, 10}, {20, 10}, {20, -5}, {10, -5}, {10, 10}, {0, 10}}, 200, 2, 300);
  // The hull of two triangles that touch in a point is an even-odd polygon like any other.
  const Ring touching{{0, 0}, {10, 0}, {5, 5}, {10, 10}, {0, 10}, {5, 5}};
  expect(touching, 50, 2, 100);
  CHECK_EQ(overlap_area(repair_to_one_part(touching), repair(Ring{{0, 4}, {1, 4}, {1, 6}, {0, 6}})), 2.0);
  CHECK_EQ(overlap_area(repair(touching), repair(Ring{{0, 4}, {1, 4}, {1, 6}, {0, 6}})), 0.0);
}

TEST("geometry/repaired_polygon: what is wound around twice is no hole") {
  const Ring twice{{0, 0}, {20, 0}, {20, 20}, {0, 20}, {0, 0}, {10, 0}, {10, 10}, {0, 10}};
  expect(twice, 400, 1, 400);
  Ring back = twice;
  std::reverse(back.begin(), back.end());
  expect(back, 400, 1, 400);
}

TEST("geometry/repaired_polygon: nothing remains of lines and points") {
  expect({{0, 0}, {5, 5}, {9, 9}}, 0, 0, 0);
  expect({{0, 0}, {9, 0}, {5, 0}, {7, 0}}, 0, 0, 0);
  expect({{2, 2}, {2, 2}, {2, 2}}, 0, 0, 0);
  expect({}, 0, 0, 0);
}

}  // namespace
