#include "thresher/geometry/polygon_measure.hpp"

#include "check.hpp"

using namespace thresher;

namespace {
using Ring = std::vector<PointD>;
}

TEST("geometry/polygon_measure: rectangle and triangle, either way round") {
  CHECK_EQ(ring_area(Ring{{0, 0}, {4, 0}, {4, 3}, {0, 3}}), 12.0);
  CHECK_EQ(ring_area(Ring{{0, 3}, {4, 3}, {4, 0}, {0, 0}}), 12.0);
  CHECK_EQ(ring_length(Ring{{0, 0}, {4, 0}, {4, 3}, {0, 3}}), 14.0);
  CHECK_EQ(ring_area(Ring{{0, 0}, {3, 0}, {0, 4}}), 6.0);
  CHECK_EQ(ring_length(Ring{{0, 0}, {3, 0}, {0, 4}}), 12.0);
}

TEST("geometry/polygon_measure: the sign of an area tells the direction") {
  CHECK_EQ(signed_ring_area(Ring{{0, 0}, {4, 0}, {4, 3}, {0, 3}}), -12.0);
  CHECK_EQ(signed_ring_area(Ring{{0, 3}, {4, 3}, {4, 0}, {0, 0}}), 12.0);
}

TEST("geometry/polygon_measure: the loops of a bow-tie cancel") {
  CHECK_EQ(ring_area(Ring{{0, 0}, {2, 2}, {2, 0}, {0, 2}}), 0.0);
  CHECK_EQ(ring_area(Ring{{0, 0}, {3, 3}, {3, 0}, {0, 3}, {-1, 3}, {-1, 0}}), 3.0);
}

TEST("geometry/polygon_measure: degenerate rings") {
  CHECK_EQ(ring_area({}), 0.0);
  CHECK_EQ(ring_length({}), 0.0);
  CHECK_EQ(ring_area(Ring{{5, 5}}), 0.0);
  CHECK_EQ(ring_length(Ring{{5, 5}}), 0.0);
  CHECK_EQ(ring_area(Ring{{5, 5}, {8, 9}}), 0.0);
  CHECK_EQ(ring_length(Ring{{5, 5}, {8, 9}}), 10.0);
}

TEST("geometry/polygon_measure: x is taken from the first vertex, so a far ring keeps its digits in x") {
  const double far = 4503599627370496.0;  // 2^52: products with it would lose everything below 1
  CHECK_EQ(ring_area(Ring{{far, 0}, {far + 1, 0}, {far + 1, 0.5}, {far, 0.5}}), 0.5);
}
