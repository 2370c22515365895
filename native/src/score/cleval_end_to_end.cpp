#include "cleval_end_to_end.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "effort.hpp"

namespace thresher {
namespace {

/// A ground truth's matches, and which of its characters each holds.
class Matches {
 public:
  Matches(const ClevalTable& table, std::span<const std::size_t> matched) : table_(table), matched_(matched) {}

  /// The detections in the order in which characters of the ground truth first show up in them. One whose characters
  /// are all in those before it is left out, unless it is the first of such and ends the list.
  [[nodiscard]] std::vector<std::uint32_t> in_reading_order(std::size_t characters) const {
    std::vector<std::size_t> left(matched_.begin(), matched_.end());
    std::vector<std::uint32_t> order;
    for (std::size_t c = 0; c < characters && left.size() > 1; ++c) {
      const auto holder = std::find_if(left.begin(), left.end(), [&](std::size_t pair) { return holds(pair, c); });
      if (holder == left.end()) continue;
      order.push_back(table_.pairs[*holder].det);
      left.erase(holder);
    }
    order.push_back(table_.pairs[left.front()].det);
    return order;
  }

 private:
  [[nodiscard]] bool holds(std::size_t pair, std::size_t character) const {
    return (table_.held[table_.pairs[pair].held + character / 64] >> (character % 64) & 1U) != 0;
  }

  const ClevalTable& table_;
  std::span<const std::size_t> matched_;
};

/// Takes each character from the first detection that still has it.
void take(const std::u32string& characters, std::span<const std::uint32_t> order, std::vector<std::u32string>& texts) {
  for (const char32_t character : characters) {
    for (const std::uint32_t d : order) {
      const std::size_t place = texts[d].find(character);
      if (place == std::u32string::npos) continue;
      texts[d].erase(place, 1);
      break;
    }
  }
}

}  // namespace

std::u32string longest_common_subsequence(const std::u32string& a, const std::u32string& b) {
  // The way back through the table of lengths begins at the end and takes what is equal there as it comes.
  const auto ends = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
  const auto rows = static_cast<std::size_t>(a.rend() - ends.first);
  const auto columns = static_cast<std::size_t>(b.rend() - ends.second);

  // Of the table only the row before is needed, and of each place whether the way back leads up.
  std::vector<std::uint32_t> above(columns + 1, 0);
  std::vector<std::uint32_t> lengths(columns + 1, 0);
  std::vector<bool> leads_up(rows * columns);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      leads_up[i * columns + j] = above[j + 1] > lengths[j];
      lengths[j + 1] = a[i] == b[j] ? above[j] + 1 : std::max(above[j + 1], lengths[j]);
    }
    std::swap(above, lengths);
  }
  std::u32string common(a.rbegin(), ends.first);
  for (std::size_t i = rows, j = columns; i > 0 && j > 0;) {
    if (a[i - 1] == b[j - 1]) {
      common.push_back(a[i - 1]);
      --i;
      --j;
    } else if (leads_up[(i - 1) * columns + j - 1]) {
      --i;
    } else {
      --j;
    }
  }
  std::reverse(common.begin(), common.end());
  return common;
}

void check_texts(const ClevalTable& table, const std::vector<std::u32string>& gt_texts,
                 const std::vector<std::u32string>& det_texts) {
  Effort comparing(kMostCompared, "pairs of characters to compare in the texts of overlapping boxes");
  for (const auto& pair : table.pairs) comparing.spend(gt_texts[pair.gt].size() * det_texts[pair.det].size());
}

ClevalReading read_characters(const ClevalTable& table, std::span<const std::uint8_t> kept,
                              std::span<const std::size_t> matched, std::span<const std::uint32_t> order,
                              const std::vector<std::u32string>& gt_texts,
                              const std::vector<std::u32string>& det_texts) {
  ClevalReading reading;
  for (std::size_t d = 0; d < kept.size(); ++d) {
    if (kept[d] && table.detections[d].fate == Fate::false_alarm) reading.det_characters += det_texts[d].size();
  }
  std::vector<std::u32string> unread(det_texts.size());
  for (const std::size_t pair : matched) unread[table.pairs[pair].det] = det_texts[table.pairs[pair].det];
  const auto gt_of = [&](std::size_t pair) { return table.pairs[pair].gt; };
  for (const std::uint32_t g : order) {
    const auto [first, last] = std::ranges::equal_range(matched, g, {}, gt_of);
    if (first == last) continue;
    const auto dets = Matches(table, {first, last}).in_reading_order(gt_texts[g].size());
    std::u32string target;
    for (const std::uint32_t d : dets) target += unread[d];
    const std::u32string common = longest_common_subsequence(gt_texts[g], target);
    take(common, dets, unread);
    reading.correct += common.size();
  }
  return reading;
}

}  // namespace thresher
