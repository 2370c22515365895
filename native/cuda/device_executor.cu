#include "device_executor.cuh"
#include "thresher/host_device.hpp"

namespace thresher::cuda {
namespace {

/// Appends the last count to the last sum, so that the scan has one value more than there are counts.
struct CloseScan {
  const std::uint32_t* counts;
  std::size_t size;
  std::uint64_t* sums;
  THRESHER_HD void operator()(std::size_t) const { sums[size] = size == 0 ? 0 : sums[size - 1] + counts[size - 1]; }
};

bool is_on_device(const void* memory) {
  cudaPointerAttributes attributes{};
  check(cudaPointerGetAttributes(&attributes, memory), "cudaPointerGetAttributes");
  return attributes.type == cudaMemoryTypeDevice || attributes.type == cudaMemoryTypeManaged;
}

}  // namespace

DeviceExecutor::DeviceExecutor(int device) : device_(device) {
  check(cudaSetDevice(device), "cudaSetDevice");
  int processors = 0;
  check(cudaDeviceGetAttribute(&processors, cudaDevAttrMultiProcessorCount, device), "cudaDeviceGetAttribute");
  most_blocks_ = static_cast<std::size_t>(processors) * 32;
  cudaMemPool_t pool = nullptr;
  check(cudaDeviceGetDefaultMemPool(&pool, device), "cudaDeviceGetDefaultMemPool");
  std::uint64_t keep = UINT64_MAX;
  check(cudaMemPoolSetAttribute(pool, cudaMemPoolAttrReleaseThreshold, &keep), "cudaMemPoolSetAttribute");
  check(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking), "cudaStreamCreate");
  check(cudaStreamCreateWithFlags(&copies_, cudaStreamNonBlocking), "cudaStreamCreate");
}

DeviceExecutor::~DeviceExecutor() {
  stager_.reset();
  if (copies_ != nullptr) cudaStreamDestroy(copies_);
  if (stream_ != nullptr) cudaStreamDestroy(stream_);
}

std::size_t DeviceExecutor::memory() {
  check(cudaSetDevice(device_), "cudaSetDevice");
  std::size_t free = 0;
  std::size_t total = 0;
  check(cudaMemGetInfo(&free, &total), "cudaMemGetInfo");
  cudaMemPool_t pool = nullptr;
  check(cudaDeviceGetDefaultMemPool(&pool, device_), "cudaDeviceGetDefaultMemPool");
  std::uint64_t reserved = 0;
  std::uint64_t used = 0;
  check(cudaMemPoolGetAttribute(pool, cudaMemPoolAttrReservedMemCurrent, &reserved), "cudaMemPoolGetAttribute");
  check(cudaMemPoolGetAttribute(pool, cudaMemPoolAttrUsedMemCurrent, &used), "cudaMemPoolGetAttribute");
  return (free + static_cast<std::size_t>(reserved - used)) / 4 * 3;
}

DeviceExecutor::Held DeviceExecutor::hold(std::span<const SizedMap> maps) {
  // The thread that calls may have another device.
  check(cudaSetDevice(device_), "cudaSetDevice");
  if (!stager_) stager_ = std::make_unique<Stager>(copies_);
  Held held;
  // Before any of the memory is given back, which the other stream does.
  struct Finish {
    cudaStream_t stream;
    ~Finish() { cudaStreamSynchronize(stream); }
  } const finish{copies_};
  for (SizedMap map : maps) {
    if (!is_on_device(map.map.data)) {
      const auto pixels = static_cast<std::size_t>(map.map.width) * static_cast<std::size_t>(map.map.height);
      const auto& memory = held.pixels_.emplace_back(pixels, copies_, stream_);
      stager_->copy(reinterpret_cast<const std::byte*>(map.map.data), pixels * sizeof(float),
                    reinterpret_cast<std::byte*>(memory.data()));
      map.map.data = memory.data();
    }
    held.maps_.push_back(map);
  }
  check(cudaStreamSynchronize(copies_), "cudaStreamSynchronize");
  return held;
}

void DeviceExecutor::forget() {
  copied_from_ = nullptr;
}

MapView DeviceExecutor::on_host(MapView map) {
  check(cudaSetDevice(device_), "cudaSetDevice");
  if (!is_on_device(map.data)) return map;
  if (map.data != copied_from_) {
    copied_.resize(static_cast<std::size_t>(map.width) * static_cast<std::size_t>(map.height));
    // Not on a stream: the stages' would wait for them, and the copies' for maps that come.
    check(cudaMemcpy(copied_.data(), map.data, copied_.size() * sizeof(float), cudaMemcpyDeviceToHost), "cudaMemcpy");
    copied_from_ = map.data;
  }
  return {copied_.data(), map.width, map.height};
}

std::uint64_t DeviceExecutor::exclusive_scan(const std::uint32_t* counts, std::size_t size, std::uint64_t* sums) {
  if (size > 0) {
    const auto scan = [&](void* scratch, std::size_t& bytes) {
      return cub::DeviceScan::ExclusiveScan(scratch, bytes, counts, sums, ::cuda::std::plus<>{}, std::uint64_t{0},
                                            static_cast<std::int64_t>(size), stream_);
    };
    std::size_t bytes = 0;
    check(scan(nullptr, bytes), "cub::DeviceScan");
    const auto scratch = buffer<std::byte>(std::max<std::size_t>(bytes, 1));
    check(scan(scratch.data(), bytes), "cub::DeviceScan");
  }
  for_each(1, CloseScan{counts, size, sums});
  std::uint64_t total = 0;
  download(sums + size, 1, &total);
  return total;
}

}  // namespace thresher::cuda
