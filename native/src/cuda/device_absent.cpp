#ifndef THRESHER_WITH_CUDA

#include "thresher/cuda/device.hpp"

namespace thresher::cuda {

Status query() { return {.reason = "built without CUDA: no nvcc was found when the addon was compiled"}; }

}  // namespace thresher::cuda

#endif
