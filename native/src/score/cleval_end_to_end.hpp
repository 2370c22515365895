#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cleval_count.hpp"
#include "cleval_table.hpp"

namespace thresher {

/// CLEval's sums over one image where what was read counts, not what was found.
struct ClevalReading {
  std::uint64_t det_characters = 0;  ///< read in all detections that are not don't care
  std::uint64_t correct = 0;         ///< of these, in a longest common subsequence with their ground truth
};

/// Throws std::invalid_argument where so much text overlaps that comparing it could take too long.
void check_texts(const ClevalTable& table, const std::vector<std::u32string>& gt_texts,
                 const std::vector<std::u32string>& det_texts);

/// Compares texts along the matches, the ground truths in `order`: each takes from its detections, in the order of its
/// first character that they hold, what their texts and its own have in common in one order, and what it took is gone
/// for the next. `matched` as count_characters gives it.
ClevalReading read_characters(const ClevalTable& table, std::span<const std::uint8_t> kept,
                              std::span<const std::size_t> matched, std::span<const std::uint32_t> order,
                              const std::vector<std::u32string>& gt_texts,
                              const std::vector<std::u32string>& det_texts);

/// A longest common subsequence; of several, the one that CLEval's table leads to.
std::u32string longest_common_subsequence(const std::u32string& a, const std::u32string& b);

}  // namespace thresher
