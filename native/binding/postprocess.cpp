#include "thresher/postprocess/postprocess.hpp"

#include "arguments.hpp"
#include "async.hpp"
#include "operations.hpp"
#include "results.hpp"

namespace binding {

Napi::Value postprocess(const Napi::CallbackInfo& info) {
  const auto map = read_map(info[0], info[1], info[2]);
  const auto options = read_options(info[3].ToObject());
  return run_async(
      info.Env(), TaskHandle::of(info[4]), info[0].As<Napi::Object>(),
      [map, options](thresher::Task& task) { return thresher::postprocess(map, options, &task); },
      [](Napi::Env env, const thresher::BoxSet& boxes) {
        auto object = make_polygons(env, boxes.polygons);
        object.Set("scores", make_array<Napi::Float64Array>(env, boxes.scores.size(),
                                                            [&](std::size_t i) { return boxes.scores[i]; }));
        return object;
      });
}

}  // namespace binding
