#include <cstdint>

#include "arguments.hpp"
#include "async.hpp"
#include "operations.hpp"
#include "results.hpp"
#include "thresher/score/matcher.hpp"

namespace binding {
namespace {

struct Score {
  thresher::MatchTable table;
  std::vector<std::int32_t> matched_gt;
  thresher::ImageCounts counts;
};

Napi::Value roles(Napi::Env env, const std::vector<thresher::MatchTable::Role>& roles) {
  return make_array<Napi::Uint8Array>(env, roles.size(),
                                      [&](std::size_t i) { return static_cast<std::uint8_t>(roles[i]); });
}

}  // namespace

Napi::Value score_image(const Napi::CallbackInfo& info) {
  const auto protocol = read_protocol(info[0]);
  return run_async(
      info.Env(), TaskHandle::of(info[3]), Napi::Object::New(info.Env()),
      [protocol, gt = read_ground_truth(info[1]), detections = read_polygons(info[2], "detections")](thresher::Task&) {
        Score score;
        score.table = thresher::build_match_table(protocol, gt, detections);
        score.counts = thresher::count_matches(score.table, {}, &score.matched_gt);
        return score;
      },
      [](Napi::Env env, const Score& score) {
        auto object = Napi::Object::New(env);
        object.Set("matched", score.counts.matched);
        object.Set("gtCare", score.counts.gt_care);
        object.Set("detCare", score.counts.det_care);
        object.Set("matchedGt", make_array<Napi::Int32Array>(env, score.matched_gt.size(),
                                                             [&](std::size_t i) { return score.matched_gt[i]; }));
        object.Set("gtRoles", roles(env, score.table.gt_roles));
        object.Set("detRoles", roles(env, score.table.det_roles));
        return object;
      });
}

}  // namespace binding
