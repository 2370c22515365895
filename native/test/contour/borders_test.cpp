#include "thresher/contour/borders.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "check.hpp"
#include "picture.hpp"

using namespace thresher;

namespace {

using Points = std::vector<PointI>;

std::vector<Points> borders(const Picture& map) {
  Bitmap bitmap;
  binarise(map.view(), 0.5, false, bitmap);
  ContourSet set;
  find_borders(bitmap, set);
  std::vector<Points> result;
  for (std::size_t i = 0; i < set.size(); ++i) result.emplace_back(set[i].begin(), set[i].end());
  return result;
}

int towards(int from, int to) {
  return (to > from) - (to < from);
}

/// Every pixel of a border, given where it turns: steps of one pixel in one of eight directions.
std::vector<PointI> walk(const Points& turns) {
  std::vector<PointI> path;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const PointI goal = turns[(i + 1) % turns.size()];
    PointI at = turns[i];
    path.push_back(at);
    CHECK(at.x == goal.x || at.y == goal.y || std::abs(at.x - goal.x) == std::abs(at.y - goal.y));
    while (at != goal) {
      at = {at.x + towards(at.x, goal.x), at.y + towards(at.y, goal.y)};
      path.push_back(at);
    }
  }
  return path;
}

bool is_set(const Picture& map, int x, int y) {
  return x >= 0 && y >= 0 && x < map.width && y < map.height && map.view().row(y)[x] > 0.5F;
}

/// Where the borders of a picture start, by flood filling: the first pixel of each 8-connected piece of foreground,
/// and the pixel left of the first one of each 4-connected piece of enclosed background; the last start first.
std::vector<PointI> expected_starts(const Picture& map) {
  const int stride = map.width + 2;
  std::vector<bool> seen(static_cast<std::size_t>(stride * (map.height + 2)), false);
  std::vector<PointI> starts;
  bool outside = true;
  for (int y = -1; y <= map.height; ++y) {
    for (int x = -1; x <= map.width; ++x) {
      const auto cell = [stride](PointI p) { return static_cast<std::size_t>((p.y + 1) * stride + p.x + 1); };
      if (seen[cell({x, y})]) continue;
      const bool value = is_set(map, x, y);
      if (value) {
        starts.push_back({x, y});
      } else if (!std::exchange(outside, false)) {
        starts.push_back({x - 1, y});
      }
      Points stack{{x, y}};
      seen[cell({x, y})] = true;
      while (!stack.empty()) {
        const PointI p = stack.back();
        stack.pop_back();
        for (int dy = -1; dy <= 1; ++dy) {
          for (int dx = -1; dx <= 1; ++dx) {
            const PointI q{p.x + dx, p.y + dy};
            if (!value && dx != 0 && dy != 0) continue;
            if (q.x < -1 || q.y < -1 || q.x > map.width || q.y > map.height) continue;
            if (seen[cell(q)] || is_set(map, q.x, q.y) != value) continue;
            seen[cell(q)] = true;
            stack.push_back(q);
          }
        }
      }
    }
  }
  std::ranges::sort(starts, [](PointI a, PointI b) { return std::pair(a.y, a.x) > std::pair(b.y, b.x); });
  return starts;
}

/// Pictures side by side, so that rows take several words of bits.
Picture wide_picture(RandomPictures& pictures) {
  Picture wide(60 + pictures.below(140), 1 + pictures.below(20));
  for (int left = 0; left < wide.width;) {
    const Picture part = pictures.next();
    for (int y = 0; y < std::min(wide.height, part.height); ++y) {
      for (int x = 0; x < part.width && left + x < wide.width; ++x) wide.at(left + x, y) = part.view().row(y)[x];
    }
    left += part.width;
  }
  return wide;
}

/// A picture whose columns are repeated, up to 80 times each, so that borders run straight over several words.
Picture stretched_picture(RandomPictures& pictures) {
  const Picture part = pictures.next();
  std::vector<int> columns;
  for (int x = 0; x < part.width && columns.size() < 300; ++x) {
    columns.insert(columns.end(), static_cast<std::size_t>(1 + pictures.below(80)), x);
  }
  Picture wide(static_cast<int>(columns.size()), part.height);
  for (int y = 0; y < wide.height; ++y) {
    for (int x = 0; x < wide.width; ++x) wide.at(x, y) = part.view().row(y)[columns[static_cast<std::size_t>(x)]];
  }
  return wide;
}

}  // namespace

