#include "thresher/geometry/polygon_fill.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "check.hpp"
#include "picture.hpp"

using namespace thresher;

namespace {

using Points = std::vector<PointI>;
using Rows = std::vector<std::string>;

Rows filled(const Points& polygon, int width, int height) {
  PolygonFill fill;
  Rows rows(static_cast<std::size_t>(height), std::string(static_cast<std::size_t>(width), '.'));
  for (const PixelRun run : fill(polygon, {width, height})) {
    for (int x = run.begin; x < run.end; ++x) rows[static_cast<std::size_t>(run.y)][static_cast<std::size_t>(x)] = '#';
  }
  return rows;
}

double distance_to_segment(PointD p, PointI a, PointI b) {
  const PointD ab{static_cast<double>(b.x - a.x), static_cast<double>(b.y - a.y)};
  const double squared = ab.x * ab.x + ab.y * ab.y;
  const double along = squared == 0 ? 0 : std::clamp(((p.x - a.x) * ab.x + (p.y - a.y) * ab.y) / squared, 0.0, 1.0);
  return std::hypot(p.x - a.x - along * ab.x, p.y - a.y - along * ab.y);
}

/// Even-odd rule by counting the edges that a ray to the right crosses.
bool inside(PointD p, const Points& polygon) {
  bool odd = false;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const PointI a = polygon[i];
    const PointI b = polygon[(i + 1) % polygon.size()];
    if ((a.y > p.y) == (b.y > p.y)) continue;
    odd ^= p.x < a.x + (p.y - a.y) * (b.x - a.x) / static_cast<double>(b.y - a.y);
  }
  return odd;
}

}  // namespace

TEST("geometry/polygon_fill: borders are included on every side") {
  CHECK(filled({{1, 1}, {1, 3}, {4, 3}, {4, 1}}, 6, 5) == (Rows{"......", ".####.", ".####.", ".####.", "......"}));
}

TEST("geometry/polygon_fill: a point, a line, nothing") {
  CHECK(filled({{2, 1}}, 4, 3) == (Rows{"....", "..#.", "...."}));
  CHECK(filled({{0, 0}, {3, 1}}, 4, 2) == (Rows{"##..", "..##"}));
  CHECK(filled({{1, 0}, {1, 2}}, 3, 3) == (Rows{".#.", ".#.", ".#."}));
  CHECK(filled({}, 2, 1) == (Rows{".."}));
  CHECK(PolygonFill{}(Points{{0, 0}}, {0, 5}).empty());
}

TEST("geometry/polygon_fill: on an exact half, a line walked from the left steps late") {
  // (0, 0) to (2, 1): at x = 1 the line is at y = 0.5. The same pixels either way round.
  CHECK(filled({{0, 0}, {2, 1}}, 3, 2) == (Rows{"##.", "..#"}));
  CHECK(filled({{2, 1}, {0, 0}}, 3, 2) == (Rows{"##.", "..#"}));
  CHECK(filled({{0, 1}, {2, 0}}, 3, 2) == (Rows{"..#", "##."}));
  CHECK(filled({{0, 0}, {1, 2}}, 2, 3) == (Rows{"#.", "#.", ".#"}));
}

TEST("geometry/polygon_fill: even-odd interior, but edges always") {
  // The inner square is wound twice. Its rim is drawn, its middle is not filled.
  const Points twice{{0, 0}, {0, 6}, {6, 6}, {6, 0}, {0, 0}, {2, 2}, {2, 4}, {4, 4}, {4, 2}, {2, 2}};
  const Rows rows = filled(twice, 7, 7);
  CHECK_EQ(rows[3], std::string("###.###"));
  CHECK_EQ(rows[2], std::string("#######"));
}

TEST("geometry/polygon_fill: vertices outside of the mask") {
  CHECK(filled({{-5, -5}, {-5, 9}, {9, 9}, {9, -5}}, 3, 2) == (Rows{"###", "###"}));
  CHECK(filled({{-9, 1}, {9, 1}}, 4, 3) == (Rows{"....", "####", "...."}));
  CHECK(filled({{-9, -1}, {9, -1}}, 4, 3) == (Rows{"....", "....", "...."}));
  CHECK(filled({{-1, 1}, {1, -1}}, 3, 3) == (Rows{"#..", "...", "..."}));
  // Wholly to one side.
  CHECK(filled({{10, 0}, {12, 0}, {11, 2}}, 3, 3) == (Rows{"...", "...", "..."}));
}

TEST("geometry/polygon_fill: a cut line is that between its rounded ends") {
  // (-1, 0) to (5, 2) meets x = 0 at y = 1/3, truncated to 0; drawn from (0, 0) to (5, 2) it steps at x = 2 and 4,
  // while the whole line would pass (1, 1).
  CHECK(filled({{-1, 0}, {5, 2}}, 6, 3) == (Rows{"##....", "..##..", "....##"}));
}

TEST("geometry/polygon_fill: a row is filled from the first centre inside") {
  // On row 0 the triangle begins at x = 1/3: pixel 0 is outside, and no cut line passes it either.
  CHECK(filled({{-1, 2}, {2, 0}, {1, -1}}, 2, 2) == (Rows{".#", "#."}));
}

TEST("geometry/polygon_fill: far away vertices neither overflow nor take long") {
  constexpr int far = 1 << 30;
  CHECK(filled({{-far, -far}, {-far, far}, {far, far}, {far, -far}}, 2, 2) == (Rows{"##", "##"}));
  CHECK(filled({{-far, 1}, {far, 0}, {far, 1}}, 2, 2)[1] == "##");
}

TEST("geometry/polygon_fill: equals the even-odd rule away from the outline, and holds every vertex") {
  RandomPictures random(6);
  PolygonFill fill;
  for (int round = 0; round < 600; ++round) {
    const Points polygon = random.points(10, 60);
    const Size size{1 + random.below(80), 1 + random.below(40)};
    const auto runs = fill(polygon, size);
    for (std::size_t i = 0; i < runs.size(); ++i) {
      CHECK(runs[i].begin < runs[i].end && runs[i].begin >= 0 && runs[i].end <= size.width);
      CHECK(runs[i].y >= 0 && runs[i].y < size.height);
      if (i > 0 && runs[i].y == runs[i - 1].y) CHECK(runs[i].begin > runs[i - 1].end);
      if (i > 0) CHECK(runs[i].y >= runs[i - 1].y);
    }
    std::vector<bool> set(static_cast<std::size_t>(size.width * size.height), false);
    for (const PixelRun run : runs) {
      for (int x = run.begin; x < run.end; ++x) set[static_cast<std::size_t>(run.y * size.width + x)] = true;
    }
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        const PointD p{static_cast<double>(x), static_cast<double>(y)};
        double nearest = 1e9;
        for (std::size_t i = 0; i < polygon.size(); ++i) {
          nearest = std::min(nearest, distance_to_segment(p, polygon[i], polygon[(i + 1) % polygon.size()]));
        }
        const bool is_filled = set[static_cast<std::size_t>(y * size.width + x)];
        if (nearest > 1.5) CHECK_EQ(is_filled, inside(p, polygon));
        if (std::ranges::find(polygon, PointI{x, y}) != polygon.end()) CHECK(is_filled);
      }
    }
  }
}
