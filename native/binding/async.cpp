#include "async.hpp"

namespace binding {
namespace {

/// The class of this environment's task handles; one an environment, because the addon may load in worker threads.
struct Classes {
  Napi::FunctionReference task;
};

}  // namespace

void TaskHandle::define(Napi::Env env, Napi::Object exports) {
  const auto constructor = DefineClass(
      env, "Task", {InstanceMethod<&TaskHandle::cancel>("cancel"), InstanceAccessor<&TaskHandle::done>("done")});
  auto* classes = new Classes;
  classes->task = Napi::Persistent(constructor);
  env.SetInstanceData(classes);
  exports.Set("Task", constructor);
}

TaskHandle::TaskHandle(const Napi::CallbackInfo& info) : Napi::ObjectWrap<TaskHandle>(info) {}

std::shared_ptr<thresher::Task> TaskHandle::of(const Napi::Value& value) {
  const auto* classes = value.Env().GetInstanceData<Classes>();
  if (!value.IsObject() || !value.As<Napi::Object>().InstanceOf(classes->task.Value())) {
    throw Napi::TypeError::New(value.Env(), "task must be a Task");
  }
  return Unwrap(value.As<Napi::Object>())->task_;
}

Napi::Value TaskHandle::cancel(const Napi::CallbackInfo& info) {
  task_->cancelled = true;
  return info.Env().Undefined();
}

Napi::Value TaskHandle::done(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), task_->done);
}

}  // namespace binding
