#include "thresher/geometry/extent_index.hpp"

#include <random>
#include <vector>

#include "check.hpp"

namespace {

using namespace thresher;

TEST("geometry/extent_index: finds what a look at every box finds, in order") {
  std::mt19937 random(3);
  const auto whole = [&](int low, int high) { return std::uniform_int_distribution(low, high)(random); };
  const auto box = [&] {
    const double x = whole(0, 200);
    const double y = whole(0, 200);
    const int size = whole(0, 9) == 0 ? 150 : 30;
    return Extent{x, y, x + whole(0, size), y + whole(0, size)};
  };
  std::size_t found_in_all = 0;
  for (int i = 0; i < 200; ++i) {
    std::vector<Extent> boxes(static_cast<std::size_t>(whole(0, 120)));
    for (Extent& b : boxes) b = whole(0, 20) == 0 ? Extent{} : box();
    const ExtentIndex index(boxes);
    for (int k = 0; k < 20; ++k) {
      const Extent query = box();
      std::vector<std::uint32_t> expected;
      for (std::size_t b = 0; b < boxes.size(); ++b) {
        const bool has_area = boxes[b].has_area() && query.has_area();
        if (has_area && intersection(boxes[b], query).has_area()) expected.push_back(static_cast<std::uint32_t>(b));
      }
      std::vector<std::uint32_t> found{77};
      index.find(query, found);
      CHECK(found == expected);
      found_in_all += found.size();
    }
  }
  CHECK(found_in_all > 5000);
}

TEST("geometry/extent_index: equal boxes and none") {
  const Extent one{0, 0, 1, 1};
  const ExtentIndex index(std::vector<Extent>(1000, one));
  std::vector<std::uint32_t> found;
  index.find(one, found);
  CHECK_EQ(found.size(), 1000U);
  index.find({1, 0, 2, 1}, found);
  CHECK(found.empty());
  ExtentIndex().find(one, found);
  CHECK(found.empty());
}

}  // namespace
