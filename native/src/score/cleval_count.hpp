#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cleval_table.hpp"
#include "thresher/score/explanation.hpp"
#include "thresher/score/protocol.hpp"

namespace thresher {

/// CLEval's sums over one image.
struct ClevalCounts {
  std::uint64_t gt_characters = 0;
  std::uint64_t det_characters =
      0;                           ///< held by matched detections, one more time for each that holds it, and false ones
  std::uint64_t found = 0;         ///< characters that some matched detection holds
  std::uint64_t false_alarms = 0;  ///< characters of detections without a match
  std::uint64_t splits = 0;        ///< ground truths in several pieces
  std::uint64_t merges = 0;        ///< detections of several ground truths
  std::uint64_t overlapped = 0;    ///< characters found more than once, each time after the first
  std::uint64_t split_pieces = 0;  ///< pieces beyond the first, of all ground truths
  std::uint64_t merged_pieces = 0;  ///< ground truths beyond the first, of all detections
};

/// Detections that count, one value each: those of `keep` (all if it is empty), and of these no more than the first
/// `limit`.
/// Throws std::invalid_argument if `keep` has neither no value nor one a detection.
std::vector<std::uint8_t> kept_detections(std::span<const std::uint8_t> keep, std::size_t detections,
                                          std::size_t limit);

/// Scores the detections for which kept[i] != 0 as they alone would be scored. If `matched` is given it receives the
/// places in table.pairs of those that match.
ClevalCounts count_characters(const ClevalGroundTruth& gt, const ClevalTable& table, std::span<const std::uint8_t> kept,
                              std::vector<std::size_t>* matched = nullptr);

/// What became of each box, the matches, and the counts by the names that CLEval's users know.
Explanation explain_characters(const ClevalGroundTruth& gt, const ClevalTable& table,
                               std::span<const std::uint8_t> kept, const ClevalOptions& options);

}  // namespace thresher
