#include "thresher/contour/bitmap.hpp"

#include <algorithm>
#include <limits>

namespace thresher {
namespace {

/// float32 of a double, infinite beyond float32's range (a plain conversion is undefined there).
float to_float32(double value) {
  constexpr double largest = std::numeric_limits<float>::max();
  if (value > largest) return std::numeric_limits<float>::infinity();
  if (value < -largest) return -std::numeric_limits<float>::infinity();
  return static_cast<float>(value);
}

// The loops below have local bounds and separate arrays, so that compilers turn them into vector code.

void binarise_row(const float* source, int width, float level, std::int8_t* row) {
  for (int x = 0; x < width; ++x) row[x] = source[x] > level;
}

/// A pixel of the dilated image from the four that reach it; `above` is the row before.
void binarise_row_dilated(const float* above, const float* source, int width, float level, std::int8_t* row) {
  row[0] = source[0] > level || above[0] > level;
  for (int x = 1; x < width; ++x) {
    row[x] = static_cast<std::int8_t>((source[x] > level) | (source[x - 1] > level) | (above[x] > level) |
                                      (above[x - 1] > level));
  }
}

}  // namespace

void binarise(MapView map, double thresh, bool dilate, Bitmap& out) {
  out.width = std::max(map.width, 0);
  out.height = std::max(map.height, 0);
  const auto stride = static_cast<std::size_t>(out.stride());
  out.pixels.resize(stride * (static_cast<std::size_t>(out.height) + 2));

  const float level = to_float32(thresh);
  std::fill_n(out.pixels.begin(), stride, std::int8_t{0});
  std::fill_n(out.pixels.end() - static_cast<std::ptrdiff_t>(stride), stride, std::int8_t{0});
  for (int y = 0; y < out.height; ++y) {
    std::int8_t* row = out.row(y);
    row[-1] = 0;
    row[out.width] = 0;
    if (out.width == 0) continue;
    if (dilate) {
      binarise_row_dilated(map.row(std::max(y - 1, 0)), map.row(y), out.width, level, row);
    } else {
      binarise_row(map.row(y), out.width, level, row);
    }
  }
}

}  // namespace thresher
