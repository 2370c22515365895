#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "thresher/host_device.hpp"

// Where a SlabSum keeps its lists.

namespace thresher {

/// Any number of edges, on the CPU.
struct GrowingLists {
  template <class T>
  using OfEdges = std::vector<T>;
  template <class T>
  using OfHeights = std::vector<T>;
  template <class T>
  using OfCuts = std::vector<T>;

  template <class List, class Less>
  static void sort(List& list, Less less) {
    std::sort(list.begin(), list.end(), less);
  }
  template <class List>
  static bool is_full(const List&) {
    return false;
  }
};

/// A list that has room for kRoom and no more; what does not fit is left out.
template <class T, std::uint32_t kRoom>
class FixedList {
 public:
  THRESHER_HD void push_back(const T& value) {
    if (size_ < kRoom) {
      items_[size_++] = value;
    } else {
      full_ = true;
    }
  }
  THRESHER_HD void resize(std::size_t size) { size_ = static_cast<std::uint32_t>(size); }
  THRESHER_HD void clear() { size_ = 0; }
  [[nodiscard]] THRESHER_HD std::size_t size() const { return size_; }
  [[nodiscard]] THRESHER_HD T& operator[](std::size_t i) { return items_[i]; }
  [[nodiscard]] THRESHER_HD const T& operator[](std::size_t i) const { return items_[i]; }
  /// Whether something did not fit.
  [[nodiscard]] THRESHER_HD bool is_full() const { return full_; }

 private:
  T items_[kRoom];
  std::uint32_t size_ = 0;
  bool full_ = false;
};

/// Up to kEdges edges, without memory of their own: for devices, and faster on the CPU. Whether all had room, the
/// SlabSum says.
template <std::uint32_t kEdges>
struct FixedLists {
  template <class T>
  using OfEdges = FixedList<T, kEdges>;
  template <class T>
  using OfHeights = FixedList<T, kEdges + 2>;
  /// Every edge crosses two others, as those of convex polygons do, and the ends of the slab.
  template <class T>
  using OfCuts = FixedList<T, kEdges + 2>;

  template <class List, class Less>
  THRESHER_HD static void sort(List& list, Less less) {
    for (std::size_t i = 1; i < list.size(); ++i) {
      const auto item = list[i];
      std::size_t place = i;
      for (; place > 0 && less(item, list[place - 1]); --place) list[place] = list[place - 1];
      list[place] = item;
    }
  }
  template <class List>
  THRESHER_HD static bool is_full(const List& list) {
    return list.is_full();
  }
};

}  // namespace thresher
