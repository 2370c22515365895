#pragma once

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "thresher/cuda/engine.hpp"

namespace thresher::cuda {

/// An engine for many threads, each with one map at a time: calls with the same request that wait for the engine at the
/// same time become one batch, so that a device gets more than one map to work on.
class SharedEngine {
 public:
  explicit SharedEngine(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

  /// As Engine::find. A cancelled task leaves at latest when the batch that it is part of is done.
  ImageCandidates find(const SizedMap& map, const Request& request, const Task* task = nullptr);
  [[nodiscard]] Work work();

 private:
  struct Call {
    const SizedMap& map;
    const Request& request;
    bool taken = false;
    bool done = false;
    ImageCandidates result;
    std::exception_ptr error;
  };

  void run(std::unique_lock<std::mutex>& lock, const Request& request);
  void run_apart(const std::vector<Call*>& batch);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::unique_ptr<Engine> engine_;
  bool busy_ = false;
  std::vector<Call*> waiting_;
};

/// The process's engine on a device, made when it is first asked for and kept. Throws as make_device_engine does.
SharedEngine& shared_device_engine(int device = 0);

}  // namespace thresher::cuda
