#include "thresher/geometry/region.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

#include "check.hpp"
#include "thresher/geometry/polygon_overlap.hpp"

namespace {

using namespace thresher;
using Ring = std::vector<PointD>;

Ring box(double x, double y, double width, double height) {
  return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
}

bool any(std::span<const std::uint8_t> held) {
  return std::any_of(held.begin(), held.end(), [](auto h) { return h != 0; });
}
bool all(std::span<const std::uint8_t> held) {
  return std::all_of(held.begin(), held.end(), [](auto h) { return h != 0; });
}
bool first_only(std::span<const std::uint8_t> held) {
  return held[0] && !any(held.subspan(1));
}

TEST("geometry/region: union, intersection and difference of boxes") {
  const Ring a = box(0, 0, 10, 10);
  const Ring b = box(5, 5, 10, 10);
  const Ring c = box(100, 0, 1, 7);
  const std::array outlines{Outline{a}, Outline{b}, Outline{c}};
  CHECK_EQ(measure_region(outlines, any).area, 182.0);
  CHECK_EQ(measure_region(outlines, any).parts, 2);
  CHECK_EQ(measure_region(outlines, all).area, 0.0);
  CHECK_EQ(measure_region(outlines, all).parts, 0);
  const RegionMeasure rest = measure_region(outlines, first_only);
  CHECK_EQ(rest.area, 75.0);
  // (100 * 5 - 25 * 7.5) / 75
  CHECK(std::fabs(rest.centroid.x - 312.5 / 75) < 1e-15 && std::fabs(rest.centroid.y - 312.5 / 75) < 1e-15);
  CHECK(std::isnan(measure_region(outlines, all).centroid.x));
}

TEST("geometry/region: pieces that touch in a point are two, along a border one") {
  const Ring a = box(0, 0, 10, 10);
  const Ring corner = box(10, 10, 5, 5);
  const Ring side = box(10, 3, 5, 5);
  CHECK_EQ(measure_region(std::array{Outline{a}, Outline{corner}}, any).parts, 2);
  CHECK_EQ(measure_region(std::array{Outline{a}, Outline{side}}, any).parts, 1);
  // The loops of a bow-tie touch where no vertex is, here at thirds.
  const Ring bow_tie{{0, 0}, {2, 1}, {2, 0}, {0, 2}};
  CHECK_EQ(measure_region(std::array{Outline{bow_tie}}, any).parts, 2);
  // A ring of four boxes around a hole.
  const std::array<Ring, 4> frame{box(0, 0, 30, 5), box(0, 25, 30, 5), box(0, 5, 5, 20), box(25, 5, 5, 20)};
  const RegionMeasure measure =
      measure_region(std::array{Outline{frame[0]}, Outline{frame[1]}, Outline{frame[2]}, Outline{frame[3]}}, any);
  CHECK_EQ(measure.area, 500.0);
  CHECK_EQ(measure.parts, 1);
}

TEST("geometry/region: fills") {
  // Around the inner box twice, in the direction from x to y.
  const Ring twice{{0, 0}, {20, 0}, {20, 20}, {0, 20}, {0, 0}, {10, 0}, {10, 10}, {0, 10}};
  CHECK_EQ(measure_region(std::array{Outline{twice, Fill::positive}}, any).area, 400.0);
  CHECK_EQ(measure_region(std::array{Outline{twice, Fill::even_odd}}, any).area, 300.0);
  CHECK_EQ(measure_region(std::array{Outline{twice, Fill::negative}}, any).area, 0.0);
  Ring back = twice;
  std::reverse(back.begin(), back.end());
  CHECK_EQ(measure_region(std::array{Outline{back, Fill::negative}}, any).area, 400.0);
}

TEST("geometry/region: what two random polygons share is overlap_area, and sets add up") {
  std::mt19937 random(7);
  const auto ring = [&] {
    Ring out;
    for (int i = std::uniform_int_distribution(3, 8)(random); i > 0; --i) {
      out.push_back(
          {std::uniform_real_distribution(-50.0, 50.0)(random), 1.0 * std::uniform_int_distribution(0, 9)(random)});
    }
    return out;
  };
  for (int i = 0; i < 3000; ++i) {
    const Ring a = ring();
    const Ring b = ring();
    const std::array both{Outline{a}, Outline{b}};
    const double shared = measure_region(both, all).area;
    CHECK(std::fabs(shared - overlap_area(a, b)) <= 1e-15 * 1000);
    const double of_a = measure_region(std::array{Outline{a}}, any).area;
    const double of_b = measure_region(std::array{Outline{b}}, any).area;
    CHECK(std::fabs(measure_region(both, any).area - (of_a + of_b - shared)) < 1e-12 * 1000);
    CHECK(std::fabs(measure_region(both, first_only).area - (of_a - shared)) < 1e-12 * 1000);
  }
}

TEST("geometry/region: corners are those of the region") {
  const Ring a = box(0, 0, 10, 10);
  const Ring b = box(5, 5, 10, 10);
  const auto corners = region_corners(std::array{Outline{a}, Outline{b}}, all);
  for (const PointD p : {PointD{5, 5}, PointD{10, 5}, PointD{10, 10}, PointD{5, 10}}) {
    CHECK(std::find(corners.begin(), corners.end(), p) != corners.end());
  }
  CHECK_EQ(corners.size(), 4U);
}

TEST("geometry/region: degenerate outlines hold nothing, and what is not finite is an error") {
  const Ring line{{0, 0}, {5, 5}, {9, 9}};
  const Ring point{{1, 1}};
  CHECK_EQ(measure_region(std::array{Outline{line}, Outline{point}, Outline{{}}}, any).area, 0.0);
  bool thrown = false;
  try {
    const Ring bad{{0, 0}, {1, 0}, {1, NAN}};
    measure_region(std::array{Outline{bad}}, any);
  } catch (const std::invalid_argument&) {
    thrown = true;
  }
  CHECK(thrown);
}

}  // namespace
