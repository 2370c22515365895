#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "thresher/image.hpp"

namespace thresher {

/// A binary image, one bit a pixel, in a frame of background, so that border following needs no bounds checks:
/// bit x % 64 of words[place(x, y)] is pixel (x, y). A word of background stands before each row, a row of it above
/// and below the image.
struct Bitmap {
  int width = 0;
  int height = 0;
  std::size_t stride = 0;  ///< words a row
  std::vector<std::uint64_t> words;
  std::vector<std::uint32_t> active;  ///< places of all words that are not 0, ascending

  [[nodiscard]] std::size_t place(int x, int y) const {
    return (static_cast<std::size_t>(y) + 1) * stride + 1 + static_cast<std::size_t>(x) / 64;
  }
  [[nodiscard]] bool at(int x, int y) const { return (words[place(x, y)] >> (x % 64) & 1) != 0; }

  /// All background, of this size; sizes below 0 are 0. Keeps its memory, and clears no more of it than it must.
  /// Throws std::length_error for more than 2^32 words.
  void reset(int new_width, int new_height);
  /// Fills in `active`, for whoever wrote words without it.
  void find_active();
};

/// A threshold as it is compared with pixels: rounded to float32, as NumPy 1 and torch do. Infinite beyond the range
/// of float32, and for NaN, which no pixel exceeds either.
float threshold_level(double thresh);

/// Sets `out` to map > thresh, strictly, with thresh rounded to float32. NaN, as a pixel or as thresh, compares as
/// false. `out` keeps its memory from call to call.
/// With `dilate`, each pixel then becomes the maximum over (x-1..x, y-1..y): cv2.dilate with a 2 x 2 kernel
/// of ones and its default anchor.
void binarise(MapView map, double thresh, bool dilate, Bitmap& out);

/// The dilation of `plain` that binarise describes.
void dilate(const Bitmap& plain, Bitmap& out);

}  // namespace thresher
