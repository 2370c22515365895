#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "thresher/geometry/polygon_fill.hpp"

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

  [[nodiscard]] bool is_exact(std::uint64_t count) const;
};

using LooseSummer = LooseSum (*)(const float* origin, std::size_t stride, std::span<const PixelRun> runs);
LooseSum loose_sum_portable(const float* origin, std::size_t stride, std::span<const PixelRun> runs);
/// The fastest that this processor can run.
LooseSummer loose_summer();

}  // namespace detail
}  // namespace thresher
