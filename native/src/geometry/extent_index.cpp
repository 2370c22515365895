#include "thresher/geometry/extent_index.hpp"

#include <algorithm>

namespace thresher {
namespace {

constexpr std::size_t kLeafSize = 8;

Extent together(const Extent& a, const Extent& b) {
  return {std::min(a.min_x, b.min_x), std::min(a.min_y, b.min_y), std::max(a.max_x, b.max_x),
          std::max(a.max_y, b.max_y)};
}

double centre_x(const Extent& e) {
  return e.min_x / 2 + e.max_x / 2;
}
double centre_y(const Extent& e) {
  return e.min_y / 2 + e.max_y / 2;
}

}  // namespace

ExtentIndex::ExtentIndex(std::span<const Extent> extents) {
  for (std::size_t i = 0; i < extents.size(); ++i) {
    if (extents[i].has_area()) entries_.push_back({extents[i], static_cast<std::uint32_t>(i)});
  }
  if (!entries_.empty()) add_node(0, entries_.size());
}

/// Halves a list at the median of the centres, along the axis in which these lie farther apart.
void ExtentIndex::add_node(std::size_t first, std::size_t last) {
  Extent extent;
  Extent centres;
  for (std::size_t i = first; i < last; ++i) {
    const Extent& entry = entries_[i].extent;
    extent = together(extent, entry);
    centres = together(centres, {centre_x(entry), centre_y(entry), centre_x(entry), centre_y(entry)});
  }
  const std::size_t node = nodes_.size();
  nodes_.push_back({extent, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last), 0});
  if (last - first > kLeafSize) {
    const auto at = [&](std::size_t i) { return entries_.begin() + static_cast<std::ptrdiff_t>(i); };
    const std::size_t middle = first + (last - first) / 2;
    const bool by_x = centres.width() > centres.height();
    std::nth_element(at(first), at(middle), at(last), [&](const Entry& a, const Entry& b) {
      return by_x ? centre_x(a.extent) < centre_x(b.extent) : centre_y(a.extent) < centre_y(b.extent);
    });
    add_node(first, middle);
    add_node(middle, last);
  }
  nodes_[node].next = static_cast<std::uint32_t>(nodes_.size());
}

void ExtentIndex::find(const Extent& box, std::vector<std::uint32_t>& found) const {
  found.clear();
  if (!box.has_area()) return;
  for (std::size_t i = 0; i < nodes_.size();) {
    const Node& node = nodes_[i];
    if (!share_area(node.extent, box)) {
      i = node.next;
      continue;
    }
    if (node.last - node.first <= kLeafSize) {
      for (std::size_t k = node.first; k < node.last; ++k) {
        if (share_area(entries_[k].extent, box)) found.push_back(entries_[k].index);
      }
    }
    ++i;
  }
  std::sort(found.begin(), found.end());
}

}  // namespace thresher
