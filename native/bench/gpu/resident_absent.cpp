#ifndef THRESHER_WITH_CUDA

#include "resident.hpp"

namespace bench {

std::unique_ptr<Resident> make_resident(std::span<const thresher::cuda::SizedMap>) {
  throw thresher::cuda::DeviceError("built without CUDA");
}

Bandwidth measure_bandwidth() {
  throw thresher::cuda::DeviceError("built without CUDA");
}

}  // namespace bench

#endif
