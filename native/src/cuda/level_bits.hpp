#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "active_words.hpp"
#include "layout.hpp"

// The bitmaps of all levels, from one look at the pixels of the active words.

namespace thresher::cuda {

/// Ranks are bytes.
constexpr Index kMostLevels = 255;

/// Step i is pixel i % 64 of active word i / 64: how many levels it exceeds.
struct RankPixels {
  Chunk chunk;
  const ActiveWord* active;
  const float* levels;
  std::uint8_t* ranks;  ///< bytes of the words that AssembleWords reads

  THRESHER_HD void operator()(std::size_t i) const {
    const ActiveWord word = active[i / 64];
    const Image& image = chunk.images[word.image];
    const std::size_t x = std::size_t{word.word} * 64 + i % 64;
    const auto width = static_cast<std::size_t>(image.size.width);
    Index low = 0;
    if (x < width) {
      const float pixel = image.pixels[word.y * width + x];
      Index high = chunk.levels;
      while (low < high) {
        const Index middle = (low + high) / 2;
        if (pixel > levels[middle]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
    }
    ranks[i] = static_cast<std::uint8_t>(low);
  }
};

/// Step i is active word i % `count` at level i / `count`.
struct AssembleWords {
  Chunk chunk;
  const ActiveWord* active;
  Offset count;
  const std::uint64_t* ranks;  ///< 8 a word, a byte a pixel
  std::uint64_t* words;

  THRESHER_HD void operator()(std::size_t i) const {
    const Offset a = i % count;
    const auto level = static_cast<Index>(i / count);
    const ActiveWord word = active[a];
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t bits = 0;
    for (unsigned part = 0; part < 8; ++part) {
      const std::uint64_t eight = ranks[a * 8 + part];
      for (unsigned k = 0; k < 8; ++k) bits |= std::uint64_t{(eight >> 8 * k & 0xFF) > level} << (8 * part + k);
    }
    words[chunk.bitmap_bits({word.image, level}) + chunk.images[word.image].place(word.word, word.y)] = bits;
  }
};

/// The dilation that binarise describes, over the same steps.
struct DilateWords {
  Chunk chunk;
  const ActiveWord* active;
  Offset count;
  const std::uint64_t* plain;
  std::uint64_t* words;

  THRESHER_HD void operator()(std::size_t i) const {
    const ActiveWord word = active[i % count];
    const Image& image = chunk.images[word.image];
    const Offset place =
        chunk.bitmap_bits({word.image, static_cast<Index>(i / count)}) + image.place(word.word, word.y);
    const auto widened = [this](Offset at) { return plain[at] | plain[at] << 1 | plain[at - 1] >> 63; };
    const std::uint64_t grown = widened(place) | widened(place - image.stride());
    const auto left = static_cast<Index>(image.size.width) - word.word * 64;
    words[place] = left < 64 ? grown & ((std::uint64_t{1} << left) - 1) : grown;
  }
};

}  // namespace thresher::cuda
