#include "thresher/contour/bitmap.hpp"

#include <cmath>
#include <limits>

#include "check.hpp"
#include "picture.hpp"

using namespace thresher;

namespace {

bool frame_is_background(const Bitmap& bitmap) {
  for (int x = -1; x <= bitmap.width; ++x) {
    if (bitmap.row(-1)[x] != 0 || bitmap.row(bitmap.height)[x] != 0) return false;
  }
  for (int y = 0; y < bitmap.height; ++y) {
    if (bitmap.row(y)[-1] != 0 || bitmap.row(y)[bitmap.width] != 0) return false;
  }
  return true;
}

int foreground(const Bitmap& bitmap) {
  int count = 0;
  for (int y = 0; y < bitmap.height; ++y) {
    for (int x = 0; x < bitmap.width; ++x) count += bitmap.row(y)[x];
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
  CHECK_EQ(int{bitmap.row(0)[0]}, 0);
  CHECK_EQ(int{bitmap.row(0)[1]}, 1);
  CHECK_EQ(int{bitmap.row(0)[2]}, 0);
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
    for (int x = 0; x < 4; ++x) CHECK_EQ(static_cast<float>(bitmap.row(y)[x]), expected.view().row(y)[x]);
  }
  CHECK(frame_is_background(bitmap));
}

TEST("contour/bitmap: memory is reused between sizes, and the frame is cleared") {
  Bitmap bitmap;
  binarise(Picture(9, 9, 1).view(), 0.5, false, bitmap);
  CHECK_EQ(foreground(bitmap), 81);
  binarise(Picture(4, 3, 1).view(), 0.5, true, bitmap);
  CHECK_EQ(foreground(bitmap), 12);
  CHECK(frame_is_background(bitmap));
  binarise({}, 0.5, true, bitmap);
  CHECK_EQ(bitmap.width * bitmap.height, 0);
  CHECK(frame_is_background(bitmap));
}
