#include "../../src/cuda/sorting.hpp"

#include <algorithm>
#include <vector>

#include "check.hpp"
#include "hard_pictures.hpp"

TEST("cuda/sorting: any number of items, in any order, with repeats") {
  HardPictures random(43);
  const auto less = [](int a, int b) { return a < b; };
  for (int size = 0; size < 200; ++size) {
    std::vector<int> items;
    for (int i = 0; i < size; ++i) items.push_back(size % 3 == 0 ? random.below(5) : random.below(1000));
    if (size % 5 == 0) std::ranges::sort(items);
    if (size % 5 == 1) std::ranges::sort(items, std::ranges::greater());
    std::vector<int> expected = items;
    std::ranges::sort(expected);
    thresher::cuda::sort(items.data(), items.size(), less);
    CHECK(items == expected);
  }
}
