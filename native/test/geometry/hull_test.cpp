#include "thresher/geometry/hull.hpp"

#include <algorithm>

#include "check.hpp"
#include "picture.hpp"

using namespace thresher;

namespace {

using Points = std::vector<PointI>;

/// Positive where c lies to the left of a -> b with y down, that is clockwise on the screen.
std::int64_t turn(PointI a, PointI b, PointI c) {
  return std::int64_t{b.x - a.x} * (c.y - a.y) - std::int64_t{b.y - a.y} * (c.x - a.x);
}

}  // namespace

TEST("geometry/hull: nothing, one point, two points") {
  CHECK(convex_hull({}).empty());
  CHECK(convex_hull(Points{{3, 4}}) == (Points{{3, 4}}));
  CHECK(convex_hull(Points{{3, 4}, {3, 4}, {3, 4}}) == (Points{{3, 4}}));
  CHECK_EQ(convex_hull(Points{{3, 4}, {5, 4}}).size(), 2U);
}

TEST("geometry/hull: collinear points leave the two ends") {
  for (const PointI step : {PointI{1, 0}, PointI{0, 1}, PointI{2, 1}, PointI{-1, 3}}) {
    Points line;
    for (const int i : {3, 0, 4, 1, 2, 4, 0}) line.push_back({7 + i * step.x, 9 + i * step.y});
    auto hull = convex_hull(line);
    std::ranges::sort(hull, {}, [](PointI p) { return std::pair(p.x, p.y); });
    Points ends{{7, 9}, {7 + 4 * step.x, 9 + 4 * step.y}};
    std::ranges::sort(ends, {}, [](PointI p) { return std::pair(p.x, p.y); });
    CHECK(hull == ends);
  }
}

TEST("geometry/hull: a contour's hull keeps its direction and starts where its indices do") {
  // The order in which border following gives a rectangle. Ascending indices read TL, BL, BR, TR counter-clockwise;
  // the hull runs the other way, so it starts at the highest index and descends.
  CHECK(convex_hull(Points{{0, 0}, {0, 5}, {9, 5}, {9, 0}}) == (Points{{9, 0}, {9, 5}, {0, 5}, {0, 0}}));
  CHECK(convex_hull(Points{{9, 5}, {9, 0}, {0, 0}, {0, 5}}) == (Points{{0, 5}, {0, 0}, {9, 0}, {9, 5}}));
  // The other direction ascends from index 0.
  CHECK(convex_hull(Points{{9, 5}, {0, 5}, {0, 0}, {9, 0}}) == (Points{{9, 5}, {0, 5}, {0, 0}, {9, 0}}));
}

TEST("geometry/hull: scrambled indices leave the start at the rightmost point") {
  // Round the square the indices read 0 2 1 3: no rotation sorts them. The scan begins at the lower right.
  CHECK(convex_hull(Points{{0, 0}, {4, 4}, {4, 0}, {0, 4}}) == (Points{{4, 4}, {0, 4}, {0, 0}, {4, 0}}));
}

TEST("geometry/hull: contains all points, is strictly convex, and uses given points only") {
  RandomPictures random(2);
  for (int round = 0; round < 2000; ++round) {
    const Points points = random.points(40, 1 + random.below(30));
    const Points hull = convex_hull(points);
    CHECK(!hull.empty());
    for (const PointI vertex : hull) CHECK(std::ranges::find(points, vertex) != points.end());
    if (hull.size() == 1) {
      CHECK(std::ranges::all_of(points, [&](PointI p) { return p == hull[0]; }));
      continue;
    }
    for (std::size_t i = 0; i < hull.size(); ++i) {
      const PointI a = hull[i];
      const PointI b = hull[(i + 1) % hull.size()];
      CHECK(a != b);
      for (const PointI p : points) CHECK(turn(a, b, p) >= 0);
      if (hull.size() > 2) CHECK(turn(a, b, hull[(i + 2) % hull.size()]) > 0);
    }
  }
}

TEST("geometry/hull: coordinates up to the stated range") {
  constexpr int far = 1 << 29;
  const auto hull = convex_hull(Points{{-far, -far}, {far, -far}, {far, far}, {-far, far}, {0, 0}, {far, 1}});
  CHECK_EQ(hull.size(), 4U);
}

TEST("geometry/hull: points that already are a hull give what they give among others") {
  RandomPictures random(12);
  int kept = 0;
  for (int round = 0; round < 3000; ++round) {
    Points points = convex_hull(random.points(30, 60));
    if (points.size() < 3) continue;
    std::ranges::rotate(points, points.begin() + random.below(static_cast<int>(points.size())));
    if (round % 2 == 0) std::ranges::reverse(points);
    const Points alone = convex_hull(points);
    // A point on an edge keeps the shortcut from being taken and is no vertex. As the last in the list it leaves the
    // order of the others as it is.
    Points doubled;
    for (const PointI p : points) doubled.push_back({2 * p.x, 2 * p.y});
    doubled.push_back({points.back().x + points.front().x, points.back().y + points.front().y});
    Points among;
    for (const PointI p : convex_hull(doubled)) among.push_back({p.x / 2, p.y / 2});
    CHECK(alone == among);
    ++kept;
  }
  CHECK(kept > 2000);
}

TEST("geometry/hull: points on few rows give what they give on many") {
  RandomPictures random(14);
  int vertices = 0;
  for (int round = 0; round < 20000; ++round) {
    // Few columns, so that points coincide and lie in lines.
    const Points points = random.points(1 + random.below(40), 2 + random.below(30));
    Points spread;
    for (const PointI p : points) spread.push_back({p.x, p.y * 1000});
    Points found;
    for (const PointI p : convex_hull(spread)) found.push_back({p.x, p.y / 1000});
    CHECK(convex_hull(points) == found);
    vertices += static_cast<int>(found.size());
  }
  CHECK(vertices > 60000);
}
