#include "thresher/contour/nested_bitmaps.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "check.hpp"
#include "picture.hpp"

using namespace thresher;

namespace {

/// Pixels at, just above and just below the levels, and what is no number.
Picture random_map(RandomPictures& random, const std::vector<float>& levels) {
  Picture map(random.below(200), 1 + random.below(12));
  for (float& pixel : map.pixels) {
    const float level = levels[static_cast<std::size_t>(random.below(static_cast<int>(levels.size())))];
    switch (random.below(24)) {
      case 0:
        pixel = std::numeric_limits<float>::quiet_NaN();
        break;
      case 1:
        pixel = std::numeric_limits<float>::infinity();
        break;
      case 2:
        pixel = -std::numeric_limits<float>::infinity();
        break;
      case 3:
        pixel = std::nextafter(level, -1.0F);
        break;
      case 4:
      case 5:
        pixel = std::nextafter(level, 2.0F);
        break;
      case 6:
        pixel = level;
        break;
      default:
        pixel = random.below(3) == 0 ? static_cast<float>(random.below(1000)) / 1000 : 0;
    }
  }
  return map;
}

std::vector<float> random_levels(RandomPictures& random, int count) {
  std::vector<float> levels;
  for (int i = 0; i < count; ++i) levels.push_back(threshold_level(random.below(1000) / 1000.0));
  if (random.below(4) == 0) levels.push_back(threshold_level(std::numeric_limits<double>::quiet_NaN()));
  if (random.below(4) == 0) levels.push_back(threshold_level(-1e300));
  std::ranges::sort(levels);
  levels.erase(std::ranges::unique(levels).begin(), levels.end());
  return levels;
}

}  // namespace

TEST("contour/nested_bitmaps: every level is what its threshold alone gives") {
  RandomPictures random(3);
  NestedBitmaps bitmaps;
  Bitmap alone;
  int foreground = 0;
  for (int round = 0; round < 300; ++round) {
    // More levels than a byte counts, in some rounds.
    const auto levels = random_levels(random, round % 20 == 0 ? 400 : 1 + random.below(12));
    const Picture map = random_map(random, levels);
    const bool dilated = random.below(2) == 0;
    bitmaps.start(map.view(), levels, dilated);
    for (const float level : levels) {
      const Bitmap& nested = bitmaps.next();
      binarise(map.view(), level, dilated, alone);
      CHECK_EQ(nested.width, alone.width);
      CHECK_EQ(nested.height, alone.height);
      CHECK(nested.words == alone.words);
      CHECK(nested.active == alone.active);
      foreground += static_cast<int>(alone.active.size());
    }
  }
  CHECK(foreground > 10000);
}
