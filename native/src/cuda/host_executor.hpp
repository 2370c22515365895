#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <thread>
#include <type_traits>
#include <vector>

#include "thresher/cuda/engine.hpp"

namespace thresher::cuda {

/// Runs the stages of a Pipeline on host threads, in the place of a device: the same functors over the same memory
/// layout, in an order that threads decide. For tests and for comparison; the CPU's own path is faster.
///
/// An executor has memory (Buffer), for_each over indices, and exclusive_scan; all else the stages do themselves.
class HostExecutor {
 public:
  template <class T>
  class Buffer {
   public:
    static_assert(std::is_trivially_copyable_v<T>);
    Buffer() = default;
    explicit Buffer(std::size_t size) : memory_(new T[size]), size_(size) {}
    [[nodiscard]] T* data() const { return memory_.get(); }
    [[nodiscard]] std::size_t size() const { return size_; }

   private:
    std::unique_ptr<T[]> memory_;
    std::size_t size_ = 0;
  };

  /// `memory` is what the buffers of one chunk may take, in bytes; those beyond throw std::bad_alloc. Loops of fewer
  /// than `grain` indices stay on the calling thread.
  HostExecutor(unsigned threads, std::size_t memory, std::size_t grain = 4096)
      : threads_(std::max(threads, 1U)), memory_(memory), grain_(grain) {}

  /// Not initialised.
  template <class T>
  Buffer<T> buffer(std::size_t size) {
    if (size > (memory_ - used_) / sizeof(T)) throw std::bad_alloc();
    used_ += size * sizeof(T);
    return Buffer<T>(size);
  }
  template <class T>
  Buffer<T> zeros(std::size_t size) {
    auto result = buffer<T>(size);
    std::memset(result.data(), 0, size * sizeof(T));
    return result;
  }
  /// Maps are read where they are.
  static std::span<const SizedMap> hold(std::span<const SizedMap> maps) { return maps; }
  static MapView on_host(MapView map) { return map; }
  /// Called when the buffers of a chunk are gone.
  void forget() { used_ = 0; }
  [[nodiscard]] std::size_t memory() const { return memory_; }

  template <class T>
  void upload(const T* from, std::size_t size, T* to) {
    std::copy_n(from, size, to);
  }
  template <class T>
  void download(const T* from, std::size_t size, T* to) {
    std::copy_n(from, size, to);
  }

  /// body(i) for every i < size, in any order and at once.
  template <class Body>
  void for_each(std::size_t size, Body body) {
    const std::size_t workers = std::min<std::size_t>(threads_, (size + grain_ - 1) / grain_);
    const auto work = [&](std::size_t worker) {
      // Interleaved, as the threads of a warp are.
      for (std::size_t i = worker; i < size; i += workers) body(i);
    };
    if (workers <= 1) return work(0);
    std::vector<std::thread> others;
    others.reserve(workers - 1);
    for (std::size_t worker = 1; worker < workers; ++worker) others.emplace_back(work, worker);
    work(0);
    for (std::thread& other : others) other.join();
  }

  /// sums[i] = counts[0] + .. + counts[i - 1] for i <= size; returns the last.
  std::uint64_t exclusive_scan(const std::uint32_t* counts, std::size_t size, std::uint64_t* sums) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::uint32_t count = counts[i];
      sums[i] = sum;
      sum += count;
    }
    sums[size] = sum;
    return sum;
  }

 private:
  unsigned threads_;
  std::size_t memory_;
  std::size_t grain_;
  std::size_t used_ = 0;
};

}  // namespace thresher::cuda
