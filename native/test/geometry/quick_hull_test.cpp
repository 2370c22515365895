#include "thresher/geometry/quick_hull.hpp"

#include <cmath>
#include <random>
#include <vector>

#include "check.hpp"

namespace {

using namespace thresher;
using Corners = std::vector<std::uint32_t>;

Corners hull(const std::vector<PointF>& points) {
  QuickHull quick_hull;
  const auto corners = quick_hull(points);
  return {corners.begin(), corners.end()};
}

// The expected lists are what scipy 1.10.1 and 1.15.3 give: ConvexHull(points).vertices.
TEST("geometry/quick_hull: a box begins with the edge between its first two corners, or with the next") {
  CHECK(hull({{0, 0}, {100, 0}, {100, 20}, {0, 20}}) == (Corners{0, 1, 2, 3}));
  CHECK(hull({{0, 20}, {0, 0}, {100, 0}, {100, 20}}) == (Corners{0, 1, 2, 3}));
  CHECK(hull({{100, 20}, {0, 20}, {0, 0}, {100, 0}}) == (Corners{0, 1, 2, 3}));
  CHECK(hull({{100, 0}, {100, 20}, {0, 20}, {0, 0}}) == (Corners{1, 2, 3, 0}));
}

struct Listed {
  std::vector<PointF> points;
  Corners corners;
};

const Listed kListed[] = {
    {{{3, 4}, {5, 0}, {5, 4}, {4, 0}, {5, 3}, {1, 5}}, {5, 3, 1, 2}},
    {{{0, 4}, {1, 0}, {5, 3}, {2, 0}, {4, 2}, {3, 3}, {0, 5}, {0, 2}}, {2, 6, 7, 1, 3}},
    {{{1, 1}, {1, 0}, {2, 5}, {3, 4}, {5, 5}, {4, 0}}, {2, 0, 1, 5, 4}},
    {{{5, 4}, {4, 1}, {2, 3}, {5, 1}, {1, 3}, {5, 1}, {4, 2}, {0, 5}, {4, 5}, {0, 3}}, {7, 9, 1, 3, 0, 8}},
    {{{0, 3}, {1, 2}, {4, 0}, {3, 4}, {1, 4}, {3, 0}, {2, 1}, {1, 5}, {1, 5}, {3, 4}, {1, 4}, {5, 1}},
     {7, 0, 5, 2, 11, 3}},
    {{{5, 3}, {0, 3}, {5, 0}, {1, 2}, {4, 0}, {3, 2}, {1, 4}, {3, 1}, {0, 5}, {1, 3}, {2, 4}}, {2, 0, 8, 1, 3, 4}},
    {{{838, 779}, {916, 779}, {930, 794}, {930, 848}, {925, 856}, {843, 856}, {827, 832}}, {6, 0, 1, 2, 3, 4, 5}},
    {{{808, 1684}, {951, 1684}, {964, 1693}, {964, 1766}, {922, 1795}, {776, 1795}, {765, 1741}, {765, 1720}},
     {5, 6, 7, 0, 1, 2, 3, 4}},
    {{{420, 742}, {687, 742}, {691, 743}, {691, 749}, {688, 753}, {417, 743}}, {4, 5, 0, 1, 2, 3}},
    {{{78, 224}, {82, 224}, {87, 230}, {87, 243}, {87, 246}, {75, 224}}, {4, 5, 1, 2}},
    {{{934, 779},
      {934, 856},
      {933, 859},
      {930, 860},
      {827, 860},
      {824, 859},
      {823, 856},
      {823, 779},
      {827, 775},
      {930, 775},
      {932, 775},
      {934, 777}},
     {6, 7, 8, 10, 11, 1, 2, 3, 4, 5}},
    {{{1144, 1087},
      {1144, 1177},
      {1144, 1180},
      {1142, 1182},
      {1140, 1184},
      {1138, 1186},
      {1135, 1186},
      {784, 1186},
      {781, 1185},
      {778, 1183},
      {776, 1180},
      {775, 1177},
      {775, 1087},
      {778, 1081},
      {784, 1078},
      {1135, 1078},
      {1138, 1079},
      {1141, 1081},
      {1143, 1084}},
     {5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 0, 2}},
    {{{642, 1623},
      {642, 1729},
      {640, 1734},
      {635, 1736},
      {443, 1736},
      {438, 1734},
      {436, 1729},
      {436, 1623},
      {436, 1620},
      {438, 1618},
      {440, 1616},
      {443, 1616},
      {635, 1616},
      {640, 1618}},
     {6, 8, 10, 12, 13, 0, 1, 2, 3, 4, 5}},
    {{{1204, 794},
      {1161, 794},
      {1158, 793},
      {1155, 791},
      {1153, 788},
      {1152, 785},
      {1152, 693},
      {1153, 689},
      {1157, 685},
      {1161, 684},
      {1204, 684},
      {1207, 685},
      {1210, 687},
      {1212, 690},
      {1213, 693},
      {1213, 785}},
     {14, 15, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}},
};

TEST("geometry/quick_hull: lists the corners as scipy does") {
  for (const auto& [points, corners] : kListed) CHECK(hull(points) == corners);
}

TEST("geometry/quick_hull: points within and on the border are no corners") {
  CHECK(hull({{0, 0}, {5, 0}, {10, 0}, {10, 5}, {10, 10}, {5, 10}, {0, 10}, {0, 5}, {5, 5}}) == (Corners{0, 2, 4, 6}));
  CHECK(hull({{3, 1}, {0, 4}, {1, 0}, {4, 2}, {4, 4}, {4, 0}, {2, 4}}) == (Corners{1, 2, 5, 4}));
}

TEST("geometry/quick_hull: crossing sides and equal points") {
  CHECK(hull({{39, 1}, {4, 55}, {13, 39}, {24, 9}}) == (Corners{0, 1, 3}));
  CHECK(hull({{0, 0}, {10, 10}, {10, 0}, {0, 10}, {10, 10}, {0, 0}}) == (Corners{0, 2, 1, 3}));
}

TEST("geometry/quick_hull: no hull where there is no area") {
  CHECK(hull({}).empty());
  CHECK(hull({{0, 0}, {1, 1}}).empty());
  CHECK(hull({{3, 3}, {3, 3}, {3, 3}, {3, 3}}).empty());
  CHECK(hull({{3, 0}, {3, 5}, {3, 9}, {3, 3}}).empty());
  CHECK(hull({{0, 0}, {10, 10}, {20, 20}, {5, 5}}).empty());
  CHECK(hull({{0, 0}, {30, 10}, {60, 20}, {90, 30}}).empty());
}

TEST("geometry/quick_hull: turns one way and holds every point") {
  std::mt19937 engine(5);
  QuickHull quick_hull;
  for (int i = 0; i < 20000; ++i) {
    const int side = i % 2 == 0 ? 6 : 500;
    std::vector<PointF> points(std::uniform_int_distribution<std::size_t>(3, 40)(engine));
    for (PointF& p : points) {
      p.x = static_cast<float>(std::uniform_int_distribution(0, side)(engine));
      p.y = static_cast<float>(std::uniform_int_distribution(0, side)(engine));
    }
    const auto corners = quick_hull(points);
    for (std::size_t k = 0; k < corners.size(); ++k) {
      const PointF a = points[corners[k]];
      const PointF b = points[corners[(k + 1) % corners.size()]];
      const PointF c = points[corners[(k + 2) % corners.size()]];
      const auto turn = [&](PointF p) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); };
      CHECK(turn(c) > 0);
      for (const PointF p : points) CHECK(turn(p) >= 0);
    }
  }
}

}  // namespace
