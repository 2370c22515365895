#include "thresher/postprocess/postprocess.hpp"

#include "arguments.hpp"
#include "async.hpp"
#include "operations.hpp"
#include "results.hpp"
#include "thresher/cuda/shared_engine.hpp"

namespace binding {

Napi::Value postprocess(const Napi::CallbackInfo& info) {
  const auto map = read_map(info[0], info[1], info[2]);
  const auto options = read_options(info[3].ToObject());
  return run_async(
      info.Env(), TaskHandle::of(info[4]), info[0].As<Napi::Object>(),
      [map, options, backend = read_backend(info[3].ToObject())](thresher::Task& task) {
        if (backend == Backend::cpu) return thresher::postprocess(map, options, &task);
        const thresher::cuda::SizedMap sized{map, options.size.value_or(thresher::Size{map.width, map.height})};
        const auto found = thresher::cuda::shared_device_engine().find(sized, postprocess_request(options), &task);
        return found_boxes(found, options, &task);
      },
      [](Napi::Env env, const thresher::BoxSet& boxes) {
        auto object = make_polygons(env, boxes.polygons);
        object.Set("scores", make_array<Napi::Float64Array>(env, boxes.scores.size(),
                                                            [&](std::size_t i) { return boxes.scores[i]; }));
        return object;
      });
}

}  // namespace binding
