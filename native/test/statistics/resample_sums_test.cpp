#include "thresher/statistics/resample_sums.hpp"

#include <cstdint>
#include <random>
#include <stdexcept>
#include <vector>

#include "check.hpp"

namespace {

bool refuses(const thresher::Resamples& resamples, const thresher::SparseColumns& columns) {
  try {
    thresher::resample_sums(resamples, columns);
  } catch (const std::invalid_argument&) {
    return true;
  }
  return false;
}

}  // namespace

using thresher::Resamples;
using thresher::SparseColumns;

TEST("statistics/resample_sums: every column over every resample, in the order of the column") {
  std::mt19937 random(7);
  for (const std::size_t count : {1u, 127u, 128u, 129u, 400u}) {
    const std::size_t images = 37;
    std::vector<std::uint8_t> occurrences(images * count);
    for (auto& value : occurrences) value = static_cast<std::uint8_t>(random() % 5);
    std::vector<std::uint32_t> which;
    std::vector<double> amounts;
    std::vector<std::uint32_t> offsets{0};
    for (std::uint32_t length : {0u, 1u, 3u, 4u, 7u, 37u}) {
      for (std::uint32_t i = 0; i < length; ++i) {
        which.push_back(static_cast<std::uint32_t>(random() % images));
        amounts.push_back((static_cast<double>(random() % 2001) - 1000) / 7);
      }
      offsets.push_back(static_cast<std::uint32_t>(which.size()));
    }
    const auto sums = thresher::resample_sums({occurrences, images, count}, {which, amounts, offsets});
    CHECK_EQ(sums.size(), 6 * count);
    for (std::size_t column = 0; column < 6; ++column) {
      for (std::size_t r = 0; r < count; ++r) {
        double expected = 0;
        std::size_t j = offsets[column];
        const auto term = [&](std::size_t k) {
          return amounts[k] * static_cast<double>(occurrences[which[k] * count + r]);
        };
        for (; j + 3 < offsets[column + 1]; j += 4) {
          expected += ((term(j) + term(j + 1)) + term(j + 2)) + term(j + 3);
        }
        for (; j < offsets[column + 1]; ++j) expected += term(j);
        CHECK_EQ(sums[column * count + r], expected);
      }
    }
  }
}

TEST("statistics/resample_sums: what does not fit is refused") {
  const std::vector<std::uint8_t> occurrences(6);
  const std::vector<double> amounts{1};
  const std::vector<std::uint32_t> offsets{0, 1};
  const std::vector<std::uint32_t> inside{1};
  const std::vector<std::uint32_t> outside{2};
  const std::vector<std::uint32_t> empty;
  const Resamples resamples{occurrences, 2, 3};
  CHECK_EQ(thresher::resample_sums(resamples, {inside, amounts, offsets}).size(), 3u);
  CHECK(refuses(resamples, {outside, amounts, offsets}));
  CHECK(refuses(resamples, {inside, amounts, empty}));
  CHECK(refuses({occurrences, 3, 3}, {inside, amounts, offsets}));
}
