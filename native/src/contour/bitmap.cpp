#include "thresher/contour/bitmap.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "pixel_kernels.hpp"

namespace thresher {

void Bitmap::reset(int new_width, int new_height) {
  new_width = std::max(new_width, 0);
  new_height = std::max(new_height, 0);
  if (new_width == width && new_height == height && !words.empty()) {
    for (const std::uint32_t place : active) words[place] = 0;
  } else {
    width = new_width;
    height = new_height;
    stride = (static_cast<std::size_t>(width) + 63) / 64 + 1;
    // One word more: the neighbours of the last pixel of the frame.
    const std::size_t count = stride * (static_cast<std::size_t>(height) + 2) + 1;
    if (count > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("a map of more than 2^37 pixels");
    words.assign(count, 0);
  }
  active.clear();
}

void Bitmap::find_active() {
  active.clear();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] != 0) active.push_back(static_cast<std::uint32_t>(i));
  }
}

float threshold_level(double thresh) {
  constexpr double largest = std::numeric_limits<float>::max();
  if (std::isnan(thresh) || thresh > largest) return std::numeric_limits<float>::infinity();
  if (thresh < -largest) return -std::numeric_limits<float>::infinity();
  return static_cast<float>(thresh);
}

void dilate(const Bitmap& plain, Bitmap& out) {
  out.reset(plain.width, plain.height);
  const auto row_words = plain.stride - 1;
  const std::uint64_t inside = plain.width % 64 == 0 ? ~std::uint64_t{0} : (std::uint64_t{1} << (plain.width % 64)) - 1;
  const std::size_t end = out.place(0, plain.height);
  for (const std::size_t place : plain.active) {
    const std::uint64_t word = plain.words[place];
    const bool last_of_row = (place % plain.stride) == row_words;
    const std::uint64_t grown = (word | word << 1) & (last_of_row ? inside : ~std::uint64_t{0});
    const std::uint64_t carried = last_of_row ? 0 : word >> 63;
    for (const std::size_t row : {place, place + plain.stride}) {
      if (row >= end) continue;
      out.words[row] |= grown;
      if (carried != 0) out.words[row + 1] |= carried;
    }
  }
  out.find_active();
}

void binarise(MapView map, double thresh, bool dilate_it, Bitmap& out) {
  const auto fill = [&](Bitmap& bitmap) {
    bitmap.reset(map.width, map.height);
    const float level = threshold_level(thresh);
    const PixelKernels& kernels = pixel_kernels();
    for (int y = 0; y < bitmap.height && bitmap.width > 0; ++y) {
      const std::size_t first = bitmap.place(0, y);
      kernels.binarise(map.row(y), static_cast<std::size_t>(bitmap.width), level, bitmap.words.data() + first);
      for (std::size_t i = first; i < first + bitmap.stride - 1; ++i) {
        if (bitmap.words[i] != 0) bitmap.active.push_back(static_cast<std::uint32_t>(i));
      }
    }
  };
  if (!dilate_it) return fill(out);
  Bitmap plain;
  fill(plain);
  dilate(plain, out);
}

}  // namespace thresher
