#include "pixel_kernels.hpp"

#include <array>

#include "pixel_kernels_sets.hpp"

namespace thresher {
namespace {

void binarise_portable(const float* row, std::size_t width, float level, std::uint64_t* words) {
  for (std::size_t x = 0; x < width; x += 64) {
    const std::size_t count = width - x < 64 ? width - x : 64;
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < count; ++i) word |= std::uint64_t{row[x + i] > level} << i;
    words[x / 64] = word;
  }
}

void rank_portable(const float* pixels, const float* levels, std::size_t count, std::uint8_t* ranks) {
  for (std::size_t i = 0; i < 64; ++i) {
    unsigned rank = 0;
    for (std::size_t k = 0; k < count; ++k) rank += pixels[i] > levels[k];
    ranks[i] = static_cast<std::uint8_t>(rank);
  }
}

void exceed_portable(const std::uint8_t* ranks, std::size_t count, std::uint8_t rank, std::uint64_t* words) {
  for (std::size_t w = 0; w < count; ++w) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 64; ++i) word |= std::uint64_t{ranks[64 * w + i] > rank} << i;
    words[w] = word;
  }
}

struct Available {
  std::array<PixelKernels, 3> kernels{};
  std::size_t count = 0;

  Available() {
    count = add_vector_kernels(kernels);
    kernels[count++] = {"portable", binarise_portable, rank_portable, exceed_portable};
  }
};

}  // namespace

std::span<const PixelKernels> available_pixel_kernels() {
  static const Available available;
  return {available.kernels.data(), available.count};
}

const PixelKernels& pixel_kernels() {
  return available_pixel_kernels().front();
}

}  // namespace thresher
