#include "thresher/geometry/min_area_rect.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <span>
#include <vector>

#include "../../src/geometry/library_math.hpp"
#include "../../src/geometry/near_calipers.hpp"
#include "check.hpp"
#include "picture.hpp"
#include "thresher/geometry/hull.hpp"

using namespace thresher;

namespace {

using Points = std::vector<PointI>;

/// The least area over the directions of all hull edges, in double.
double least_area(const Points& hull) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const PointI a = hull[i];
    const PointI b = hull[(i + 1) % hull.size()];
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    const PointD along{(b.x - a.x) / length, (b.y - a.y) / length};
    const auto spread = [&hull](PointD axis) {
      const auto on_axis = [axis](PointI p) { return p.x * axis.x + p.y * axis.y; };
      const auto [low, high] = std::ranges::minmax(hull, {}, on_axis);
      return on_axis(high) - on_axis(low);
    };
    least = std::min(least, spread(along) * spread({-along.y, along.x}));
  }
  return least;
}

}  // namespace

TEST("geometry/min_area_rect: an upright rectangle, exactly") {
  const RotatedRect rect = min_area_rect(Points{{2, 3}, {2, 8}, {12, 8}, {12, 3}});
  CHECK_EQ(rect.center.x, 7.0F);
  CHECK_EQ(rect.center.y, 5.5F);
  // Standing on its short side, at 90 degrees: the convention of OpenCV 4.5.1 to 4.12.
  CHECK_EQ(rect.angle, 90.0F);
  CHECK_EQ(rect.width, 5.0F);
  CHECK_EQ(rect.height, 10.0F);
  const MiniBox box = mini_box(rect);
  CHECK_EQ(box.side, 5.0F);
  for (std::size_t i = 0; i < 4; ++i) {
    const std::array<PointF, 4> expected{{{2, 3}, {12, 3}, {12, 8}, {2, 8}}};
    CHECK(std::abs(box.corners[i].x - expected[i].x) < 1e-5F);
    CHECK(std::abs(box.corners[i].y - expected[i].y) < 1e-5F);
  }
}

TEST("geometry/min_area_rect: the angle lies in a quarter turn") {
  RandomPictures random(4);
  for (int round = 0; round < 500; ++round) {
    const Points hull = convex_hull(random.points(20, 100));
    if (hull.size() < 3) continue;
    const RotatedRect rect = min_area_rect(hull);
    CHECK(rect.angle >= 0 && rect.angle <= 90);
  }
}

TEST("geometry/min_area_rect: degenerate input") {
  CHECK_EQ(min_area_rect({}).width, 0.0F);
  const RotatedRect point = min_area_rect(Points{{4, 5}});
  CHECK(point.center == (PointF{4, 5}));
  CHECK_EQ(point.width + point.height + point.angle, 0.0F);
  const RotatedRect line = min_area_rect(Points{{0, 0}, {3, 4}, {6, 8}});
  CHECK(line.center == (PointF{3, 4}));
  CHECK_EQ(line.width, 10.0F);
  CHECK_EQ(line.height, 0.0F);
  CHECK_EQ(mini_box(line).side, 0.0F);
}

TEST("geometry/min_area_rect: covers the points with the least area") {
  RandomPictures random(3);
  for (int round = 0; round < 2000; ++round) {
    const Points points = random.points(30, 2 + random.below(200));
    const Points hull = convex_hull(points);
    if (hull.size() < 3) continue;
    const RotatedRect rect = min_area_rect(points);
    const double area = static_cast<double>(rect.width) * rect.height;
    CHECK(std::abs(area - least_area(hull)) < 1e-4 * area + 1e-3);

    const double radians = rect.angle * std::acos(-1.0) / 180;
    for (const PointI p : points) {
      const double dx = p.x - static_cast<double>(rect.center.x);
      const double dy = p.y - static_cast<double>(rect.center.y);
      CHECK(std::abs(dx * std::cos(radians) + dy * std::sin(radians)) < rect.width / 2.0 + 1e-2);
      CHECK(std::abs(dy * std::cos(radians) - dx * std::sin(radians)) < rect.height / 2.0 + 1e-2);
    }
  }
}

