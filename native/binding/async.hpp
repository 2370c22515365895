#pragma once

#include <napi.h>

#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "thresher/cuda/engine.hpp"
#include "thresher/task.hpp"

namespace binding {

/// A thresher::Task held by JavaScript: cancel() asks the operation to stop, `done` says how far it is.
class TaskHandle : public Napi::ObjectWrap<TaskHandle> {
 public:
  static void define(Napi::Env env, Napi::Object exports);
  explicit TaskHandle(const Napi::CallbackInfo& info);

  /// The task behind a JavaScript value; throws a TypeError if it is none.
  static std::shared_ptr<thresher::Task> of(const Napi::Value& value);

 private:
  Napi::Value cancel(const Napi::CallbackInfo& info);
  Napi::Value done(const Napi::CallbackInfo& info);

  std::shared_ptr<thresher::Task> task_ = std::make_shared<thresher::Task>();
};

/// Runs compute(task) on the thread pool and resolves the promise with convert(env, result) on the event loop.
/// `keep` is held until then: the values whose memory `compute` borrows. A cancelled task rejects with an Error
/// whose `code` is "CANCELLED".
template <class Compute, class Convert>
class AsyncOperation : public Napi::AsyncWorker {
 public:
  using Result = std::invoke_result_t<Compute, thresher::Task&>;

  static Napi::Promise start(Napi::Env env, std::shared_ptr<thresher::Task> task, const Napi::Object& keep,
                             Compute compute, Convert convert) {
    auto* operation = new AsyncOperation(env, std::move(task), keep, std::move(compute), std::move(convert));
    const auto promise = operation->deferred_.Promise();
    operation->Queue();
    return promise;
  }

 protected:
  void Execute() override {
    try {
      task_->check();
      result_.emplace(compute_(*task_));
    } catch (const thresher::Cancelled& error) {
      code_ = "CANCELLED";
      SetError(error.what());
    } catch (const std::invalid_argument& error) {
      code_ = "INVALID_ARGUMENT";
      SetError(error.what());
    } catch (const thresher::cuda::DeviceMemoryError& error) {
      code_ = "OUT_OF_MEMORY";
      SetError(error.what());
    } catch (const thresher::cuda::DeviceError& error) {
      code_ = "DEVICE_FAILURE";
      SetError(error.what());
    } catch (const std::bad_alloc&) {
      code_ = "OUT_OF_MEMORY";
      SetError("not enough memory");
    } catch (const std::exception& error) {
      SetError(error.what());
    }
  }

  void OnOK() override { deferred_.Resolve(convert_(Env(), *result_)); }

  void OnError(const Napi::Error& error) override {
    auto value = error.Value();
    value.Set("code", code_);
    deferred_.Reject(value);
  }

 private:
  AsyncOperation(Napi::Env env, std::shared_ptr<thresher::Task> task, const Napi::Object& keep, Compute compute,
                 Convert convert)
      : Napi::AsyncWorker(env),
        deferred_(Napi::Promise::Deferred::New(env)),
        keep_(Napi::Persistent(keep)),
        task_(std::move(task)),
        compute_(std::move(compute)),
        convert_(std::move(convert)) {}

  Napi::Promise::Deferred deferred_;
  Napi::ObjectReference keep_;
  std::shared_ptr<thresher::Task> task_;
  Compute compute_;
  Convert convert_;
  std::optional<Result> result_;
  const char* code_ = "NATIVE_FAILURE";
};

template <class Compute, class Convert>
Napi::Promise run_async(Napi::Env env, std::shared_ptr<thresher::Task> task, const Napi::Object& keep, Compute compute,
                        Convert convert) {
  return AsyncOperation<Compute, Convert>::start(env, std::move(task), keep, std::move(compute), std::move(convert));
}

}  // namespace binding
