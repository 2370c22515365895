#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace thresher {

/// The loops over pixels, in one of the instruction sets. Pointers need no alignment.
struct PixelKernels {
  const char* name;
  /// Bit x % 64 of words[x / 64] becomes row[x] > level, for 0 <= x < width; the last word is filled up with 0.
  void (*binarise)(const float* row, std::size_t width, float level, std::uint64_t* words);
  /// How many of `count` <= 255 ascending levels each of 64 pixels exceeds.
  void (*rank)(const float* pixels, const float* levels, std::size_t count, std::uint8_t* ranks);
  /// Bit i % 64 of words[i / 64] becomes ranks[i] > rank, for 0 <= i < 64 * count.
  void (*exceed)(const std::uint8_t* ranks, std::size_t count, std::uint8_t rank, std::uint64_t* words);
};

/// All that this processor can run, the fastest first and the portable one last.
std::span<const PixelKernels> available_pixel_kernels();

/// The fastest.
const PixelKernels& pixel_kernels();

}  // namespace thresher
