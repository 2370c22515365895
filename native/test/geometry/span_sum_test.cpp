#include "../../src/geometry/span_sum.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "check.hpp"
#include "picture.hpp"

using namespace thresher;

namespace {

double one_by_one(const Picture& map, const std::vector<PixelRun>& runs) {
  double sum = 0;
  for (const PixelRun& run : runs) {
    for (int x = run.begin; x < run.end; ++x) sum += map.view().row(run.y)[x];
  }
  return sum;
}

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

/// Pixels of magnitudes down to 2^-`depth`, in all bits.
Picture random_map(RandomPictures& random, int depth) {
  Picture map(1 + random.below(60), 1 + random.below(30));
  for (float& pixel : map.pixels) {
    const double value = (1 + random.below(1 << 23) / static_cast<double>(1 << 23)) / 2;
    pixel = random.below(9) == 0 ? 0 : static_cast<float>(std::ldexp(value, -random.below(depth + 1)));
    if (random.below(50) == 0) pixel = -pixel;
  }
  return map;
}

std::vector<PixelRun> random_runs(RandomPictures& random, const Picture& map) {
  std::vector<PixelRun> runs;
  for (int y = 0; y < map.height; ++y) {
    const int begin = random.below(map.width);
    const int end = begin + 1 + random.below(map.width - begin);
    if (random.below(5) != 0) runs.push_back({y, begin, end});
  }
  return runs;
}

double sum_of(const Picture& map, const std::vector<PixelRun>& runs) {
  return span_sum(map.pixels.data(), static_cast<std::size_t>(map.width), runs);
}

}  // namespace

TEST("geometry/span_sum: equal to the sum one by one, whatever the pixels") {
  RandomPictures random(8);
  int exact = 0;
  int rounded = 0;
  int reordered = 0;
  for (int round = 0; round < 4000; ++round) {
    const Picture map = random_map(random, random.below(60));
    const auto runs = random_runs(random, map);
    const double expected = one_by_one(map, runs);
    CHECK(same_bits(sum_of(map, runs), expected));

    std::uint64_t count = 0;
    for (const PixelRun& run : runs) count += static_cast<std::uint64_t>(run.end - run.begin);
    const auto stride = static_cast<std::size_t>(map.width);
    const auto portable = detail::loose_sum_portable(map.pixels.data(), stride, runs);
    const auto fastest = detail::loose_summer()(map.pixels.data(), stride, runs);
    CHECK_EQ(portable.largest, fastest.largest);
    CHECK_EQ(portable.smallest_less_1, fastest.smallest_less_1);
    if (portable.is_exact(count)) {
      ++exact;
      CHECK(same_bits(portable.sum, expected));
      CHECK(same_bits(fastest.sum, expected));
    } else {
      ++rounded;
      reordered += !same_bits(portable.sum, expected);
    }
  }
  // Both ways are taken, and the order does matter where it is said to.
  CHECK(exact > 1000);
  CHECK(rounded > 1000);
  CHECK(reordered > 100);
}

TEST("geometry/span_sum: zeros, subnormal and infinite pixels") {
  const float tiny = std::numeric_limits<float>::denorm_min();
  const float inf = std::numeric_limits<float>::infinity();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float most = std::numeric_limits<float>::max();
  for (const std::vector<float>& pixels : {std::vector<float>{0, -0.0F, 0},
                                           {tiny, tiny, -tiny, tiny, tiny},
                                           {tiny, 1},
                                           {most, tiny, -most},
                                           {inf, 1},
                                           {inf, -inf, 1},
                                           {1, nan, 2},
                                           {-0.0F}}) {
    Picture map(static_cast<int>(pixels.size()), 1);
    map.pixels = pixels;
    const std::vector<PixelRun> runs{{0, 0, map.width}};
    CHECK(same_bits(sum_of(map, runs), one_by_one(map, runs)));
  }
  CHECK_EQ(sum_of(Picture(1, 1), {}), 0.0);
}
