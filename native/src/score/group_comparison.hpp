#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "kept.hpp"
#include "linked_fates.hpp"
#include "overlap_matrix.hpp"
#include "thresher/score/explanation.hpp"
#include "thresher/score/scorer.hpp"

// What DetEval and its kin have in common: polygons match one to one, one to many and many to one.

namespace thresher {

/// What the geometry of an image says, as far as it does not depend on which detections count.
struct GroupTable {
  OverlapMatrix matrix;
  std::vector<Fate> gt_fates;  ///< without a match: missed, dont_care or invalid
  std::vector<Fate> det_fates;

  [[nodiscard]] bool gt_cares(std::size_t gt) const { return gt_fates[gt] == Fate::missed; }
  [[nodiscard]] bool det_cares(std::size_t det) const { return det_fates[det] == Fate::false_alarm; }
};

/// What an image adds up to.
struct GroupCounts {
  Tally tally;
  std::uint32_t one_to_one = 0;
  std::uint32_t one_to_many = 0;
  std::uint32_t many_to_one = 0;
};

using Links = std::vector<Explanation::Link>;

/// Fills in the totals: the ground truths and kept detections that count.
void count_totals(const GroupTable& table, const Kept& kept, Tally& tally);
/// The counts by the names of the scripts.
std::vector<std::pair<std::string, double>> named(const GroupCounts& counts);

/// A comparison by its table, which is a GroupTable and more, and the function that matches: given the table and the
/// detections that are kept, it gives the sums and appends the pairs that match to the links, if there are any to fill.
template <class Table>
class GroupComparison : public Comparison {
 public:
  using Count = GroupCounts (*)(const Table& table, const Kept& kept, Links* links);

  GroupComparison(Table table, Count count) : table_(std::move(table)), count_(count) {}

  void tally(std::span<const std::uint8_t> keep, std::span<Tally> levels) const override {
    levels[0] = count_(table_, Kept(keep, table_.det_fates.size()), nullptr).tally;
  }

  [[nodiscard]] Explanation explain(std::span<const std::uint8_t> keep, std::size_t) const override {
    const Kept kept(keep, table_.det_fates.size());
    Explanation why = explain_unlinked(table_.gt_fates, table_.det_fates, kept);
    why.counts = named(count_(table_, kept, &why.links));
    apply_links(why);
    return why;
  }

 private:
  Table table_;
  Count count_;
};

}  // namespace thresher
