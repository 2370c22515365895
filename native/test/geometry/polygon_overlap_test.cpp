#include "thresher/geometry/polygon_overlap.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <stdexcept>
#include <vector>

#include "check.hpp"
#include "thresher/geometry/polygon_measure.hpp"

namespace {

using namespace thresher;
using Polygon = std::vector<PointD>;

Polygon box(double x0, double y0, double x1, double y1) {
  return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
}

class Random {
 public:
  double uniform(double low, double high) { return std::uniform_real_distribution(low, high)(engine_); }
  int whole(int low, int high) { return std::uniform_int_distribution(low, high)(engine_); }
  Polygon scribble(int points, int side) {
    Polygon polygon(static_cast<std::size_t>(points));
    for (PointD& p : polygon) p = {static_cast<double>(whole(0, side)), static_cast<double>(whole(0, side))};
    return polygon;
  }
  Polygon star(PointD centre, double size) {
    std::vector<double> angles(static_cast<std::size_t>(whole(3, 30)));
    for (double& angle : angles) angle = uniform(0, 2 * std::numbers::pi);
    std::sort(angles.begin(), angles.end());
    Polygon points;
    for (const double angle : angles) {
      const double radius = uniform(size / 5, size);
      points.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
    }
    return points;
  }

 private:
  std::mt19937 engine_{7};
};

/// A convex polygon cut to one side of a line: the half-plane clipping of Sutherland and Hodgman (CACM 17, 1974).
Polygon clipped(const Polygon& polygon, PointD from, PointD to) {
  const auto side = [&](PointD p) { return (to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x); };
  Polygon out;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const PointD p = polygon[i];
    const PointD q = polygon[(i + 1) % polygon.size()];
    const double at_p = side(p);
    const double at_q = side(q);
    if (at_p >= 0) out.push_back(p);
    if ((at_p > 0 && at_q < 0) || (at_p < 0 && at_q > 0)) {
      const double t = at_p / (at_p - at_q);
      out.push_back({p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)});
    }
  }
  return out;
}

/// Even-odd: whether a point has an odd number of edges to its left.
bool inside(const Polygon& polygon, PointD p) {
  bool odd = false;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const PointD a = polygon[i];
    const PointD b = polygon[(i + 1) % polygon.size()];
    if ((a.y <= p.y) != (b.y <= p.y) && a.x + (p.y - a.y) * (b.x - a.x) / (b.y - a.y) < p.x) odd = !odd;
  }
  return odd;
}

TEST("geometry/polygon_overlap: integer boxes are exact") {
  Random random;
  for (int i = 0; i < 5000; ++i) {
    std::array<int, 8> c{};
    for (int& v : c) v = random.whole(-1000, 1000);
    const auto [ax0, ax1] = std::minmax(c[0], c[1]);
    const auto [ay0, ay1] = std::minmax(c[2], c[3]);
    const auto [bx0, bx1] = std::minmax(c[4], c[5]);
    const auto [by0, by1] = std::minmax(c[6], c[7]);
    const double expected = static_cast<double>(std::max(0, std::min(ax1, bx1) - std::max(ax0, bx0))) *
                            std::max(0, std::min(ay1, by1) - std::max(ay0, by0));
    auto a = box(ax0, ay0, ax1, ay1);
    if (i % 2 == 0) std::reverse(a.begin(), a.end());
    CHECK_EQ(overlap_area(a, box(bx0, by0, bx1, by1)), expected);
    CHECK(std::fabs(estimate_overlap_area(a, box(bx0, by0, bx1, by1)).area - expected) <= 1e-9);
  }
}

TEST("geometry/polygon_overlap: a bow-tie fills its two triangles") {
  // They cross in the middle; the square holds both.
  const Polygon bow_tie{{0, 0}, {10, 10}, {10, 0}, {0, 10}};
  CHECK_EQ(overlap_area(bow_tie, box(0, 0, 10, 10)), 50);
  CHECK_EQ(overlap_area(box(-5, 0, 5, 10), bow_tie), 25);
  CHECK_EQ(signed_loop_area(bow_tie), 0);
}

