#pragma once

#include <atomic>
#include <stdexcept>

namespace thresher {

/// Thrown out of a long operation once its task was cancelled.
struct Cancelled : std::runtime_error {
  Cancelled() : std::runtime_error("cancelled") {}
};

/// What a long operation shares with whoever started it: a request to stop, and how far it is.
struct Task {
  std::atomic<bool> cancelled{false};
  std::atomic<int> done{0};

  void check() const {
    if (cancelled.load(std::memory_order_relaxed)) throw Cancelled();
  }
};

}  // namespace thresher
