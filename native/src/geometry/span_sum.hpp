#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "thresher/geometry/polygon_fill.hpp"
#include "thresher/host_device.hpp"

namespace thresher {

/// Sum in double of the float32 pixels under `runs`, whose coordinates count from `origin` in rows of `stride`
/// pixels: what adding them one by one in order gives, to the bit.
///
/// They are added in any order where that provably is the same: while n times the largest magnitude stays within
/// 2^53 units in the last place of the smallest that is not 0, no partial sum is rounded.
double span_sum(const float* origin, std::size_t stride, std::span<const PixelRun> runs);

namespace detail {

/// A sum in any order, and what tells whether it is exact.
struct LooseSum {
  double sum = 0;
  std::uint32_t largest = 0;               ///< bits of the largest magnitude
  std::uint32_t smallest_less_1 = 0 - 1U;  ///< bits of the smallest magnitude that is not 0, less 1

  /// Whether any order of `count` additions gives the same sum.
  [[nodiscard]] THRESHER_HD bool is_exact(std::uint64_t count) const {
    constexpr int fraction_bits = 23;
    const auto largest_exponent = static_cast<int>(largest >> fraction_bits);
    if (largest_exponent == 255) return false;
    if (largest == 0) return true;
    // Subnormal numbers have the unit of exponent 1.
    const auto exponent = static_cast<int>((smallest_less_1 + 1) >> fraction_bits);
    const int smallest_exponent = exponent < 1 ? 1 : exponent;
    return std::bit_width(count) + largest_exponent - smallest_exponent <= 53 - fraction_bits - 1;
  }
};

using LooseSummer = LooseSum (*)(const float* origin, std::size_t stride, std::span<const PixelRun> runs);
LooseSum loose_sum_portable(const float* origin, std::size_t stride, std::span<const PixelRun> runs);
/// The fastest that this processor can run.
LooseSummer loose_summer();

}  // namespace detail
}  // namespace thresher
