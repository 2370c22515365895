#pragma once

#include <cuda_runtime.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cub/device/device_scan.cuh>
#include <cuda/std/functional>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "check.hpp"
#include "stager.hpp"
#include "thresher/cuda/engine.hpp"

namespace thresher::cuda {

/// body(i) for every i < size.
template <class Body>
__global__ void __launch_bounds__(256) run_body(std::size_t size, Body body) {
  const std::size_t stride = std::size_t{gridDim.x} * blockDim.x;
  for (std::size_t i = std::size_t{blockIdx.x} * blockDim.x + threadIdx.x; i < size; i += stride) body(i);
}

/// Device memory from the device's pool, which keeps what is given back for the next part.
class DeviceMemory {
 public:
  DeviceMemory() = default;
  /// There once `from` has come to it; given back once `until` has.
  DeviceMemory(std::size_t bytes, cudaStream_t from, cudaStream_t until) : stream_(until) {
    if (bytes > 0) check(cudaMallocAsync(&data_, bytes, from), "cudaMallocAsync");
  }
  DeviceMemory(DeviceMemory&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), stream_(std::exchange(other.stream_, nullptr)) {}
  DeviceMemory& operator=(DeviceMemory&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(stream_, other.stream_);
    return *this;
  }
  ~DeviceMemory() {
    if (data_ != nullptr) cudaFreeAsync(data_, stream_);
  }
  [[nodiscard]] void* data() const { return data_; }

 private:
  void* data_ = nullptr;
  cudaStream_t stream_ = nullptr;
};

/// The executor of a Pipeline on a CUDA device: one stream, in whose order all stages happen, and one on which maps
/// come meanwhile. What it runs is what HostExecutor runs.
class DeviceExecutor {
 public:
  template <class T>
  class Buffer {
   public:
    static_assert(std::is_trivially_copyable_v<T>);
    Buffer() = default;
    Buffer(std::size_t size, cudaStream_t from, cudaStream_t until)
        : memory_(size * sizeof(T), from, until), size_(size) {}
    [[nodiscard]] T* data() const { return static_cast<T*>(memory_.data()); }
    [[nodiscard]] std::size_t size() const { return size_; }

   private:
    DeviceMemory memory_;
    std::size_t size_ = 0;
  };

  /// Maps on the device.
  class Held {
   public:
    [[nodiscard]] std::span<const SizedMap> maps() const { return maps_; }

   private:
    friend DeviceExecutor;
    std::vector<Buffer<float>> pixels_;
    std::vector<SizedMap> maps_;
  };

  explicit DeviceExecutor(int device);
  DeviceExecutor(const DeviceExecutor&) = delete;
  DeviceExecutor& operator=(const DeviceExecutor&) = delete;
  ~DeviceExecutor();

  /// Bytes that a part may take: most of what is free.
  std::size_t memory();

  /// Brings the maps that are not on the device yet there, through page-locked memory, and returns them as they are
  /// there. The caller's memory may change afterwards. From one thread at a time, while another runs stages.
  Held hold(std::span<const SizedMap> maps);
  /// The map itself, or what was copied from the device. From one thread at a time, while others run stages and hold.
  MapView on_host(MapView map);
  /// Drops what on_host() copied.
  void forget();

  template <class T>
  Buffer<T> buffer(std::size_t size) {
    if (size > PTRDIFF_MAX / sizeof(T)) throw std::bad_alloc();
    return Buffer<T>(size, stream_, stream_);
  }
  template <class T>
  Buffer<T> zeros(std::size_t size) {
    auto result = buffer<T>(size);
    if (size > 0) check(cudaMemsetAsync(result.data(), 0, size * sizeof(T), stream_), "cudaMemsetAsync");
    return result;
  }

  /// `from` may change when this returns: memory that is not page-locked is staged by the call.
  template <class T>
  void upload(const T* from, std::size_t size, T* to) {
    if (size == 0) return;
    check(cudaMemcpyAsync(to, from, size * sizeof(T), cudaMemcpyHostToDevice, stream_), "cudaMemcpyAsync");
    check(cudaStreamSynchronize(stream_), "cudaStreamSynchronize");
  }
  template <class T>
  void download(const T* from, std::size_t size, T* to) {
    if (size == 0) return;
    check(cudaMemcpyAsync(to, from, size * sizeof(T), cudaMemcpyDeviceToHost, stream_), "cudaMemcpyAsync");
    check(cudaStreamSynchronize(stream_), "cudaStreamSynchronize");
  }

  template <class Body>
  void for_each(std::size_t size, const Body& body) {
    if (size == 0) return;
    constexpr std::size_t threads = 256;
    const auto blocks = static_cast<unsigned>(std::min((size + threads - 1) / threads, most_blocks_));
    run_body<<<blocks, threads, 0, stream_>>>(size, body);
    check(cudaPeekAtLastError(), "a kernel's launch");
  }

  std::uint64_t exclusive_scan(const std::uint32_t* counts, std::size_t size, std::uint64_t* sums);

 private:
  int device_;
  cudaStream_t stream_ = nullptr;
  cudaStream_t copies_ = nullptr;
  std::size_t most_blocks_ = 1;
  std::unique_ptr<Stager> stager_;
  const float* copied_from_ = nullptr;
  std::vector<float> copied_;
};

}  // namespace thresher::cuda
