#include <cstdint>
#include <optional>
#include <vector>

#include "arguments.hpp"
#include "async.hpp"
#include "operations.hpp"
#include "results.hpp"
#include "thresher/score/score_thresholds.hpp"
#include "thresher/score/scorer.hpp"

namespace binding {
namespace {

struct Score {
  std::vector<thresher::Tally> levels;
  std::vector<double> thresholds;  ///< of the levels, where the protocol has such
  std::optional<thresher::Tally> end_to_end;
  thresher::Explanation explanation;
};

Napi::Value fates(Napi::Env env, const std::vector<thresher::Fate>& fates) {
  return make_array<Napi::Uint8Array>(env, fates.size(),
                                      [&](std::size_t i) { return static_cast<std::uint8_t>(fates[i]); });
}

std::vector<double> thresholds_of(const thresher::ProtocolOptions& scoring) {
  if (scoring.protocol != thresher::Protocol::hmean_iou) return {};
  const auto& given = scoring.hmean_iou.score_thresholds;
  return given.empty() ? std::vector<double>(thresher::kScoreThresholds.begin(), thresher::kScoreThresholds.end())
                       : given;
}

}  // namespace

Napi::Value score_image(const Napi::CallbackInfo& info) {
  const auto level = info[3].As<Napi::Number>().Uint32Value();
  return run_async(
      info.Env(), TaskHandle::of(info[4]), Napi::Object::New(info.Env()),
      [level, scoring = read_scoring(info[0]), gt = read_ground_truth(info[1]),
       detections = read_detections(info[2])](thresher::Task&) {
        const auto scorer = thresher::make_scorer(scoring, gt);
        if (level >= scorer->levels()) throw std::invalid_argument("there is no such score threshold");
        const auto comparison = scorer->compare(detections);
        Score score;
        score.levels.resize(scorer->levels());
        comparison->tally({}, score.levels);
        score.thresholds = thresholds_of(scoring);
        score.end_to_end = comparison->end_to_end({});
        score.explanation = comparison->explain({}, level);
        return score;
      },
      [](Napi::Env env, const Score& score) {
        auto object = Napi::Object::New(env);
        auto levels = Napi::Array::New(env, score.levels.size());
        for (std::uint32_t i = 0; i < score.levels.size(); ++i) levels[i] = make_tally(env, score.levels[i]);
        object.Set("levels", levels);
        if (!score.thresholds.empty()) {
          object.Set("scoreThresholds", make_array<Napi::Float64Array>(env, score.thresholds.size(),
                                                                       [&](auto i) { return score.thresholds[i]; }));
        }
        if (score.end_to_end) object.Set("endToEnd", make_tally(env, *score.end_to_end));
        const auto& [gt, det, links, counts] = score.explanation;
        object.Set("gtFates", fates(env, gt));
        object.Set("detFates", fates(env, det));
        object.Set("linkGt", make_array<Napi::Uint32Array>(env, links.size(), [&](auto i) { return links[i].gt; }));
        object.Set("linkDet", make_array<Napi::Uint32Array>(env, links.size(), [&](auto i) { return links[i].det; }));
        object.Set("linkOverlap",
                   make_array<Napi::Float64Array>(env, links.size(), [&](auto i) { return links[i].overlap; }));
        auto named = Napi::Object::New(env);
        for (const auto& [name, count] : counts) named.Set(name, count);
        object.Set("counts", named);
        return object;
      });
}

}  // namespace binding
