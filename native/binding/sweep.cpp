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
        return thresher::sweep_image(map, size, gt, mode, protocol, grid, &task);
      },
      [](Napi::Env env, const std::vector<thresher::ImageCounts>& counts) {
        const auto column = [&](std::int32_t thresher::ImageCounts::*member) {
          return make_array<Napi::Int32Array>(env, counts.size(), [&](std::size_t i) { return counts[i].*member; });
        };
        auto object = Napi::Object::New(env);
        object.Set("matched", column(&thresher::ImageCounts::matched));
        object.Set("gtCare", column(&thresher::ImageCounts::gt_care));
        object.Set("detCare", column(&thresher::ImageCounts::det_care));
        return object;
      });
}

}  // namespace binding
