#include <cstddef>
#include <utility>
#include <vector>

#include "arguments.hpp"
#include "async.hpp"
#include "operations.hpp"
#include "results.hpp"
#include "thresher/cuda/shared_engine.hpp"
#include "thresher/sweep/sweep_image.hpp"

namespace binding {

Napi::Value sweep_image(const Napi::CallbackInfo& info) {
  const auto map = read_map(info[0], info[1], info[2]);
  const auto options = info[5].ToObject();
  const auto size = options.Get("size").IsUndefined() ? thresher::Size{map.width, map.height}
                                                      : read_size(options.Get("size"), "size");
  return run_async(
      info.Env(), TaskHandle::of(info[6]), info[0].As<Napi::Object>(),
      [map, size, gt = read_ground_truth(info[3]), grid = read_grid(info[4].ToObject()), mode = read_mode(options),
       scoring = read_scoring(options), backend = read_backend(options)](thresher::Task& task) {
        // Each of libuv's threads keeps its scratch space from image to image.
        thread_local thresher::ImageSweeper sweep;
        const auto scorer = thresher::make_scorer(scoring, gt);
        if (backend == Backend::cpu) return std::pair(sweep(map, size, mode, *scorer, grid, &task), scorer->levels());
        const auto found = thresher::cuda::shared_device_engine().find({map, size, &scorer->area_polygons()},
                                                                       grid_request(grid, mode), &task);
        return std::pair(sweep(found, mode, *scorer, grid, &task), scorer->levels());
      },
      [](Napi::Env env, const std::pair<std::vector<thresher::Tally>, std::size_t>& result) {
        const auto& [tallies, levels] = result;
        const auto column = [&env, &tallies = tallies](double thresher::Tally::*member) {
          return make_array<Napi::Float64Array>(env, tallies.size(), [&](std::size_t i) { return tallies[i].*member; });
        };
        auto object = Napi::Object::New(env);
        object.Set("levels", static_cast<double>(levels));
        object.Set("recallHits", column(&thresher::Tally::recall_hits));
        object.Set("recallTotal", column(&thresher::Tally::recall_total));
        object.Set("precisionHits", column(&thresher::Tally::precision_hits));
        object.Set("precisionTotal", column(&thresher::Tally::precision_total));
        return object;
      });
}

}  // namespace binding
