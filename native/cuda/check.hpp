#pragma once

#include <cuda_runtime_api.h>

#include <new>
#include <string>

#include "thresher/cuda/engine.hpp"

namespace thresher::cuda {

/// Throws what a CUDA call's code stands for: std::bad_alloc where memory ran out, DeviceError for any other. Clears
/// the error, unless the device cannot be used any more.
inline void check(cudaError_t code, const char* call) {
  if (code == cudaSuccess) return;
  cudaGetLastError();
  if (code == cudaErrorMemoryAllocation) throw std::bad_alloc();
  throw DeviceError(std::string(call) + ": " + cudaGetErrorName(code) + " (" + std::to_string(static_cast<int>(code)) +
                    "), " + cudaGetErrorString(code));
}

}  // namespace thresher::cuda
