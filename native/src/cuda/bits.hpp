#pragma once

#include <bit>
#include <cstdint>

#include "thresher/host_device.hpp"

namespace thresher::cuda {

THRESHER_HD inline unsigned count_ones(std::uint64_t word) {
#ifdef __CUDA_ARCH__
  return static_cast<unsigned>(__popcll(word));
#else
  return static_cast<unsigned>(std::popcount(word));
#endif
}

/// Place of the lowest bit that is set; there is one.
THRESHER_HD inline unsigned lowest_one(std::uint64_t word) {
#ifdef __CUDA_ARCH__
  return static_cast<unsigned>(__ffsll(static_cast<long long>(word))) - 1;
#else
  return static_cast<unsigned>(std::countr_zero(word));
#endif
}

}  // namespace thresher::cuda
