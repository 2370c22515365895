#include "cleval_end_to_end.hpp"

#include <algorithm>
#include <cstddef>

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
  const std::size_t columns = b.size() + 1;
  std::vector<std::uint32_t> lengths((a.size() + 1) * columns, 0);
  const auto length = [&](std::size_t i, std::size_t j) -> std::uint32_t& { return lengths[i * columns + j]; };
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      length(i, j) = a[i - 1] == b[j - 1] ? length(i - 1, j - 1) + 1 : std::max(length(i - 1, j), length(i, j - 1));
    }
  }
  std::u32string common;
  for (std::size_t i = a.size(), j = b.size(); i > 0 && j > 0;) {
    if (a[i - 1] == b[j - 1]) {
      common.push_back(a[i - 1]);
      --i;
      --j;
    } else if (length(i - 1, j) > length(i, j - 1)) {
      --i;
    } else {
      --j;
    }
  }
  std::reverse(common.begin(), common.end());
  return common;
}

ClevalReading read_characters(const ClevalTable& table, std::span<const std::uint8_t> kept,
                              std::span<const std::size_t> matched, std::span<const std::uint32_t> order,
                              const std::vector<std::u32string>& gt_texts,
                              const std::vector<std::u32string>& det_texts) {
  ClevalReading reading;
  for (std::size_t d = 0; d < kept.size(); ++d) {
    if (kept[d] && table.detections[d].fate == Fate::false_alarm) reading.det_characters += det_texts[d].size();
  }
  std::vector<std::u32string> unread = det_texts;
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
