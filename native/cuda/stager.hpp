#pragma once

#include <cuda_runtime_api.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "check.hpp"

namespace thresher::cuda {

/// Page-locked memory, from which the device copies while the host goes on.
class PinnedMemory {
 public:
  explicit PinnedMemory(std::size_t bytes) { check(cudaMallocHost(&data_, bytes), "cudaMallocHost"); }
  PinnedMemory(const PinnedMemory&) = delete;
  PinnedMemory& operator=(const PinnedMemory&) = delete;
  ~PinnedMemory() { cudaFreeHost(data_); }
  [[nodiscard]] std::byte* data() const { return static_cast<std::byte*>(data_); }

 private:
  void* data_ = nullptr;
};

/// Copies host memory to the device in pieces: while one is on its way, the next is put into page-locked memory.
class Stager {
 public:
  explicit Stager(cudaStream_t stream) : stream_(stream) {
    for (auto& event : copied_) check(cudaEventCreateWithFlags(&event, cudaEventDisableTiming), "cudaEventCreate");
  }
  Stager(const Stager&) = delete;
  Stager& operator=(const Stager&) = delete;
  ~Stager() {
    for (const auto event : copied_) cudaEventDestroy(event);
  }

  void copy(const std::byte* from, std::size_t bytes, std::byte* to) {
    while (bytes > 0) {
      const std::size_t piece = std::min(bytes, kStagingBytes);
      const cudaEvent_t copied = copied_[turn_];
      std::byte* const staging = memory_.data() + turn_ * kStagingBytes;
      check(cudaEventSynchronize(copied), "cudaEventSynchronize");
      std::memcpy(staging, from, piece);
      check(cudaMemcpyAsync(to, staging, piece, cudaMemcpyHostToDevice, stream_), "cudaMemcpyAsync");
      check(cudaEventRecord(copied, stream_), "cudaEventRecord");
      turn_ = 1 - turn_;
      from += piece;
      to += piece;
      bytes -= piece;
    }
  }

 private:
  /// Two of these are filled and copied in turn.
  static constexpr std::size_t kStagingBytes = std::size_t{8} << 20;

  PinnedMemory memory_{2 * kStagingBytes};
  cudaStream_t stream_;
  cudaEvent_t copied_[2] = {};
  std::size_t turn_ = 0;
};

}  // namespace thresher::cuda
