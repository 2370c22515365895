#include "match_explanation.hpp"

#include <utility>
#include <vector>

#include "linked_fates.hpp"

namespace thresher {
namespace {

std::vector<Fate> fates_of(const std::vector<MatchTable::Role>& roles, Fate unmatched) {
  std::vector<Fate> fates;
  fates.reserve(roles.size());
  for (const MatchTable::Role role : roles) {
    fates.push_back(role == MatchTable::Role::care        ? unmatched
                    : role == MatchTable::Role::dont_care ? Fate::dont_care
                                                          : Fate::invalid);
  }
  return fates;
}

}  // namespace

Explanation explain_matches(const MatchTable& table, const Kept& kept, const ImageCounts& counts,
                            std::span<const std::int32_t> matched_gt) {
  Explanation why =
      explain_unlinked(fates_of(table.gt_roles, Fate::missed), fates_of(table.det_roles, Fate::false_alarm), kept);
  for (const auto& pair : table.pairs) {
    if (matched_gt[pair.det] == static_cast<std::int32_t>(pair.gt)) why.links.push_back({pair.gt, pair.det, pair.iou});
  }
  apply_links(why);
  why.counts = {{"matched", counts.matched}, {"gtCare", counts.gt_care}, {"detCare", counts.det_care}};
  return why;
}

}  // namespace thresher
