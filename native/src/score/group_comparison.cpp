#include "group_comparison.hpp"

namespace thresher {

void count_totals(const GroupTable& table, const Kept& kept, Tally& tally) {
  for (std::size_t g = 0; g < table.gt_fates.size(); ++g) tally.recall_total += table.gt_cares(g);
  for (std::size_t d = 0; d < table.det_fates.size(); ++d) tally.precision_total += table.det_cares(d) && kept(d);
}

std::vector<std::pair<std::string, double>> named(const GroupCounts& counts) {
  return {{"recallAccum", counts.tally.recall_hits}, {"precisionAccum", counts.tally.precision_hits},
          {"gtCare", counts.tally.recall_total},     {"detCare", counts.tally.precision_total},
          {"oneToOne", counts.one_to_one},           {"oneToMany", counts.one_to_many},
          {"manyToOne", counts.many_to_one}};
}

}  // namespace thresher
