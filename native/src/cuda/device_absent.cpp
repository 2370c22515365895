#ifndef THRESHER_WITH_CUDA

#include "thresher/cuda/device.hpp"
#include "thresher/cuda/engine.hpp"

namespace thresher::cuda {

Status query() {
  Status status;
  status.reason = "built without CUDA: no nvcc was found when the addon was compiled";
  return status;
}

std::unique_ptr<Engine> make_device_engine(int) {
  throw DeviceError(query().reason);
}

}  // namespace thresher::cuda

#endif
