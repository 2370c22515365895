#include "thresher/statistics/resample_sums.hpp"

#include "arguments.hpp"
#include "async.hpp"
#include "operations.hpp"
#include "results.hpp"

namespace binding {
namespace {

/// Keeps what the calculation borrows from alive.
Napi::Object kept(const Napi::CallbackInfo& info) {
  auto object = Napi::Object::New(info.Env());
  for (std::uint32_t i = 0; i < 4; ++i) object.Set(i, info[i]);
  return object;
}

}  // namespace

Napi::Value resample_sums(const Napi::CallbackInfo& info) {
  const auto occurrences = read_view<Napi::Uint8Array>(info[0], napi_uint8_array, "occurrences", "a Uint8Array");
  const auto which = read_view<Napi::Uint32Array>(info[1], napi_uint32_array, "which", "a Uint32Array");
  const auto amounts = read_view<Napi::Float64Array>(info[2], napi_float64_array, "amounts", "a Float64Array");
  const auto offsets = read_view<Napi::Uint32Array>(info[3], napi_uint32_array, "offsets", "a Uint32Array");
  const auto images = read_count(info[4], "images");
  const auto count = read_count(info[5], "count");
  return run_async(
      info.Env(), TaskHandle::of(info[6]), kept(info),
      [=](thresher::Task& task) {
        return thresher::resample_sums({occurrences, images, count}, {which, amounts, offsets}, &task);
      },
      [](Napi::Env env, const std::vector<double>& sums) {
        return make_array<Napi::Float64Array>(env, sums.size(), [&](std::size_t i) { return sums[i]; });
      });
}

}  // namespace binding