/// The calipers that do any hull.
RotatedRect general_rect(std::span<const PointI> hull) {
  LibraryMath math;
  return calipers::rect_of_hull(hull, calipers::PassingEdges(hull), math);
}

TEST("geometry/min_area_rect: calipers for near vertices give the bits of the general ones") {
  std::mt19937 random(17);
  const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
  int near = 0;
  int far = 0;
  for (int round = 0; round < 20000; ++round) {
    // Small ones have many edges along the axes and at right angles to one another, which tie.
    const int span = round % 4 == 0 ? 3000 : 2 + below(round % 4 == 1 ? 5 : 60);
    const int away = round % 50 == 0 ? 1 << 23 : 2000;
    const PointI origin{below(away), below(away)};
    std::vector<PointI> points;
    for (int i = 3 + below(40); i > 0; --i) points.push_back({origin.x + below(span), origin.y + below(span)});
    std::vector<PointI> hull = convex_hull(points);
    if (hull.size() < 3) continue;
    std::ranges::rotate(hull, hull.begin() + below(static_cast<int>(hull.size())));
    CHECK(min_area_rect_of_hull(hull) == general_rect(hull));
    calipers::NearCalipers calipers;
    ++(calipers.start(hull) ? near : far);
  }
  CHECK(near > 10000);
  CHECK(far > 1000);
}

TEST("geometry/mini_box: corners of an unrotated rectangle") {
  const auto corners = box_points({{10, 20}, 6, 2, 0});
  // From the lower left on, counter-clockwise in a frame with y up, which is clockwise on the screen.
  CHECK(corners == (std::array<PointF, 4>{{{7, 21}, {7, 19}, {13, 19}, {13, 21}}}));
  const MiniBox box = mini_box({{10, 20}, 6, 2, 0});
  CHECK(box.corners == (std::array<PointF, 4>{{{7, 19}, {13, 19}, {13, 21}, {7, 21}}}));
  CHECK_EQ(box.side, 2.0F);
}

TEST("geometry/mini_box: the halves are by x, so a diamond's first corner is its left or its top one") {
  const MiniBox box = mini_box(min_area_rect(Points{{10, 0}, {0, 10}, {10, 20}, {20, 10}}));
  for (std::size_t i = 0; i < 4; ++i) {
    const PointF a = box.corners[i];
    const PointF b = box.corners[(i + 1) % 4];
    CHECK(std::abs(std::hypot(a.x - b.x, a.y - b.y) - std::sqrt(200.0F)) < 1e-4F);
  }
  // TL above BL, TR above BR, left pair before right pair.
  CHECK(box.corners[0].y < box.corners[3].y);
  CHECK(box.corners[1].y < box.corners[2].y);
  CHECK(std::max(box.corners[0].x, box.corners[3].x) <= std::min(box.corners[1].x, box.corners[2].x) + 1e-4F);
}

TEST("geometry/mini_box: corners with the same x keep the order of box_points") {
  // Left, top, right, bottom: top and bottom tie for the middle, and top goes to the left half.
  const RotatedRect diamond{{10, 10}, 8, 8, 45};
  const auto [left, above, right, below] = box_points(diamond);
  CHECK_EQ(above.x, below.x);
  CHECK(mini_box(diamond).corners == (std::array<PointF, 4>{{above, right, below, left}}));
}

TEST("geometry/mini_box: equal heights in a half swap it") {
  // A rectangle of no height: in each half neither corner is strictly lower, so the first by x goes to the bottom.
  const MiniBox box = mini_box({{5, 5}, 4, 0, 0});
  CHECK(box.corners == (std::array<PointF, 4>{{{3, 5}, {7, 5}, {7, 5}, {3, 5}}}));
  CHECK_EQ(box.side, 0.0F);
}
