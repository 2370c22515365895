#include "thresher/geometry/point_in_polygon.hpp"

#include <vector>

#include "check.hpp"

namespace {

using namespace thresher;

TEST("geometry/point_in_polygon: left and top edges are inside, right and bottom edges are not") {
  for (const std::vector<PointD>& box : {std::vector<PointD>{{0, 0}, {10, 0}, {10, 10}, {0, 10}},
                                         std::vector<PointD>{{10, 10}, {10, 0}, {0, 0}, {0, 10}}}) {
    CHECK(is_inside(box, 5, 5));
    CHECK(is_inside(box, 0, 5));
    CHECK(is_inside(box, 5, 0));
    CHECK(is_inside(box, 0, 0));
    CHECK(!is_inside(box, 10, 5));
    CHECK(!is_inside(box, 5, 10));
    CHECK(!is_inside(box, 10, 0));
    CHECK(!is_inside(box, 0, 10));
    CHECK(!is_inside(box, 10, 10));
    CHECK(!is_inside(box, -1, 5));
    CHECK(!is_inside(box, 11, 5));
  }
}

TEST("geometry/point_in_polygon: where sides cross, what is enclosed twice is outside") {
  const std::vector<PointD> star{{50, 0}, {79, 90}, {2, 35}, {98, 35}, {21, 90}};
  CHECK(is_inside(star, 50, 20));
  CHECK(!is_inside(star, 50, 50));
  CHECK(is_inside(star, 20, 40));
}

TEST("geometry/point_in_polygon: what has no area holds nothing") {
  const std::vector<PointD> line{{0, 0}, {10, 10}, {20, 20}};
  CHECK(!is_inside(line, 5, 5));
  CHECK(!is_inside(std::vector<PointD>{{3, 3}, {3, 3}, {3, 3}, {3, 3}}, 3, 3));
  CHECK(!is_inside({}, 0, 0));
}

}  // namespace