TEST("geometry/polygon_overlap: a pentagram's core is outside") {
  // Every second corner of a regular pentagon. The core is a pentagon 1/phi^2 as large as the outer one.
  Polygon star;
  Polygon pentagon;
  for (int i = 0; i < 5; ++i) {
    const double turn = 2 * std::numbers::pi / 5;
    star.push_back({100 * std::cos(turn * 2 * i), 100 * std::sin(turn * 2 * i)});
    pentagon.push_back({100 * std::cos(turn * i), 100 * std::sin(turn * i)});
  }
  const double shrink = 1 / (std::numbers::phi * std::numbers::phi);
  Polygon core;
  for (const PointD p : pentagon) core.push_back({-p.x * shrink * 0.999, -p.y * shrink * 0.999});
  CHECK_EQ(overlap_area(star, core), 0);
  // Five tips: the outline with its notches less the core.
  const double notched = 5 * 100 * (100 * shrink) * std::sin(std::numbers::pi / 5);
  const double core_area = 2.5 * std::pow(100 * shrink, 2) * std::sin(2 * std::numbers::pi / 5);
  CHECK(std::fabs(overlap_area(star, box(-200, -200, 200, 200)) - (notched - core_area)) < 1e-9);
}

TEST("geometry/polygon_overlap: convex polygons as half-plane clipping has them") {
  Random random;
  for (int i = 0; i < 3000; ++i) {
    const auto quad = [&] {
      const double turn = random.uniform(0, 3);
      const PointD centre{random.uniform(0, 60), random.uniform(0, 60)};
      Polygon out;
      for (int k = 0; k < 4; ++k) {
        const double angle = turn + k * std::numbers::pi / 2 + random.uniform(-0.6, 0.6);
        out.push_back({centre.x + 40 * std::cos(angle), centre.y + 40 * std::sin(angle)});
      }
      return out;
    };
    const Polygon a = quad();
    const Polygon b = quad();
    Polygon rest = a;
    for (std::size_t k = 0; k < 4; ++k) rest = clipped(rest, b[k], b[(k + 1) % 4]);
    const double expected = rest.size() < 3 ? 0 : ring_area(rest);
    CHECK(std::fabs(overlap_area(a, b) - expected) <= 1e-11 * (1 + expected));
  }
}

TEST("geometry/polygon_overlap: identical, nested and shared-edge polygons are exact") {
  Random random;
  for (int i = 0; i < 2000; ++i) {
    // Integer stars: their areas are exact, whatever their angles.
    Polygon star = random.star({200, 200}, 150);
    for (PointD& p : star) p = {std::round(p.x), std::round(p.y)};
    auto turned = star;
    std::rotate(turned.begin(), turned.begin() + 1, turned.end());
    if (i % 2 == 0) std::reverse(turned.begin(), turned.end());
    const double self = overlap_area(star, box(0, 0, 400, 400));
    CHECK_EQ(overlap_area(star, turned), self);
    // A rotated rectangle of integers and its half.
    const double x = random.whole(-40, 40);
    const double y = random.whole(1, 40);
    const double n = 2 * random.whole(1, 5);
    const Polygon whole{{0, 0}, {n * x, n * y}, {n * x - y, n * y + x}, {-y, x}};
    const Polygon half{{0, 0}, {n / 2 * x, n / 2 * y}, {n / 2 * x - y, n / 2 * y + x}, {-y, x}};
    CHECK_EQ(overlap_area(whole, half), n / 2 * (x * x + y * y));
    const Polygon other{{n / 2 * x, n / 2 * y}, {n * x, n * y}, {n * x - y, n * y + x}, {n / 2 * x - y, n / 2 * y + x}};
    CHECK_EQ(overlap_area(half, other), 0);
    CHECK_EQ(overlap_area(whole, other), n / 2 * (x * x + y * y));
  }
}

TEST("geometry/polygon_overlap: polygons that touch along part of an edge share nothing") {
  Random random;
  for (int i = 0; i < 2000; ++i) {
    const double dx = random.whole(-50, 50);
    const double dy = random.whole(1, 50);
    const double side = random.whole(1, 9);
    // A triangle on the edge from `from` to `to` times (dx, dy), on one side or the other of that line.
    const auto on_line = [&](double from, double to, double away) -> Polygon {
      return {{from * dx, from * dy}, {to * dx, to * dy}, {to * dx - away * dy, to * dy + away * dx}};
    };
    CHECK_EQ(overlap_area(on_line(0, random.whole(4, 9), side), on_line(random.whole(1, 3), 11, -side)), 0);
  }
}

