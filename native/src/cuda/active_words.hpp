#pragma once

#include <cstddef>
#include <cstdint>

#include "layout.hpp"

// The words of 64 pixels that have foreground at the lowest level. As every further foreground lies inside of it, all
// later work is on those.

namespace thresher::cuda {

/// Which word of which map.
struct ActiveWord {
  Index image;
  Index word;  ///< in its row
  Index y;
};

/// Step i is 8 pixels, the i % 8th of word i / 8: whether they have foreground at the lowest level. A device reads
/// memory in pieces of as many, so that steps side by side read what lies side by side.
struct MarkEighths {
  Chunk chunk;
  float lowest;
  std::uint8_t* marks;  ///< bytes of the words that MarkActive reads

  THRESHER_HD void operator()(std::size_t i) const {
    const Image& image = chunk.images[chunk.image_of_word(i / 8)];
    const Offset rest = i / 8 - image.first_word;
    const auto width = static_cast<Offset>(image.size.width);
    const Offset x = rest % image.row_words * 64 + i % 8 * 8;
    const float* row = image.pixels + rest / image.row_words * width;
    const Offset end = x + 8 < width ? x + 8 : width;
    bool any = false;
    for (Offset k = x; k < end; ++k) any |= row[k] > lowest;
    marks[i] = any ? 1 : 0;
  }
};

/// Step i is a word: whether one of its eighths is marked.
struct MarkActive {
  const std::uint64_t* eighths;
  std::uint32_t* marks;

  THRESHER_HD void operator()(std::size_t i) const { marks[i] = eighths[i] != 0 ? 1 : 0; }
};

/// The same where bitmaps are dilated to the right and downwards.
struct GrowActive {
  Chunk chunk;
  const std::uint32_t* plain;
  std::uint32_t* marks;

  THRESHER_HD void operator()(std::size_t i) const {
    const Image& image = chunk.images[chunk.image_of_word(i)];
    const Offset rest = i - image.first_word;
    const bool has_left = rest % image.row_words != 0;
    const bool has_above = rest >= image.row_words;
    std::uint32_t mark = plain[i];
    if (has_left) mark |= plain[i - 1];
    if (has_above) mark |= plain[i - image.row_words];
    if (has_left && has_above) mark |= plain[i - image.row_words - 1];
    marks[i] = mark;
  }
};

/// Lists the marked words; `places` is the scan of the marks.
struct ListActive {
  Chunk chunk;
  const std::uint32_t* marks;
  const Offset* places;
  ActiveWord* out;

  THRESHER_HD void operator()(std::size_t i) const {
    if (marks[i] == 0) return;
    const Index index = chunk.image_of_word(i);
    const Image& image = chunk.images[index];
    const Offset rest = i - image.first_word;
    out[places[i]] = {index, static_cast<Index>(rest % image.row_words), static_cast<Index>(rest / image.row_words)};
  }
};

/// Step i is an image, which learns where its active words are.
struct FindOwnActive {
  Chunk chunk;
  const Offset* places;

  THRESHER_HD void operator()(std::size_t i) const {
    Image& image = chunk.images[i];
    image.first_active = places[image.first_word];
    image.active = places[image.first_word + Offset{image.row_words} * static_cast<Offset>(image.size.height)] -
                   image.first_active;
  }
};

}  // namespace thresher::cuda
