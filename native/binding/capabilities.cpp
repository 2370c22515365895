#include "operations.hpp"
#include "thresher/cuda/device.hpp"

namespace binding {

Napi::Value capabilities(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  const auto status = thresher::cuda::query();
  auto devices = Napi::Array::New(env, status.devices.size());
  for (std::size_t i = 0; i < status.devices.size(); ++i) {
    const auto& device = status.devices[i];
    auto entry = Napi::Object::New(env);
    entry.Set("name", device.name);
    entry.Set("memoryBytes", static_cast<double>(device.memory_bytes));
    entry.Set("computeCapability", std::to_string(device.major) + "." + std::to_string(device.minor));
    devices[static_cast<std::uint32_t>(i)] = entry;
  }
  auto cuda = Napi::Object::New(env);
  cuda.Set("compiled", status.compiled);
  cuda.Set("toolkit", status.toolkit);
  cuda.Set("driver", status.driver);
  cuda.Set("devices", devices);
  cuda.Set("reason", status.reason);
  auto object = Napi::Object::New(env);
  object.Set("version", THRESHER_VERSION);
  object.Set("cuda", cuda);
  return object;
}

}  // namespace binding