TEST("contour/borders: a rectangle runs TL, BL, BR, TR") {
  const auto found = borders({".....", ".###.", ".###.", "....."});
  CHECK_EQ(found.size(), 1U);
  CHECK(found[0] == (Points{{1, 1}, {1, 2}, {3, 2}, {3, 1}}));
}

TEST("contour/borders: one pixel, one row, one column") {
  CHECK(borders({"#"}) == (std::vector<Points>{{{0, 0}}}));
  CHECK(borders({"..#.."}) == (std::vector<Points>{{{2, 0}}}));
  CHECK(borders({".###"}) == (std::vector<Points>{{{1, 0}, {3, 0}}}));
  CHECK(borders({"#", "#", "#"}) == (std::vector<Points>{{{0, 0}, {0, 2}}}));
  CHECK(borders({"....", "...."}).empty());
}

TEST("contour/borders: the whole image, up to its edges") {
  CHECK(borders(Picture(40, 30, 1)) == (std::vector<Points>{{{0, 0}, {0, 29}, {39, 29}, {39, 0}}}));
}

TEST("contour/borders: a hole is the ring of foreground around it, listed by where it starts") {
  const auto found = borders({"#####", "#...#", "#...#", "#####"});
  CHECK_EQ(found.size(), 2U);
  // The hole starts at (0, 1), below the outer border's (0, 0), so it comes first. Its corners are cut.
  CHECK(found[0] == (Points{{0, 1}, {1, 0}, {3, 0}, {4, 1}, {4, 2}, {3, 3}, {1, 3}, {0, 2}}));
  CHECK(found[1] == (Points{{0, 0}, {0, 3}, {4, 3}, {4, 0}}));
}

TEST("contour/borders: the last start in raster order comes first") {
  const auto found = borders({"#.#..", ".....", "#...#"});
  CHECK(found == (std::vector<Points>{{{4, 2}}, {{0, 2}}, {{2, 0}}, {{0, 0}}}));
}

TEST("contour/borders: foreground joins over corners, background does not") {
  CHECK_EQ(borders({"#.", ".#"}).size(), 1U);
  // Four pixels round an enclosed one; were the background 8-connected, there would be no hole.
  CHECK_EQ(borders({".#.", "#.#", ".#."}).size(), 2U);
}

TEST("contour/borders: a start that the border passes straight through is no vertex") {
  // The hole starts at (1, 1), in the middle of the side from (0, 2) to (2, 0).
  const auto found = borders({"..#..", ".#.#.", "#...#", ".#.#.", "..#.."});
  CHECK(found == (std::vector<Points>{{{2, 0}, {4, 2}, {2, 4}, {0, 2}}, {{2, 0}, {0, 2}, {2, 4}, {4, 2}}}));
}

TEST("contour/borders: agree with flood filling on random pictures") {
  RandomPictures pictures(1);
  int holes = 0;
  for (int round = 0; round < 400; ++round) {
    const Picture map = round % 4 == 0   ? wide_picture(pictures)
                        : round % 4 == 1 ? stretched_picture(pictures)
                                         : pictures.next();
    const auto found = borders(map);
    const auto starts = expected_starts(map);
    CHECK_EQ(found.size(), starts.size());
    std::set<std::pair<int, int>> on_a_border;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const auto path = walk(found[i]);
      CHECK(std::ranges::find(path, starts[i]) != path.end());
      for (const PointI p : path) {
        CHECK(is_set(map, p.x, p.y));
        on_a_border.insert({p.x, p.y});
      }
      holes += std::ranges::any_of(path, [&](PointI p) { return p.y < starts[i].y; });
    }
    for (int y = 0; y < map.height; ++y) {
      for (int x = 0; x < map.width; ++x) {
        const bool inner =
            is_set(map, x - 1, y) && is_set(map, x + 1, y) && is_set(map, x, y - 1) && is_set(map, x, y + 1);
        CHECK_EQ(on_a_border.contains({x, y}), is_set(map, x, y) && !inner);
      }
    }
  }
  CHECK(holes > 100);
}
