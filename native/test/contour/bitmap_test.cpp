#include "thresher/contour/bitmap.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "check.hpp"
#include "picture.hpp"

using namespace thresher;

namespace {

/// Nothing but pixels of the image is set, and `active` tells where.
bool is_framed(const Bitmap& bitmap) {
  std::vector<std::uint64_t> frame = bitmap.words;
  for (int y = 0; y < bitmap.height; ++y) {
    for (int x = 0; x < bitmap.width; ++x) frame[bitmap.place(x, y)] &= ~(std::uint64_t{1} << (x % 64));
  }
  std::vector<std::uint32_t> active;
  for (std::uint32_t i = 0; i < bitmap.words.size(); ++i) {
    if (bitmap.words[i] != 0) active.push_back(i);
  }
  return active == bitmap.active && std::ranges::all_of(frame, [](std::uint64_t word) { return word == 0; });
}

int foreground(const Bitmap& bitmap) {
  int count = 0;
  for (int y = 0; y < bitmap.height; ++y) {
    for (int x = 0; x < bitmap.width; ++x) count += bitmap.at(x, y);
  }
  return count;
}

}  // namespace

TEST("contour/bitmap: strictly above the threshold, in float32") {
  Picture map(3, 1);
  map.pixels = {0.3F, std::nextafter(0.3F, 1.0F), std::nextafter(0.3F, 0.0F)};
  Bitmap bitmap;
  // 0.3 is below the float32 next to it; compared in double, the first pixel would be above.
  binarise(map.view(), 0.3, false, bitmap);
  CHECK_EQ(int{bitmap.at(0, 0)}, 0);
  CHECK_EQ(int{bitmap.at(1, 0)}, 1);
  CHECK_EQ(int{bitmap.at(2, 0)}, 0);
}

TEST("contour/bitmap: thresholds and pixels that are no numbers") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float inf = std::numeric_limits<float>::infinity();
  Picture map(4, 1);
  map.pixels = {nan, inf, -inf, 0.5F};
  Bitmap bitmap;
  const auto count = [&](double thresh) {
    binarise(map.view(), thresh, false, bitmap);
    return foreground(bitmap);
  };
  CHECK_EQ(count(0.3), 2);
  CHECK_EQ(count(nan), 0);
  CHECK_EQ(count(1e300), 0);
  CHECK_EQ(count(-1e300), 2);
  CHECK_EQ(count(-1), 2);
}

TEST("contour/bitmap: dilation grows to the right and down") {
  const Picture map{"....", ".#..", "....", "...#"};
  Bitmap bitmap;
  binarise(map.view(), 0.5, true, bitmap);
  const Picture expected{"....", ".##.", ".##.", "...#"};
  for (int y = 0; y < 4; ++y) {
    for (int x = 0; x < 4; ++x) CHECK_EQ(static_cast<float>(bitmap.at(x, y)), expected.view().row(y)[x]);
  }
  CHECK(is_framed(bitmap));
}

TEST("contour/bitmap: memory is reused between sizes, and the frame is cleared") {
  Bitmap bitmap;
  binarise(Picture(9, 9, 1).view(), 0.5, false, bitmap);
  CHECK_EQ(foreground(bitmap), 81);
  binarise(Picture(4, 3, 1).view(), 0.5, true, bitmap);
  CHECK_EQ(foreground(bitmap), 12);
  CHECK(is_framed(bitmap));
  binarise({}, 0.5, true, bitmap);
  CHECK_EQ(bitmap.width * bitmap.height, 0);
  CHECK(is_framed(bitmap));
}
