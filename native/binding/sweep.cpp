#include "arguments.hpp"
#include "async.hpp"
#include "operations.hpp"
#include "results.hpp"
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
       protocol = read_protocol(options.Get("protocol"))](thresher::Task& task) {
        return thresher::sweep_image(map, size, mode, *thresher::make_scorer({.protocol = protocol}, gt), grid, &task);
      },
      [](Napi::Env env, const std::vector<thresher::Tally>& tallies) {
        // The protocols offered here match one to one: their hits are the same for recall and precision, and whole.
        const auto column = [&](double thresher::Tally::*member) {
          return make_array<Napi::Int32Array>(
              env, tallies.size(), [&](std::size_t i) { return static_cast<std::int32_t>(tallies[i].*member); });
        };
        auto object = Napi::Object::New(env);
        object.Set("matched", column(&thresher::Tally::recall_hits));
        object.Set("gtCare", column(&thresher::Tally::recall_total));
        object.Set("detCare", column(&thresher::Tally::precision_total));
        return object;
      });
}

}  // namespace binding
