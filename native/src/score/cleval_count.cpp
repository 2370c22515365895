#include "cleval_count.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "kept.hpp"
#include "linked_fates.hpp"

namespace thresher {
namespace {

using Pair = ClevalTable::Pair;

/// Which pairs of one ground truth match. One to one: the pair covers, and neither side has another that does, be it
/// with a don't-care box. One to many: several detections cover. Many to one: ClevalTable::Detection::merges.
class Row {
 public:
  Row(const ClevalTable& table, std::span<const std::uint8_t> kept, std::span<const Pair> pairs)
      : table_(table), kept_(kept) {
    for (const Pair& pair : pairs) {
      if (!kept[pair.det] || !pair.covers) continue;
      ++covering_;
      caring_ += is_care(pair);
    }
  }

  [[nodiscard]] bool matches(const Pair& pair) const {
    if (!kept_[pair.det] || !is_care(pair)) return false;
    const auto& detection = table_.detections[pair.det];
    const bool one_to_one = covering_ == 1 && detection.covered_by == 1;
    return detection.merges || (pair.covers && (caring_ >= 2 || one_to_one));
  }

 private:
  [[nodiscard]] bool is_care(const Pair& pair) const { return table_.detections[pair.det].fate == Fate::false_alarm; }

  const ClevalTable& table_;
  std::span<const std::uint8_t> kept_;
  std::size_t covering_ = 0;
  std::size_t caring_ = 0;
};

}  // namespace

std::vector<std::uint8_t> kept_detections(std::span<const std::uint8_t> keep, std::size_t detections,
                                          std::size_t limit) {
  const Kept is_kept(keep, detections);
  std::vector<std::uint8_t> kept(detections, 0);
  for (std::size_t d = 0; d < detections && limit > 0; ++d) {
    if (!is_kept(d)) continue;
    kept[d] = 1;
    --limit;
  }
  return kept;
}

ClevalCounts count_characters(const ClevalGroundTruth& gt, const ClevalTable& table, std::span<const std::uint8_t> kept,
                              std::vector<std::size_t>* matched) {
  ClevalCounts counts;
  counts.gt_characters = gt.characters();
  std::vector<std::uint32_t> partners(table.detections.size(), 0);
  std::vector<std::uint64_t> found;

  const std::span<const Pair> pairs(table.pairs);
  for (std::size_t first = 0, last = 0; first < pairs.size(); first = last) {
    while (last < pairs.size() && pairs[last].gt == pairs[first].gt) ++last;
    const Row row(table, kept, pairs.subspan(first, last - first));
    found.assign(gt.words(pairs[first].gt), 0);
    std::uint64_t pieces = 0;
    for (std::size_t i = first; i < last; ++i) {
      if (!row.matches(pairs[i])) continue;
      ++pieces;
      ++partners[pairs[i].det];
      counts.det_characters += pairs[i].characters;
      for (std::size_t w = 0; w < found.size(); ++w) found[w] |= table.held[pairs[i].held + w];
      if (matched != nullptr) matched->push_back(i);
    }
    for (const std::uint64_t word : found) counts.found += static_cast<std::uint64_t>(std::popcount(word));
    counts.splits += pieces > 1;
    counts.split_pieces += pieces > 1 ? pieces - 1 : 0;
  }
  counts.overlapped = counts.det_characters - counts.found;

  for (std::size_t d = 0; d < table.detections.size(); ++d) {
    const auto& detection = table.detections[d];
    if (!kept[d] || detection.fate != Fate::false_alarm) continue;
    if (partners[d] == 0) counts.false_alarms += detection.false_alarm_characters;
    counts.merges += partners[d] > 1;
    counts.merged_pieces += partners[d] > 1 ? partners[d] - 1 : 0;
  }
  counts.det_characters += counts.false_alarms;
  return counts;
}

Explanation explain_characters(const ClevalGroundTruth& gt, const ClevalTable& table,
                               std::span<const std::uint8_t> kept, const ClevalOptions& options) {
  std::vector<std::size_t> matched;
  const ClevalCounts counts = count_characters(gt, table, kept, &matched);

  Explanation why;
  for (std::size_t g = 0; g < gt.size(); ++g) why.gt.push_back(gt.fate_without_match(g));
  for (std::size_t d = 0; d < kept.size(); ++d) {
    why.det.push_back(kept[d] ? table.detections[d].fate : Fate::invalid);
  }
  for (const std::size_t i : matched) {
    const Pair& pair = table.pairs[i];
    why.links.push_back({pair.gt, pair.det, static_cast<double>(pair.share)});
  }
  apply_links(why);

  // A character counts for the first detection that holds it; one that has none left found nothing new.
  std::vector<std::uint8_t> has_new(kept.size(), 0);
  std::vector<std::uint64_t> found;
  for (std::size_t k = 0; k < matched.size(); ++k) {
    const Pair& pair = table.pairs[matched[k]];
    if (k == 0 || table.pairs[matched[k - 1]].gt != pair.gt) found.assign(gt.words(pair.gt), 0);
    for (std::size_t w = 0; w < found.size(); ++w) {
      const std::uint64_t held = table.held[pair.held + w];
      if ((held & ~found[w]) != 0) has_new[pair.det] = 1;
      found[w] |= held;
    }
  }
  for (const auto& link : why.links) {
    if (!has_new[link.det]) why.det[link.det] = Fate::overlapped;
  }

  why.counts = {{"num_char_gt", counts.gt_characters},
                {"num_char_det", counts.det_characters},
                {"tp", counts.found},
                {"gran_r", static_cast<double>(counts.split_pieces) * options.recall_granularity},
                {"gran_p", static_cast<double>(counts.merged_pieces) * options.precision_granularity},
                {"fp", counts.false_alarms},
                {"split", counts.splits},
                {"merge", counts.merges},
                {"overlap", counts.overlapped}};
  return why;
}

}  // namespace thresher
