#include "../../src/cuda/parts.hpp"

#include <vector>

#include "check.hpp"

using namespace thresher;
using cuda::Part;
using cuda::PartQueue;
using cuda::SizedMap;

namespace {

std::vector<SizedMap> maps_of(std::size_t count, int width, int height) {
  return std::vector<SizedMap>(count, SizedMap{{nullptr, width, height}, {width, height}});
}

void check_part(const Part& part, std::size_t first, std::size_t count, std::size_t level, std::size_t levels) {
  CHECK_EQ(part.first, first);
  CHECK_EQ(part.count, count);
  CHECK_EQ(part.level, level);
  CHECK_EQ(part.levels, levels);
}

}  // namespace

TEST("cuda/parts: as many maps as fit, one at least, and as many levels as a byte ranks") {
  const auto maps = maps_of(5, 10, 10);
  PartQueue parts(maps, 300, 25, [](const SizedMap&) { return 10; });
  for (const std::size_t first : {0, 2}) {
    const Part low = parts.take();
    check_part(low, first, 2, 0, 255);
    CHECK_EQ(parts.next_after(low)->first, first + 2);
    check_part(parts.take(), first, 2, 255, 45);
  }
  const Part last = parts.take();
  check_part(last, 4, 1, 0, 255);
  CHECK(parts.next_after(last) == nullptr);
  check_part(parts.take(), 4, 1, 255, 45);
  CHECK(parts.empty());

  PartQueue small(maps, 1, 5, [](const SizedMap&) { return 10; });
  for (std::size_t first = 0; first < 5; ++first) check_part(small.take(), first, 1, 0, 1);
  CHECK(small.empty());
}

TEST("cuda/parts: no more pixels than keep a device busy, so that the next ones can come meanwhile") {
  const auto maps = maps_of(200, 1280, 736);
  PartQueue parts(maps, 20, std::size_t{1} << 40, [](const SizedMap&) { return 1; });
  CHECK_EQ(parts.take().count, 71U);
  CHECK_EQ(parts.take().count, 71U);
  CHECK_EQ(parts.take().count, 58U);
  CHECK(parts.empty());
}

TEST("cuda/parts: halves come next, of maps first and then of levels") {
  PartQueue parts(maps_of(3, 10, 10), 3, 100, [](const SizedMap&) { return 10; });
  parts.put_back_halves(parts.take());
  const Part one = parts.take();
  check_part(one, 0, 1, 0, 3);
  parts.put_back_halves(one);
  check_part(parts.take(), 0, 1, 0, 1);
  const Part rest = parts.take();
  check_part(rest, 0, 1, 1, 2);
  parts.put_back(rest);
  check_part(parts.take(), 0, 1, 1, 2);
  check_part(parts.take(), 1, 2, 0, 3);
  CHECK(parts.empty());
}
