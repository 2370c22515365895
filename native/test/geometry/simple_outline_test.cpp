#include "../../src/geometry/simple_outline.hpp"

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "check.hpp"
#include "thresher/geometry/offset.hpp"

namespace {

using namespace thresher;
using Path = std::vector<PointL>;

class RandomQuads {
 public:
  double uniform(double low, double high) { return std::uniform_real_distribution(low, high)(engine_); }
  int below(int bound) { return static_cast<int>(uniform(0, bound)); }

  /// A rectangle as candidates have it: upright, nearly so or turned; at times pulled out of shape.
  Path next() {
    width = std::exp(uniform(0.5, 5));
    height = std::exp(uniform(0.5, 3));
    const int kind = below(3);
    const double turn = kind == 0 ? 0 : kind == 1 ? uniform(-0.1, 0.1) : uniform(0, 2 * std::numbers::pi);
    const double pull = below(4) == 0 ? uniform(0, 4) : 0;
    const PointD centre{uniform(-50, 500), uniform(-50, 500)};
    Path quad;
    for (const auto [x, y] : {PointD{-0.5, -0.5}, {0.5, -0.5}, {0.5, 0.5}, {-0.5, 0.5}}) {
      const double dx = x * width;
      const double dy = y * height;
      quad.push_back(
          {static_cast<std::int64_t>(centre.x + dx * std::cos(turn) - dy * std::sin(turn) + uniform(-pull, pull)),
           static_cast<std::int64_t>(centre.y + dx * std::sin(turn) + dy * std::cos(turn) + uniform(-pull, pull))});
    }
    return quad;
  }

  double width = 0;
  double height = 0;

 private:
  std::mt19937 engine_{11};
};

}  // namespace

TEST("geometry/simple_outline: what is recognised is what Clipper's union gives") {
  RandomQuads quads;
  int recognised = 0;
  int offsets = 0;
  for (int round = 0; round < 60000; ++round) {
    const Path quad = quads.next();
    const double delta = 2 + quads.width * quads.height * quads.uniform(0, 3) / (2 * (quads.width + quads.height));
    const Path raw = raw_offset(quad, delta);
    if (raw.empty()) continue;
    ++offsets;
    Path outline = raw;
    if (!is_simple_outline(outline)) continue;
    ++recognised;
    const auto united = positive_union(raw);
    CHECK_EQ(united.size(), 1U);
    CHECK(united[0] == outline);
  }
  // It would be of little use if it recognised few.
  CHECK(recognised > offsets * 97 / 100);
}

TEST("geometry/simple_outline: repeated and straight vertices go, the top one comes last") {
  Path square{{0, 0}, {5, 0}, {10, 0}, {10, 0}, {10, 4}, {10, 10}, {0, 10}, {0, 10}, {0, 5}};
  CHECK(is_simple_outline(square));
  CHECK(square == (Path{{10, 10}, {0, 10}, {0, 0}, {10, 0}}));
}

TEST("geometry/simple_outline: what might touch itself is not recognised") {
  for (Path path : {Path{}, Path{{1, 1}}, Path{{0, 0}, {9, 0}, {18, 0}}, Path{{0, 0}, {9, 0}, {0, 0}, {0, 9}},
                    // the other way round, a bow tie, twice round, two peaks, a reflex loop, far away
                    Path{{0, 0}, {0, 9}, {9, 9}, {9, 0}}, Path{{0, 0}, {9, 9}, {9, 0}, {0, 9}},
                    Path{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}, {9, 0}, {9, 9}, {0, 9}},
                    Path{{0, 0}, {10, 8}, {20, 0}, {20, 20}, {0, 20}},
                    Path{{0, 0}, {20, 0}, {20, 20}, {9, 20}, {12, 1}, {11, 20}, {0, 20}},
                    Path{{0, 0}, {1 << 28, 0}, {1 << 28, 9}, {0, 9}}}) {
    CHECK(!is_simple_outline(path));
  }
}
