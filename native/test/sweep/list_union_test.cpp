#include "../../src/sweep/list_union.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include "check.hpp"

using namespace thresher;

namespace {

using List = std::vector<std::uint32_t>;

/// The union's items at the places of the handles, which must ascend.
List found(const ListUnion& merged, const List& handles) {
  List items;
  for (std::size_t i = 0; i < handles.size(); ++i) {
    if (i > 0) CHECK(merged.place(handles[i - 1]) < merged.place(handles[i]));
    items.push_back(merged.item(merged.place(handles[i])));
  }
  return items;
}

}  // namespace

TEST("sweep/list_union: lists are found in it, in their order") {
  std::mt19937 random(2);
  const auto below = [&](std::uint32_t bound) { return static_cast<std::uint32_t>(random() % bound); };
  ListUnion merged;
  for (int round = 0; round < 300; ++round) {
    merged.clear();
    std::vector<List> lists;
    std::vector<List> handles;
    List list;
    for (std::uint32_t i = 0; i < below(40); ++i) list.push_back(below(60));
    for (std::uint32_t n = 0; n < 1 + below(8); ++n) {
      lists.push_back(list);
      merged.add(list, handles.emplace_back());
      // The next one: some items other, some gone, some elsewhere, some twice.
      for (std::uint32_t& item : list) {
        if (below(5) == 0) item = below(60);
      }
      if (!list.empty() && below(2) == 0) std::swap(list[below(static_cast<std::uint32_t>(list.size()))], list[0]);
      if (!list.empty() && below(3) == 0) list.erase(list.begin());
    }
    std::size_t longest = 0;
    std::size_t all = 0;
    for (std::size_t n = 0; n < lists.size(); ++n) {
      CHECK(found(merged, handles[n]) == lists[n]);
      longest = std::max(longest, lists[n].size());
      all += lists[n].size();
    }
    CHECK(merged.size() >= longest);
    CHECK(merged.size() <= all);
  }
}

TEST("sweep/list_union: what is common stands in it once") {
  ListUnion merged;
  List handles;
  merged.add(List{5, 6, 7, 8}, handles);
  merged.add(List{5, 9, 7, 8}, handles);
  CHECK_EQ(merged.size(), 5U);
  merged.add(List{5, 6, 7, 8}, handles);
  CHECK_EQ(merged.size(), 5U);
  // One of two that changed places stands in it twice.
  merged.add(List{5, 6, 8, 7}, handles);
  CHECK_EQ(merged.size(), 6U);
  merged.clear();
  merged.add(List{8}, handles);
  CHECK_EQ(merged.size(), 1U);
}
