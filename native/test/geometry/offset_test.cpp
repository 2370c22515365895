#include "thresher/geometry/offset.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <stdexcept>
#include <vector>

#include "../../third_party/clipper/clipper.hpp"
#include "check.hpp"

namespace {

using namespace thresher;
using Polygon = std::vector<PointD>;
using Path = std::vector<PointL>;
using Outlines = std::vector<Path>;

/// The reference that pyclipper wraps.
Outlines clipper_offset(const std::vector<PointD>& polygon, double delta) {
  ClipperLib::Path path;
  for (const PointD point : polygon) {
    path.emplace_back(static_cast<ClipperLib::cInt>(point.x), static_cast<ClipperLib::cInt>(point.y));
  }
  ClipperLib::ClipperOffset offset(2, 0.25);
  offset.AddPath(path, ClipperLib::jtRound, ClipperLib::etClosedPolygon);
  ClipperLib::Paths solution;
  offset.Execute(solution, delta);
  Outlines outlines;
  for (const auto& outline : solution) {
    auto& points = outlines.emplace_back();
    for (const auto& point : outline) points.push_back({point.X, point.Y});
  }
  return outlines;
}

class Shapes {
 public:
  double uniform(double low, double high) { return std::uniform_real_distribution(low, high)(random_); }
  int whole(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }

  /// Distances from 0.01 to 200 pixels, whole ones among them.
  double delta() { return whole(0, 4) == 0 ? whole(1, 40) : std::pow(10.0, uniform(-2, std::log10(200.0))); }
  std::vector<PointD> rectangle() {
    const double turn = uniform(0, std::numbers::pi);
    const double w = uniform(1, 150);
    const double h = uniform(1, 60);
    const PointD centre{uniform(-20, 900), uniform(-20, 900)};
    std::vector<PointD> corners;
    for (const auto [x, y] : {PointD{-w, -h}, {w, -h}, {w, h}, {-w, h}}) {
      corners.push_back(
          {centre.x + x * std::cos(turn) - y * std::sin(turn), centre.y + x * std::sin(turn) + y * std::cos(turn)});
    }
    return corners;
  }
  /// A concave outline without crossings.
  std::vector<PointD> star(double size) {
    std::vector<double> angles(static_cast<std::size_t>(whole(3, 40)));
    for (double& angle : angles) angle = uniform(0, 2 * std::numbers::pi);
    std::sort(angles.begin(), angles.end());
    std::vector<PointD> points;
    for (const double angle : angles) {
      const double radius = uniform(size / 40, size);
      points.push_back({400 + radius * std::cos(angle), 400 + radius * std::sin(angle)});
    }
    return points;
  }
  /// Crossing, touching, repeating and collinear points.
  std::vector<PointD> scribble(int side) {
    std::vector<PointD> points(static_cast<std::size_t>(whole(1, 14)));
    for (PointD& point : points) point = {static_cast<double>(whole(0, side)), static_cast<double>(whole(0, side))};
    return points;
  }

