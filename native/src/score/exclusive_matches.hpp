#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "group_comparison.hpp"

namespace thresher {

/// Matches of which each polygon takes part in one at most, and what they add up to.
class ExclusiveMatches {
 public:
  ExclusiveMatches(const GroupTable& table, const Kept& kept, Links* links)
      : links_(links), gt_matched_(table.gt_fates.size(), 0), det_matched_(table.det_fates.size(), 0) {
    count_totals(table, kept, counts_.tally);
  }

  [[nodiscard]] bool has_gt(std::size_t gt) const { return gt_matched_[gt] != 0; }
  [[nodiscard]] bool has_det(std::size_t det) const { return det_matched_[det] != 0; }
  [[nodiscard]] const GroupCounts& counts() const { return counts_; }

  /// One ground truth and one detection, worth one each.
  void add(const Explanation::Link& link) {
    ++counts_.one_to_one;
    join(link, 1, 1);
  }
  /// One ground truth and several detections.
  void add_split(const Links& group, double recall, double precision) {
    ++counts_.one_to_many;
    join(group, recall, precision);
  }
  /// Several ground truths and one detection.
  void add_merge(const Links& group, double recall, double precision) {
    ++counts_.many_to_one;
    join(group, recall, precision);
  }

 private:
  void join(const Explanation::Link& link, double recall, double precision) {
    counts_.tally.recall_hits += recall;
    counts_.tally.precision_hits += precision;
    mark(link);
  }
  void join(const Links& group, double recall, double precision) {
    counts_.tally.recall_hits += recall;
    counts_.tally.precision_hits += precision;
    for (const auto& link : group) mark(link);
  }
  void mark(const Explanation::Link& link) {
    gt_matched_[link.gt] = 1;
    det_matched_[link.det] = 1;
    if (links_ != nullptr) links_->push_back(link);
  }

  Links* links_;
  GroupCounts counts_;
  std::vector<std::uint8_t> gt_matched_;
  std::vector<std::uint8_t> det_matched_;
};

}  // namespace thresher
