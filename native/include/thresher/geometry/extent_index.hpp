#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "thresher/geometry/extent.hpp"

namespace thresher {

/// Boxes arranged as a tree of boxes, so that a query looks only at those near it. Boxes without area are left out:
/// they share none.
class ExtentIndex {
 public:
  ExtentIndex() = default;
  explicit ExtentIndex(std::span<const Extent> extents);

  /// The indices of the boxes that share area with `box`, ascending; replaces what `found` held. About O(log n + k)
  /// for n boxes of which k are found, where few overlap one another.
  void find(const Extent& box, std::vector<std::uint32_t>& found) const;

 private:
  struct Entry {
    Extent extent;
    std::uint32_t index;
  };
  /// Entries [first, last), of which all nodes up to `next` hold parts.
  struct Node {
    Extent extent;
    std::uint32_t first;
    std::uint32_t last;
    std::uint32_t next;
  };

  void add_node(std::size_t first, std::size_t last);

  std::vector<Entry> entries_;
  std::vector<Node> nodes_;
};

}  // namespace thresher