 private:
  std::mt19937 random_{20240817};
};

template <class Error, class F>
bool throws(F f) {
  try {
    f();
  } catch (const Error&) {
    return true;
  }
  return false;
}

// Outlines printed by pyclipper 1.2.1.

TEST("geometry/offset: a rectangle, either way round") {
  const Outlines expected{{{43, -4},
                           {45, 0},
                           {45, 12},
                           {44, 15},
                           {40, 17},
                           {0, 17},
                           {-3, 16},
                           {-5, 12},
                           {-5, 0},
                           {-4, -3},
                           {0, -5},
                           {40, -5}}};
  CHECK(offset_polygon(Polygon{{0, 0}, {40, 0}, {40, 12}, {0, 12}}, 5) == expected);
  CHECK(offset_polygon(Polygon{{0, 12}, {40, 12}, {40, 0}, {0, 0}}, 5) == expected);
}

TEST("geometry/offset: coordinates are truncated toward zero") {
  const Outlines expected{{{52, 16},
                           {54, 18},
                           {54, 22},
                           {48, 33},
                           {46, 35},
                           {42, 35},
                           {3, 14},
                           {1, 12},
                           {1, 8},
                           {6, -2},
                           {8, -4},
                           {12, -4}}};
  CHECK(offset_polygon(Polygon{{10.9, -0.9}, {50.2, 20.7}, {44.5, 31.1}, {5.6, 10.2}}, 4.25) == expected);
}

TEST("geometry/offset: a bow-tie falls apart") {
  const Outlines expected{{{1, -1}, {12, 10}, {0, 22}, {-2, 20}, {-2, 0}, {-1, -2}},
                          {{21, 19}, {20, 20}, {18, 20}, {18, 16}},
                          {{21, 1}, {18, 4}, {18, 0}, {20, 0}}};
  CHECK(offset_polygon(Polygon{{0, 0}, {20, 20}, {20, 0}, {0, 20}}, 2) == expected);
}

TEST("geometry/offset: a distance of zero and an inward one") {
  const Polygon rectangle{{0, 0}, {40, 0}, {40, 12}, {0, 12}};
  CHECK(offset_polygon(rectangle, 0) == (Outlines{{{40, 12}, {0, 12}, {0, 0}, {40, 0}}}));
  CHECK(offset_polygon(rectangle, -3) == (Outlines{{{37, 9}, {3, 9}, {3, 3}, {37, 3}}}));
}

TEST("geometry/offset: what has fewer than three distinct points is ignored") {
  CHECK(offset_polygon({}, 5).empty());
  CHECK(offset_polygon(Polygon{{1, 1}}, 5).empty());
  CHECK(offset_polygon(Polygon{{1, 1}, {9, 1}, {9.5, 1.5}, {1, 1}, {1.2, 1}}, 5).empty());
}

TEST("geometry/offset: equals ClipperOffset on rectangles, concave outlines and scribbles") {
  Shapes shapes;
  for (int i = 0; i < 2000; ++i) {
    for (const auto& polygon : {shapes.rectangle(), shapes.star(300), shapes.star(8), shapes.scribble(3),
                                shapes.scribble(20), shapes.scribble(400)}) {
      const double delta = shapes.delta();
      CHECK(offset_polygon(polygon, delta) == clipper_offset(polygon, delta));
    }
    const auto polygon = shapes.scribble(200);
    for (const double delta : {0.0, 1e-21, -1e-21, 1e-9, -shapes.delta()}) {
      CHECK(offset_polygon(polygon, delta) == clipper_offset(polygon, delta));
    }
  }
}

TEST("geometry/offset: equals ClipperOffset far from the origin") {
  Shapes shapes;
  for (int i = 0; i < 1000; ++i) {
    auto polygon = shapes.star(300);
    const double scale = std::pow(10.0, shapes.uniform(3, 15));
    for (PointD& point : polygon) point = {point.x * scale, (point.y - 400) * scale};
    const double delta = shapes.delta() * 1000;
    CHECK(offset_polygon(polygon, delta) == clipper_offset(polygon, delta));
  }
}

TEST("geometry/offset: what Clipper cannot hold is an error") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const Polygon square{{0, 0}, {10, 0}, {10, 10}, {0, 10}};
  for (const double delta : {nan, infinity, -infinity, 0x1p31, 1e300}) {
    CHECK(throws<std::invalid_argument>([&] { offset_polygon(square, delta); }));
  }
  for (const double far : {nan, infinity, -infinity, 1e30, -0x1p63, 0x1p62}) {
    CHECK(throws<std::invalid_argument>([&] { offset_polygon(Polygon{{0, 0}, {10, 0}, {10, far}}, 1); }));
  }
  // Inside before the offset, outside after it.
  const double edge = 0x1p62 - 512;
  CHECK(offset_polygon(Polygon{{0, 0}, {edge, 0}, {0, edge}}, 1).size() == 1);
  CHECK(throws<std::invalid_argument>([&] { offset_polygon(Polygon{{0, 0}, {edge, 0}, {0, edge}}, 2048); }));
  const auto least = std::numeric_limits<std::int64_t>::min();
  CHECK(throws<std::invalid_argument>([&] { positive_union(Path{{0, 0}, {5, 5}, {least, 0}}); }));
}

TEST("geometry/offset: the raw path still has its loops") {
  // At a reflex corner the raw path runs through the corner itself.
  const Path notched{{0, 0}, {30, 0}, {15, 10}, {30, 20}, {0, 20}};
  const auto raw = raw_offset(notched, 3);
  CHECK(std::ranges::find(raw, PointL{15, 10}) != raw.end());
  const auto outlines = positive_union(raw);
  CHECK_EQ(outlines.size(), 1U);
  CHECK(std::ranges::find(outlines[0], PointL{15, 10}) == outlines[0].end());
}

}  // namespace