TEST("geometry/polygon_overlap: parts of a scribble add up") {
  Random random;
  for (int i = 0; i < 2000; ++i) {
    const Polygon a = random.scribble(random.whole(3, 9), 30);
    const Polygon b = random.scribble(random.whole(3, 9), 30);
    const double split = random.uniform(0, 30);
    const double all = overlap_area(a, box(-1, -1, 31, 31));
    const double left = overlap_area(a, box(-1, -1, split, 31));
    const double right = overlap_area(a, box(split, -1, 31, 31));
    CHECK(std::fabs(all - (left + right)) <= 1e-12 * (1 + all));
    CHECK_EQ(overlap_area(a, b), overlap_area(b, a));
    const AreaEstimate estimate = estimate_overlap_area(a, b);
    CHECK(std::fabs(estimate.area - overlap_area(a, b)) <= estimate.error);
    CHECK(estimate.error < 1e-9);
  }
}

TEST("geometry/polygon_overlap: a scribble's area as points count it") {
  Random random;
  for (int i = 0; i < 20; ++i) {
    const Polygon a = random.scribble(random.whole(3, 8), 16);
    const Polygon b = random.scribble(random.whole(3, 8), 16);
    constexpr int per_unit = 24;
    int hits = 0;
    for (int y = 0; y < 16 * per_unit; ++y) {
      for (int x = 0; x < 16 * per_unit; ++x) {
        const PointD p{(x + 0.5) / per_unit, (y + 0.5) / per_unit};
        hits += inside(a, p) && inside(b, p);
      }
    }
    // A cell is counted wrongly only where an edge crosses it: fewer than two per unit length and direction.
    const double counted = static_cast<double>(hits) / (per_unit * per_unit);
    CHECK(std::fabs(overlap_area(a, b) - counted) < 1.5);
  }
}

TEST("geometry/polygon_overlap: degenerate polygons share nothing") {
  const Polygon square = box(0, 0, 10, 10);
  CHECK_EQ(overlap_area(square, Polygon{}), 0);
  CHECK_EQ(overlap_area(Polygon{{1, 1}, {5, 5}}, square), 0);
  CHECK_EQ(overlap_area(Polygon{{1, 1}, {5, 5}, {9, 9}}, square), 0);
  CHECK_EQ(overlap_area(Polygon{{3, 1}, {3, 5}, {3, 9}, {3, 2}}, square), 0);
  CHECK_EQ(overlap_area(square, box(10, 0, 20, 10)), 0);
  CHECK_EQ(overlap_area(square, box(0, 0, 10, 10)), 100);
}

TEST("geometry/polygon_overlap: coordinates that cannot be multiplied are an error") {
  const Polygon square = box(0, 0, 10, 10);
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), 1e200}) {
    for (const auto& [a, b] :
         {std::pair{square, Polygon{{0, 0}, {bad, 0}, {5, 5}}}, {Polygon{{0, 0}, {1, bad}, {5, 5}}, square}}) {
      bool thrown = false;
      try {
        overlap_area(a, b);
      } catch (const std::invalid_argument&) {
        thrown = true;
      }
      CHECK(thrown);
    }
  }
  CHECK_EQ(overlap_area(box(0, 0, 0x1p300, 0x1p300), box(-5, 0, 0x1p299, 0x1p300)), 0x1p599);
}

TEST("geometry/polygon_overlap: signed loops") {
  CHECK_EQ(signed_loop_area(box(2, 3, 12, 8)), 50);
  CHECK_EQ(signed_loop_area(Polygon{{0, 0}, {0, 4}, {3, 0}}), 6);
  CHECK_EQ(signed_loop_area(Polygon{}), 0);
  // A figure eight of a 10 x 10 and a 4 x 4 square, wound opposite ways.
  CHECK_EQ(signed_loop_area(Polygon{{0, 0}, {10, 0}, {10, 10}, {10, 14}, {14, 14}, {14, 10}, {0, 10}}), 84);
}

}  // namespace
