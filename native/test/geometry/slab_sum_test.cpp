#include "../../src/geometry/slab_sum.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "../../src/geometry/double_double.hpp"
#include "../../src/geometry/overlap_steps.hpp"
#include "check.hpp"

using namespace thresher;

namespace {

class Random {
 public:
  /// Corners on a coarse grid of whole numbers, so that polygons share heights, vertices and lines of edges, or
  /// anywhere.
  std::vector<PointD> polygon(std::size_t corners) {
    const bool whole = below(2) == 0;
    const double side = below(2) == 0 ? 6 : 100;
    std::vector<PointD> points;
    for (std::size_t i = 0; i < corners; ++i) {
      const double x = side * fraction();
      const double y = side * fraction();
      points.push_back(whole ? PointD{std::round(x), std::round(y)} : PointD{x, y});
    }
    return points;
  }
  std::size_t below(std::size_t bound) { return engine_() % bound; }

 private:
  double fraction() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

  std::mt19937_64 engine_{1};
};

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

template <class Real>
void check_lists(Random& random) {
  using overlap_steps::slab_overlap;
  int fit = 0;
  for (int i = 0; i < 10000; ++i) {
    const auto a = random.polygon(3 + random.below(10));
    const auto b = random.below(6) == 0 ? a : random.polygon(3 + random.below(10));
    AreaEstimate growing;
    AreaEstimate fixed;
    CHECK((slab_overlap<Real, GrowingLists>(a, b, growing)));
    if (!slab_overlap<Real, FixedLists<overlap_steps::kMostFixedEdges>>(a, b, fixed)) continue;
    ++fit;
    CHECK(same_bits(growing.area, fixed.area));
    CHECK(same_bits(growing.error, fixed.error));
  }
  CHECK(fit > 5000);
}

}  // namespace

TEST("geometry/slab_sum: the same sum wherever edges are kept") {
  Random random;
  check_lists<DoubleDouble>(random);
  check_lists<double>(random);
}

TEST("geometry/slab_sum: lists that are too short say so") {
  const std::vector<PointD> square{{0, 0}, {9, 0}, {9, 9}, {0, 9}};
  const std::vector<PointD> diamond{{4, -2}, {11, 4}, {4, 11}, {-2, 4}};
  AreaEstimate area;
  CHECK((overlap_steps::slab_overlap<double, FixedLists<8>>(square, diamond, area)));
  CHECK((!overlap_steps::slab_overlap<double, FixedLists<4>>(square, diamond, area)));
}
