#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "thresher/score/match_table.hpp"

namespace thresher {

/// Matches as many of the pairs as can be so that no polygon is in two, among the detections with keep[i] != 0 (all of
/// them when `keep` is empty): for each detection the ground truth that it matched, or -1. Of several such matchings
/// it finds one. Time O(gts * pairs) at worst.
std::vector<std::int32_t> maximum_matching(const MatchTable& table, std::span<const std::uint8_t> keep);

}  // namespace thresher
