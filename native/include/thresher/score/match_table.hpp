#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace thresher {

/// Sums that a data set's precision, recall and H-Mean are made of.
struct ImageCounts {
  std::int32_t matched = 0;
  std::int32_t gt_care = 0;
  std::int32_t det_care = 0;

  friend bool operator==(const ImageCounts&, const ImageCounts&) = default;
};

/// All that one-to-one matching needs of the geometry of one image: computed once for a list of detections, it
/// scores any subset of them as that subset alone would score.
struct MatchTable {
  struct Pair {
    std::uint32_t gt = 0;
    std::uint32_t det = 0;
    double iou = 0;
  };
  /// What a polygon is to the protocol. Invalid ones are as if they were not there.
  enum class Role : std::uint8_t { care, dont_care, invalid };

  std::vector<Role> gt_roles;
  std::vector<Role> det_roles;
  /// Care pairs whose overlap passes the protocol's constraint, by gt, then by det.
  std::vector<Pair> pairs;
};

/// Scores the detections for which keep[i] != 0 (all of them when `keep` is empty). Greedy as the public scripts are:
/// each ground truth in order takes the first free detection in order, not the best. If `matched_gt` is given it
/// receives, for each detection, the index of the ground truth that it matched, or -1.
/// Throws std::invalid_argument if `keep` has neither no value nor one a detection.
ImageCounts count_matches(const MatchTable& table, std::span<const std::uint8_t> keep,
                          std::vector<std::int32_t>* matched_gt = nullptr);

}  // namespace thresher
