#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "thresher/score/match_table.hpp"

namespace thresher {

ImageCounts count_matches(const MatchTable& table, std::span<const std::uint8_t> keep,
                          std::vector<std::int32_t>* matched_gt) {
  const std::size_t detections = table.det_roles.size();
  if (!keep.empty() && keep.size() != detections) {
    throw std::invalid_argument("keep has " + std::to_string(keep.size()) + " values for " +
                                std::to_string(detections) + " detections.");
  }
  const auto kept = [&](std::size_t det) { return keep.empty() || keep[det] != 0; };
  if (matched_gt != nullptr) matched_gt->assign(detections, -1);

  ImageCounts counts;
  for (const MatchTable::Role role : table.gt_roles) counts.gt_care += role == MatchTable::Role::care;
  for (std::size_t det = 0; det < detections; ++det) {
    counts.det_care += table.det_roles[det] == MatchTable::Role::care && kept(det);
  }

  std::vector<std::uint8_t> taken(detections, 0);
  std::size_t i = 0;
  while (i < table.pairs.size()) {
    const std::uint32_t gt = table.pairs[i].gt;
    bool matched = false;
    for (; i < table.pairs.size() && table.pairs[i].gt == gt; ++i) {
      const std::uint32_t det = table.pairs[i].det;
      if (matched || taken[det] || !kept(det)) continue;
      matched = true;
      taken[det] = 1;
      if (matched_gt != nullptr) (*matched_gt)[det] = static_cast<std::int32_t>(gt);
    }
    counts.matched += matched;
  }
  return counts;
}

}  // namespace thresher
