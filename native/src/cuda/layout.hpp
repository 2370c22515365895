#pragma once

#include <cstddef>
#include <cstdint>

#include "thresher/host_device.hpp"
#include "thresher/image.hpp"

namespace thresher::cuda {

using Index = std::uint32_t;
using Offset = std::uint64_t;

/// A map of a chunk on the device. Offsets count over the maps of the chunk, one after the other.
struct Image {
  const float* pixels = nullptr;
  Size size;              ///< of the map
  Size scaled;            ///< what boxes are scaled to
  Index row_words = 0;    ///< words of 64 pixels a row
  Offset first_word = 0;  ///< among the words of maps
  Offset first_row = 0;   ///< among the rows of bitmaps, of which it has `levels` after one another
  Offset first_bits = 0;  ///< among the words of bitmaps
  Offset first_active = 0;
  Offset active = 0;

  /// Words between a bitmap's rows: like Bitmap's, with a word of background before each row.
  [[nodiscard]] THRESHER_HD Offset stride() const { return Offset{row_words} + 1; }
  [[nodiscard]] THRESHER_HD Offset bitmap_words() const {
    return stride() * (static_cast<Offset>(size.height) + 2) + 1;
  }
  /// Where a word stands in a bitmap: with a row of background above and below.
  [[nodiscard]] THRESHER_HD Offset place(Index word, Index y) const { return (Offset{y} + 1) * stride() + 1 + word; }
};

/// Place of the last of `count` items whose first(i) is at most `index`: the owner of an index among ranges that follow
/// one another.
template <class First>
THRESHER_HD std::size_t owner(std::size_t count, Offset index, First first) {
  std::size_t low = 0;
  std::size_t high = count;
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    if (first(middle) <= index) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

/// What all stages know of a chunk.
struct Chunk {
  Image* images = nullptr;
  Index image_count = 0;
  Index levels = 0;

  /// A bitmap: image and level. They are numbered image by image.
  struct BitmapOf {
    Index image;
    Index level;
  };
  [[nodiscard]] THRESHER_HD Offset bitmap_bits(BitmapOf b) const {
    return images[b.image].first_bits + b.level * images[b.image].bitmap_words();
  }
  [[nodiscard]] THRESHER_HD Index image_of_word(Offset word) const {
    const Image* all = images;
    return static_cast<Index>(owner(image_count, word, [all](std::size_t i) { return all[i].first_word; }));
  }
  /// Whose row a row of bitmaps is.
  struct RowOf {
    BitmapOf bitmap;
    Index y;
  };
  [[nodiscard]] THRESHER_HD RowOf row_of(Offset row) const {
    const Image* all = images;
    const auto image = static_cast<Index>(owner(image_count, row, [all](std::size_t i) { return all[i].first_row; }));
    const auto rest = static_cast<Index>(row - all[image].first_row);
    const auto height = static_cast<Index>(all[image].size.height);
    return {{image, rest / height}, rest % height};
  }
};

}  // namespace thresher::cuda
