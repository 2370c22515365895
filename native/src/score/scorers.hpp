#pragma once

#include <memory>

#include "thresher/score/scorer.hpp"

namespace thresher {

/// icdar2015 and iou: greedy one-to-one matching by IoU.
std::unique_ptr<Scorer> one_to_one_scorer(Protocol protocol, const GroundTruth& gt);
std::unique_ptr<Scorer> hmean_iou_scorer(const HmeanIouOptions& options, const GroundTruth& gt);
std::unique_ptr<Scorer> cleval_scorer(const ClevalOptions& options, const GroundTruth& gt);
std::unique_ptr<Scorer> cleval_receipt_scorer(const ClevalOptions& options, const GroundTruth& gt);
/// deteval, icdar2013 and mtwi2018.
std::unique_ptr<Scorer> deteval_scorer(Protocol protocol, const GroundTruth& gt);
std::unique_ptr<Scorer> tedeval_scorer(const GroundTruth& gt);
/// tiou and siou.
std::unique_ptr<Scorer> tiou_scorer(Protocol protocol, const GroundTruth& gt);
std::unique_ptr<Scorer> total_text_scorer(const GroundTruth& gt);
std::unique_ptr<Scorer> ctw1500_scorer(const GroundTruth& gt);

}  // namespace thresher
