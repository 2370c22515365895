#ifndef THRESHER_WITH_CUDA

#include "thresher/cuda/device.hpp"

namespace thresher::cuda {

Status query() {
  Status status;
  status.reason = "built without CUDA: no nvcc was found when the addon was compiled";
  return status;
}

}  // namespace thresher::cuda

#endif
