#include "../../src/geometry/quad_rows.hpp"

#include <array>
#include <random>
#include <vector>

#include "check.hpp"
#include "thresher/geometry/polygon_fill.hpp"

using namespace thresher;

namespace {

void check_rows(const std::array<PointI, 4>& corners, Size size) {
  PolygonFill fill;
  const auto expected = fill(corners, size);
  std::vector<PixelRun> found;
  const QuadRows rows(corners, size);
  for (std::int32_t y = 0; y < size.height; ++y) {
    QuadRows::Runs runs;
    const std::size_t count = rows.row(y, runs);
    for (std::size_t i = 0; i < count; ++i) {
      found.push_back({y, static_cast<std::int32_t>(runs[i].first), static_cast<std::int32_t>(runs[i].last) + 1});
    }
  }
  CHECK(found == std::vector<PixelRun>(expected.begin(), expected.end()));
}

}  // namespace

TEST("geometry/quad_rows: a row by itself is the row of the fill, whatever the quadrilateral") {
  std::mt19937 engine(31);
  const auto below = [&](int bound) { return static_cast<int>(engine() % static_cast<std::uint32_t>(bound)); };
  for (int round = 0; round < 60000; ++round) {
    const Size size{1 + below(30), 1 + below(30)};
    // Inside of the mask, around it, and far out.
    const int margin = round % 3 == 0 ? 0 : round % 3 == 1 ? 8 : 300;
    std::array<PointI, 4> corners;
    for (PointI& corner : corners) {
      corner = {below(size.width + 2 * margin) - margin, below(size.height + 2 * margin) - margin};
    }
    // Repeated and collinear corners, too.
    if (below(4) == 0) corners[3] = corners[static_cast<std::size_t>(below(3))];
    if (below(4) == 0) corners[2].y = corners[1].y;
    check_rows(corners, size);
  }
}

TEST("geometry/quad_rows: one pixel, and lines of one pixel's width") {
  check_rows({PointI{0, 0}, {0, 0}, {0, 0}, {0, 0}}, {1, 1});
  check_rows({PointI{3, 0}, {3, 0}, {3, 9}, {3, 9}}, {10, 10});
  check_rows({PointI{0, 4}, {9, 4}, {9, 4}, {0, 4}}, {10, 10});
}
