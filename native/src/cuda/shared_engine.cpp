#include "thresher/cuda/shared_engine.hpp"

#include <map>
#include <span>
#include <utility>

namespace thresher::cuda {

ImageCandidates SharedEngine::find(const SizedMap& map, const Request& request, const Task* task) {
  if (task != nullptr) task->check();
  Call call{map, request, false, false, {}, nullptr};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&call);
  while (!call.done) {
    if (busy_) {
      changed_.wait(lock);
    } else {
      run(lock, call.request);
    }
  }
  lock.unlock();
  if (task != nullptr) task->check();
  if (call.error) std::rethrow_exception(call.error);
  return std::move(call.result);
}

/// Runs all that wait with this request.
void SharedEngine::run(std::unique_lock<std::mutex>& lock, const Request& request) {
  busy_ = true;
  std::vector<Call*> batch;
  std::vector<SizedMap> maps;
  for (Call* call : waiting_) {
    // A request with NaN equals none, itself included.
    if (&call->request != &request && !(call->request == request)) continue;
    call->taken = true;
    batch.push_back(call);
    maps.push_back(call->map);
  }
  std::erase_if(waiting_, [](const Call* call) { return call->taken; });
  lock.unlock();
  try {
    std::vector<ImageCandidates> results = engine_->find(maps, request);
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i]->result = std::move(results[i]);
  } catch (...) {
    run_apart(batch);
  }
  lock.lock();
  for (Call* call : batch) call->done = true;
  busy_ = false;
  changed_.notify_all();
}

/// One by one, so that the error of one is not that of the others.
void SharedEngine::run_apart(const std::vector<Call*>& batch) {
  for (Call* call : batch) {
    try {
      call->result = std::move(engine_->find(std::span(&call->map, 1), call->request).front());
    } catch (...) {
      call->error = std::current_exception();
    }
  }
}

Work SharedEngine::work() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !busy_; });
  return engine_->work();
}

SharedEngine& shared_device_engine(int device) {
  static std::mutex mutex;
  // Never freed: at exit the driver may be gone before it would be.
  static auto* const engines = new std::map<int, std::unique_ptr<SharedEngine>>;
  const std::scoped_lock lock(mutex);
  std::unique_ptr<SharedEngine>& engine = (*engines)[device];
  if (!engine) engine = std::make_unique<SharedEngine>(make_device_engine(device));
  return *engine;
}

}  // namespace thresher::cuda
