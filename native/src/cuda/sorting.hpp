#pragma once

#include <cstddef>

#include "thresher/host_device.hpp"

namespace thresher::cuda {

/// Sorts few items fast and any number in place, by one thread. Which of equal items comes first is open.
template <class T, class Before>
THRESHER_HD void sort(T* items, std::size_t count, Before before) {
  constexpr std::size_t few = 16;
  if (count <= few) {
    for (std::size_t i = 1; i < count; ++i) {
      const T item = items[i];
      std::size_t place = i;
      for (; place > 0 && before(item, items[place - 1]); --place) items[place] = items[place - 1];
      items[place] = item;
    }
    return;
  }
  // A heap, which takes n log n steps whatever the order.
  const auto sink = [items, before](std::size_t place, std::size_t size, T item) {
    for (;;) {
      std::size_t child = 2 * place + 1;
      if (child >= size) break;
      if (child + 1 < size && before(items[child], items[child + 1])) ++child;
      if (!before(item, items[child])) break;
      items[place] = items[child];
      place = child;
    }
    items[place] = item;
  };
  for (std::size_t i = count / 2; i-- > 0;) sink(i, count, items[i]);
  for (std::size_t size = count - 1; size > 0; --size) {
    const T last = items[size];
    items[size] = items[0];
    sink(0, size, last);
  }
}

}  // namespace thresher::cuda
