#include "maximum_matching.hpp"

#include <cstddef>

namespace thresher {
namespace {

constexpr std::int32_t kNone = -1;

/// Grows a matching by paths that alternate between free and taken pairs (C. Berge, 1957), one ground truth after
/// another, each path found breadth first.
class Augmentation {
 public:
  Augmentation(const MatchTable& table, std::span<const std::uint8_t> keep)
      : table_(table),
        keep_(keep),
        rows_(table.gt_roles.size() + 1, 0),
        gt_of_(table.det_roles.size(), kNone),
        det_of_(table.gt_roles.size(), kNone),
        reached_from_(table.det_roles.size(), kNone),
        reached_for_(table.det_roles.size(), kNone),
        dead_end_(table.det_roles.size(), 0) {
    for (const auto& pair : table.pairs) ++rows_[pair.gt + 1];
    for (std::size_t g = 0; g + 1 < rows_.size(); ++g) rows_[g + 1] += rows_[g];
  }

  std::vector<std::int32_t> run() {
    for (std::size_t g = 0; g + 1 < rows_.size(); ++g) augment(static_cast<std::int32_t>(g));
    return gt_of_;
  }

 private:
  void augment(std::int32_t start) {
    queue_.assign(1, start);
    for (std::size_t next = 0; next < queue_.size(); ++next) {
      const auto gt = static_cast<std::size_t>(queue_[next]);
      for (std::size_t i = rows_[gt]; i < rows_[gt + 1]; ++i) {
        const std::uint32_t det = table_.pairs[i].det;
        if ((!keep_.empty() && keep_[det] == 0) || reached_for_[det] == start || dead_end_[det]) continue;
        reached_for_[det] = start;
        reached_from_[det] = queue_[next];
        if (gt_of_[det] == kNone) return exchange(static_cast<std::int32_t>(det));
        queue_.push_back(gt_of_[det]);
      }
    }
    // From what this search reached no path ends free, and none ever will: others need not come here again.
    for (std::size_t i = 1; i < queue_.size(); ++i) {
      dead_end_[static_cast<std::size_t>(det_of_[static_cast<std::size_t>(queue_[i])])] = 1;
    }
  }

  /// Gives each detection of the path that ends in `det` to the ground truth that reached it.
  void exchange(std::int32_t det) {
    while (det != kNone) {
      const std::int32_t gt = reached_from_[static_cast<std::size_t>(det)];
      const std::int32_t before = det_of_[static_cast<std::size_t>(gt)];
      gt_of_[static_cast<std::size_t>(det)] = gt;
      det_of_[static_cast<std::size_t>(gt)] = det;
      det = before;
    }
  }

  const MatchTable& table_;
  std::span<const std::uint8_t> keep_;
  std::vector<std::size_t> rows_;  // pairs of ground truth g: rows_[g] .. rows_[g + 1]
  std::vector<std::int32_t> gt_of_;
  std::vector<std::int32_t> det_of_;
  std::vector<std::int32_t> reached_from_;
  std::vector<std::int32_t> reached_for_;  // the ground truth for which a detection was last reached
  std::vector<std::uint8_t> dead_end_;
  std::vector<std::int32_t> queue_;
};

}  // namespace

std::vector<std::int32_t> maximum_matching(const MatchTable& table, std::span<const std::uint8_t> keep) {
  return Augmentation(table, keep).run();
}

}  // namespace thresher
