#pragma once

#include <cstdint>
#include <span>

#include "kept.hpp"
#include "thresher/score/explanation.hpp"
#include "thresher/score/match_table.hpp"

namespace thresher {

/// What became of each polygon under a protocol that matches one to one. `counts` and `matched_gt` are what
/// count_matches gives for the same detections.
Explanation explain_matches(const MatchTable& table, const Kept& kept, const ImageCounts& counts,
                            std::span<const std::int32_t> matched_gt);

}  // namespace thresher
