#include "list_union.hpp"

#include <algorithm>
#include <utility>

namespace thresher {

void ListUnion::clear() {
  for (const std::uint32_t item : items_) handle_of_item_[item] = kNone;
  order_.clear();
  items_.clear();
  places_.clear();
}

/// Leaves in known_ a longest strictly ascending subsequence, and kNone elsewhere.
void ListUnion::choose_ascending() {
  bool ascending = true;
  std::uint32_t last = kNone;
  for (const std::uint32_t place : known_) {
    if (place == kNone) continue;
    ascending = ascending && (last == kNone || place > last);
    last = place;
  }
  if (ascending) return;

  // tails_[k] is where the subsequence of k + 1 places that ends lowest ends.
  tails_.clear();
  before_.assign(known_.size(), kNone);
  for (std::uint32_t i = 0; i < known_.size(); ++i) {
    if (known_[i] == kNone) continue;
    const auto tail = std::ranges::lower_bound(tails_, known_[i], {}, [this](std::uint32_t at) { return known_[at]; });
    if (tail != tails_.begin()) before_[i] = *(tail - 1);
    if (tail == tails_.end()) {
      tails_.push_back(i);
    } else {
      *tail = i;
    }
  }
  std::uint32_t chosen = tails_.back();
  for (auto i = static_cast<std::uint32_t>(known_.size()); i-- > 0;) {
    if (i == chosen) {
      chosen = before_[i];
    } else {
      known_[i] = kNone;
    }
  }
}

void ListUnion::add(std::span<const std::uint32_t> items, std::vector<std::uint32_t>& handles) {
  known_.clear();
  for (const std::uint32_t item : items) {
    if (item >= handle_of_item_.size()) handle_of_item_.resize(item + 1, kNone);
    const std::uint32_t handle = handle_of_item_[item];
    known_.push_back(handle == kNone ? kNone : places_[handle]);
  }
  choose_ascending();

  handles.clear();
  merged_.clear();
  std::size_t next = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (known_[i] != kNone) {
      for (; next <= known_[i]; ++next) merged_.push_back(order_[next]);
    } else {
      handle_of_item_[items[i]] = static_cast<std::uint32_t>(items_.size());
      merged_.push_back(handle_of_item_[items[i]]);
      items_.push_back(items[i]);
    }
    handles.push_back(merged_.back());
  }
  merged_.insert(merged_.end(), order_.begin() + static_cast<std::ptrdiff_t>(next), order_.end());
  std::swap(order_, merged_);
  places_.resize(order_.size());
  for (std::uint32_t place = 0; place < order_.size(); ++place) places_[order_[place]] = place;
}

}  // namespace thresher
