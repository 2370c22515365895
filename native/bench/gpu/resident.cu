#include <cuda_runtime.h>

#include <algorithm>
#include <vector>

#include "../../cuda/check.hpp"
#include "resident.hpp"

namespace bench {
namespace {

using thresher::cuda::check;
using thresher::cuda::SizedMap;

class DeviceMaps : public Resident {
 public:
  explicit DeviceMaps(std::span<const SizedMap> maps) {
    for (SizedMap map : maps) {
      const std::size_t bytes =
          static_cast<std::size_t>(map.map.width) * static_cast<std::size_t>(map.map.height) * sizeof(float);
      void* memory = nullptr;
      check(cudaMalloc(&memory, bytes), "cudaMalloc");
      check(cudaMemcpy(memory, map.map.data, bytes, cudaMemcpyHostToDevice), "cudaMemcpy");
      map.map.data = static_cast<const float*>(memory);
      maps_.push_back(map);
    }
  }
  DeviceMaps(const DeviceMaps&) = delete;
  DeviceMaps& operator=(const DeviceMaps&) = delete;
  ~DeviceMaps() override {
    for (const SizedMap& map : maps_) cudaFree(const_cast<float*>(map.map.data));
  }
  [[nodiscard]] std::span<const SizedMap> maps() const override { return maps_; }

 private:
  std::vector<SizedMap> maps_;
};

__global__ void sum_all(const float4* values, std::size_t count, float* out) {
  float sum = 0;
  const std::size_t stride = std::size_t{gridDim.x} * blockDim.x;
  for (std::size_t i = std::size_t{blockIdx.x} * blockDim.x + threadIdx.x; i < count; i += stride) {
    const float4 v = values[i];
    sum += v.x + v.y + v.z + v.w;
  }
  // Never so for zeros, but the reads must have a use.
  if (sum != 0) *out = sum;
}

/// Bytes a second of the fastest of several runs.
template <class Work>
double best_rate(std::size_t bytes, Work work) {
  cudaEvent_t begin = nullptr;
  cudaEvent_t end = nullptr;
  check(cudaEventCreate(&begin), "cudaEventCreate");
  check(cudaEventCreate(&end), "cudaEventCreate");
  float best = 1e30F;
  for (int run = 0; run < 6; ++run) {
    check(cudaEventRecord(begin), "cudaEventRecord");
    work();
    check(cudaEventRecord(end), "cudaEventRecord");
    check(cudaEventSynchronize(end), "cudaEventSynchronize");
    float milliseconds = 0;
    check(cudaEventElapsedTime(&milliseconds, begin, end), "cudaEventElapsedTime");
    best = std::min(best, milliseconds);
  }
  cudaEventDestroy(begin);
  cudaEventDestroy(end);
  return static_cast<double>(bytes) / (best / 1000.0);
}

}  // namespace

std::unique_ptr<Resident> make_resident(std::span<const SizedMap> maps) {
  return std::make_unique<DeviceMaps>(maps);
}

Bandwidth measure_bandwidth() {
  constexpr std::size_t bytes = std::size_t{1} << 30;
  void* host = nullptr;
  float4* device = nullptr;
  float* sink = nullptr;
  check(cudaMallocHost(&host, bytes), "cudaMallocHost");
  check(cudaMalloc(&device, bytes), "cudaMalloc");
  check(cudaMalloc(&sink, sizeof(float)), "cudaMalloc");
  check(cudaMemset(device, 0, bytes), "cudaMemset");
  Bandwidth found;
  found.upload =
      best_rate(bytes, [&] { check(cudaMemcpyAsync(device, host, bytes, cudaMemcpyHostToDevice), "cudaMemcpyAsync"); });
  check(cudaMemset(device, 0, bytes), "cudaMemset");
  found.read = best_rate(bytes, [&] { sum_all<<<8192, 256>>>(device, bytes / sizeof(float4), sink); });
  cudaFree(sink);
  cudaFree(device);
  cudaFreeHost(host);
  return found;
}

}  // namespace bench
