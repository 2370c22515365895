#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "thresher/image.hpp"

namespace thresher {

/// A binary image with a one-pixel frame of background, so that border following needs no bounds checks.
/// Pixel (x, y) of the image is at row(y)[x], for -1 <= x <= width and -1 <= y <= height.
/// Values: 0 background, 1 foreground; border following marks foreground with other non-zero values.
struct Bitmap {
  int width = 0;
  int height = 0;
  std::vector<std::int8_t> pixels;

  [[nodiscard]] std::ptrdiff_t stride() const { return std::ptrdiff_t{width} + 2; }
  [[nodiscard]] std::int8_t* row(int y) { return pixels.data() + (std::ptrdiff_t{y} + 1) * stride() + 1; }
  [[nodiscard]] const std::int8_t* row(int y) const { return pixels.data() + (std::ptrdiff_t{y} + 1) * stride() + 1; }
};

/// Sets `out` to map > thresh, strictly, with thresh rounded to float32 as NumPy 1 and torch do. NaN, as a pixel or
/// as thresh, compares as false. `out` keeps its memory from call to call.
/// With `dilate`, each pixel then becomes the maximum over (x-1..x, y-1..y): cv2.dilate with a 2 x 2 kernel
/// of ones and its default anchor.
void binarise(MapView map, double thresh, bool dilate, Bitmap& out);

}  // namespace thresher
