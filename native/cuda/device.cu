#include <cuda_runtime_api.h>

#include "thresher/cuda/device.hpp"

namespace thresher::cuda {
namespace {

std::string version_text(int version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

}  // namespace

Status query() {
  Status status;
  status.compiled = true;
  status.toolkit = version_text(CUDART_VERSION);
  int driver = 0;
  if (cudaDriverGetVersion(&driver) == cudaSuccess && driver > 0) status.driver = version_text(driver);
  int count = 0;
  if (const auto error = cudaGetDeviceCount(&count); error != cudaSuccess) {
    status.reason = std::string("cudaGetDeviceCount: ") + cudaGetErrorString(error);
    return status;
  }
  for (int i = 0; i < count; ++i) {
    cudaDeviceProp properties;
    if (cudaGetDeviceProperties(&properties, i) != cudaSuccess) continue;
    status.devices.push_back({properties.name, properties.totalGlobalMem, properties.major, properties.minor});
  }
  if (status.devices.empty()) status.reason = "the driver lists no usable device";
  return status;
}

}  // namespace thresher::cuda
