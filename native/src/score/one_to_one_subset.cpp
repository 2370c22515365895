#include "one_to_one_subset.hpp"

namespace thresher {

OneToOneSubset::OneToOneSubset(const MatchTable& table) : taken_of_gt_(table.gt_roles.size(), 0) {
  using Role = MatchTable::Role;
  for (const Role role : table.gt_roles) counts_.gt_care += role == Role::care;
  for (const Role role : table.det_roles) detections_.push_back({kNone, role == Role::care});

  std::vector<std::uint8_t> is_shared(table.gt_roles.size(), 0);
  for (const auto& [gt, det, iou] : table.pairs) {
    std::uint32_t& known = detections_[det].gt;
    if (known == kNone) {
      known = gt;
    } else {
      is_shared[known] = is_shared[gt] = 1;
    }
  }
  for (const MatchTable::Pair& pair : table.pairs) {
    if (is_shared[pair.gt] == 0) continue;
    shared_.pairs.push_back(pair);
    detections_[pair.det].gt = kShared;
  }
  if (shared_.pairs.empty()) return;
  shared_.det_roles = table.det_roles;
  taken_.assign(detections_.size(), 0);
}

void OneToOneSubset::take(std::uint32_t det) {
  const auto [gt, cares] = detections_[det];
  counts_.det_care += static_cast<std::int32_t>(cares);
  if (gt == kShared) {
    taken_[det] = 1;
    shared_changed_ = true;
  } else if (gt != kNone) {
    counts_.matched += taken_of_gt_[gt]++ == 0;
  }
}

void OneToOneSubset::drop(std::uint32_t det) {
  const auto [gt, cares] = detections_[det];
  counts_.det_care -= static_cast<std::int32_t>(cares);
  if (gt == kShared) {
    taken_[det] = 0;
    shared_changed_ = true;
  } else if (gt != kNone) {
    counts_.matched -= --taken_of_gt_[gt] == 0;
  }
}

void OneToOneSubset::tally(std::span<Tally> levels) {
  if (shared_changed_) shared_matches_ = count_matches(shared_, taken_).matched;
  shared_changed_ = false;
  const double matched = counts_.matched + shared_matches_;
  levels[0] = {matched, static_cast<double>(counts_.gt_care), matched, static_cast<double>(counts_.det_care)};
}

}  // namespace thresher
