#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "thresher/cuda/engine.hpp"

namespace thresher::cuda {

/// Runs the stages of a Pipeline on host threads, in the place of a device: the same functors over the same memory
/// layout, in an order that threads decide. For tests and for comparison; the CPU's own path is faster.
///
/// An executor has memory (Buffer), for_each over indices, and exclusive_scan; all else the stages do themselves.
class HostExecutor {
  /// What of the executor's memory is taken.
  class Taken {
   public:
    Taken() = default;
    Taken(std::atomic<std::size_t>& all, std::size_t bytes) : all_(&all), bytes_(bytes) {}
    Taken(Taken&& other) noexcept : all_(std::exchange(other.all_, nullptr)), bytes_(other.bytes_) {}
    Taken& operator=(Taken&& other) noexcept {
      std::swap(all_, other.all_);
      std::swap(bytes_, other.bytes_);
      return *this;
    }
    ~Taken() {
      if (all_ != nullptr) *all_ -= bytes_;
    }

   private:
    std::atomic<std::size_t>* all_ = nullptr;
    std::size_t bytes_ = 0;
  };

 public:
  template <class T>
  class Buffer {
   public:
    static_assert(std::is_trivially_copyable_v<T>);
    Buffer() = default;
    Buffer(std::size_t size, Taken taken) : memory_(new T[size]), size_(size), taken_(std::move(taken)) {}
    [[nodiscard]] T* data() const { return memory_.get(); }
    [[nodiscard]] std::size_t size() const { return size_; }

   private:
    std::unique_ptr<T[]> memory_;
    std::size_t size_ = 0;
    Taken taken_;
  };

  /// Copies of maps.
  class Held {
   public:
    [[nodiscard]] std::span<const SizedMap> maps() const { return maps_; }

   private:
    friend HostExecutor;
    std::vector<Buffer<float>> pixels_;
    std::vector<SizedMap> maps_;
  };

  /// `memory` is what buffers may take at a time, in bytes; those beyond throw std::bad_alloc. Loops of fewer
  /// than `grain` indices stay on the calling thread.
  HostExecutor(unsigned threads, std::size_t memory, std::size_t grain = 4096)
      : threads_(std::max(threads, 1U)), memory_(memory), grain_(grain) {}

  /// Not initialised.
  template <class T>
  Buffer<T> buffer(std::size_t size) {
    if (size > memory_ / sizeof(T)) throw std::bad_alloc();
    const std::size_t bytes = size * sizeof(T);
    Taken taken(used_, bytes);
    if (used_.fetch_add(bytes) + bytes > memory_) throw std::bad_alloc();
    return Buffer<T>(size, std::move(taken));
  }
  template <class T>
  Buffer<T> zeros(std::size_t size) {
    auto result = buffer<T>(size);
    std::memset(result.data(), 0, size * sizeof(T));
    return result;
  }
  /// As a device has to, though it could read them where they are.
  Held hold(std::span<const SizedMap> maps) {
    Held held;
    for (SizedMap map : maps) {
      const auto pixels = static_cast<std::size_t>(map.map.width) * static_cast<std::size_t>(map.map.height);
      const auto& copy = held.pixels_.emplace_back(buffer<float>(pixels));
      upload(map.map.data, pixels, copy.data());
      map.map.data = copy.data();
      held.maps_.push_back(map);
    }
    return held;
  }
  static MapView on_host(MapView map) { return map; }
  static void forget() {}
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
  std::atomic<std::size_t> used_ = 0;
};

}  // namespace thresher::cuda
