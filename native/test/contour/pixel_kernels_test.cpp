#include "../../src/contour/pixel_kernels.hpp"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "check.hpp"
#include "picture.hpp"

using namespace thresher;

namespace {

std::vector<float> random_pixels(RandomPictures& random, std::size_t count) {
  std::vector<float> pixels(count);
  for (float& pixel : pixels) {
    const int kind = random.below(30);
    pixel = kind == 0   ? std::numeric_limits<float>::quiet_NaN()
            : kind == 1 ? std::numeric_limits<float>::infinity()
            : kind == 2 ? -std::numeric_limits<float>::infinity()
                        : static_cast<float>(random.below(21)) / 20;
  }
  return pixels;
}

}  // namespace

TEST("contour/pixel_kernels: every instruction set gives the same, at odd widths and addresses") {
  RandomPictures random(5);
  const auto sets = available_pixel_kernels();
  CHECK_EQ(std::string(sets.back().name), std::string("portable"));
  CHECK(&pixel_kernels() == &sets.front());
  for (int round = 0; round < 2000; ++round) {
    const auto width = static_cast<std::size_t>(random.below(300));
    const auto shift = static_cast<std::size_t>(random.below(17));
    const auto pixels = random_pixels(random, width + shift + 64);
    // 0.5F is also the value of pixels.
    const float level = random.below(3) == 0 ? 0.5F : static_cast<float>(random.below(1000)) / 999;
    std::vector<float> levels(static_cast<std::size_t>(random.below(256)));
    for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = static_cast<float>(i) / 250;
    const auto rank = static_cast<std::uint8_t>(random.below(256));

    const auto results = [&](const PixelKernels& kernels) {
      std::vector<std::uint64_t> words((width + 63) / 64 + 1, 0xABCDU);
      kernels.binarise(pixels.data() + shift, width, level, words.data());
      std::vector<std::uint8_t> ranks(64 + 64 + shift, 7);
      kernels.rank(pixels.data() + shift, levels.data(), levels.size(), ranks.data() + shift);
      for (std::size_t i = 0; i < 64; ++i) ranks[shift + 64 + i] = static_cast<std::uint8_t>(i * 4);
      words.resize(words.size() + 2);
      kernels.exceed(ranks.data() + shift, 2, rank, words.data() + words.size() - 2);
      return std::pair(words, ranks);
    };
    const auto expected = results(sets.back());
    for (std::size_t x = 0; x < width; ++x) {
      CHECK_EQ((expected.first[x / 64] >> x % 64 & 1) != 0, pixels[shift + x] > level);
    }
    for (const PixelKernels& kernels : sets) CHECK(results(kernels) == expected);
  }
}
