#include "python_set_order.hpp"

#include <algorithm>
#include <cstddef>

namespace thresher {
namespace {

constexpr std::uint32_t kEmpty = ~std::uint32_t{0};

/// A set of small whole numbers, each its own hash.
class HashTable {
 public:
  void add(std::uint32_t key) {
    slots_[free_slot(key)] = key;
    ++used_;
    const std::size_t mask = slots_.size() - 1;
    if (used_ * 5 >= mask * 3) grow(used_ > 50000 ? used_ * 2 : used_ * 4);
  }

  [[nodiscard]] std::vector<std::uint32_t> keys() const {
    std::vector<std::uint32_t> keys;
    std::copy_if(slots_.begin(), slots_.end(), std::back_inserter(keys),
                 [](std::uint32_t key) { return key != kEmpty; });
    return keys;
  }

 private:
  static constexpr std::size_t kSmallest = 8;
  static constexpr std::size_t kRun = 9;
  static constexpr unsigned kShift = 5;

  [[nodiscard]] std::size_t free_slot(std::uint32_t key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t perturb = key;
    std::size_t slot = key & mask;
    while (true) {
      const std::size_t run = slot + kRun <= mask ? kRun : 0;
      for (std::size_t i = slot; i <= slot + run; ++i) {
        if (slots_[i] == kEmpty) return i;
      }
      perturb >>= kShift;
      slot = (slot * 5 + 1 + perturb) & mask;
    }
  }

  void grow(std::size_t above) {
    std::size_t size = kSmallest;
    while (size <= above) size *= 2;
    const std::vector<std::uint32_t> old = keys();
    slots_.assign(size, kEmpty);
    for (const std::uint32_t key : old) slots_[free_slot(key)] = key;
  }

  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(kSmallest, kEmpty);
  std::size_t used_ = 0;
};

}  // namespace

std::vector<std::uint32_t> python_set_order(std::span<const std::uint8_t> removed) {
  const auto gone = static_cast<std::size_t>(
      std::count_if(removed.begin(), removed.end(), [](std::uint8_t flag) { return flag != 0; }));
  std::vector<std::uint32_t> rest;
  for (std::uint32_t i = 0; i < removed.size(); ++i) {
    if (!removed[i]) rest.push_back(i);
  }
  if (removed.size() / 4 > gone) return rest;
  HashTable table;
  for (const std::uint32_t key : rest) table.add(key);
  return table.keys();
}

}  // namespace thresher
