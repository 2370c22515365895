#include "thresher/geometry/polygon_validity.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "check.hpp"

namespace {

using namespace thresher;
using Ring = std::vector<PointD>;

/// The definition, for small integers: no two edges share a point, but neighbours their common vertex.
bool valid_by_definition(Ring ring) {
  for (std::size_t i = 0; i < ring.size() && ring.size() > 1;) {
    if (ring[i] == ring[(i + 1) % ring.size()]) {
      ring.erase(ring.begin() + static_cast<std::ptrdiff_t>(i));
      i = 0;
    } else {
      ++i;
    }
  }
  const std::size_t n = ring.size();
  if (n < 3) return false;
  const auto cross = [](PointD o, PointD p, PointD q) {
    return static_cast<std::int64_t>((p.x - o.x) * (q.y - o.y) - (p.y - o.y) * (q.x - o.x));
  };
  const auto on_segment = [&](PointD p, PointD q, PointD r) {
    return cross(p, q, r) == 0 && r.x >= std::min(p.x, q.x) && r.x <= std::max(p.x, q.x) && r.y >= std::min(p.y, q.y) &&
           r.y <= std::max(p.y, q.y);
  };
  const auto sign = [](std::int64_t v) { return (v > 0) - (v < 0); };
  for (std::size_t i = 0; i < n; ++i) {
    const PointD a = ring[i];
    const PointD b = ring[(i + 1) % n];
    const PointD c = ring[(i + 2) % n];
    if (on_segment(a, b, c) || on_segment(b, c, a)) return false;
    for (std::size_t j = i + 2; j < n; ++j) {
      if ((j + 1) % n == i) continue;
      const PointD p = ring[j];
      const PointD q = ring[(j + 1) % n];
      if (on_segment(a, b, p) || on_segment(a, b, q) || on_segment(p, q, a) || on_segment(p, q, b)) return false;
      if (sign(cross(a, b, p)) != sign(cross(a, b, q)) && sign(cross(p, q, a)) != sign(cross(p, q, b))) return false;
    }
  }
  return true;
}

TEST("geometry/polygon_validity: simple rings") {
  CHECK(is_valid_ring(Ring{{0, 0}, {1, 0}, {0, 1}}));
  CHECK(is_valid_ring(Ring{{0, 0}, {4, 0}, {4, 4}, {2, 1}, {0, 4}}));
  // Straight on, repeated points and an explicit end are allowed.
  CHECK(is_valid_ring(Ring{{0, 0}, {2, 0}, {4, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}, {0, 0}}));
  CHECK(is_valid_ring(Ring{{0.0, 0}, {-0.0, 0}, {1, 0}, {1, 1}}));
}

TEST("geometry/polygon_validity: what is no simple ring") {
  CHECK(!is_valid_ring(Ring{}));
  CHECK(!is_valid_ring(Ring{{0, 0}, {1, 0}}));
  CHECK(!is_valid_ring(Ring{{0, 0}, {1, 0}, {1, 0}, {0, 0}}));
  CHECK(!is_valid_ring(Ring{{0, 0}, {1, 1}, {2, 2}}));
  CHECK(!is_valid_ring(Ring{{0, 0}, {10, 10}, {10, 0}, {0, 10}}));                              // bow-tie
  CHECK(!is_valid_ring(Ring{{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}}));                          // vertex on an edge
  CHECK(!is_valid_ring(Ring{{0, 0}, {4, 0}, {2, 2}, {4, 4}, {0, 4}, {2, 2}}));                  // vertex on a vertex
  CHECK(!is_valid_ring(Ring{{0, 0}, {4, 0}, {4, 4}, {4, 2}, {0, 4}}));                          // spike
  CHECK(!is_valid_ring(Ring{{0, 0}, {4, 0}, {4, 4}, {2, 4}, {2, 0}, {1, 0}, {1, 4}, {0, 4}}));  // edge on an edge
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double bad : {nan, infinity, -infinity, 1e101}) {
    CHECK(!is_valid_ring(Ring{{0, 0}, {1, 0}, {0, bad}}));
    CHECK(!is_valid_ring(Ring{{0, 0}, {bad, 0}, {0, 1}}));
  }
}

TEST("geometry/polygon_validity: agrees with the definition on small grids") {
  std::mt19937 random(3);
  for (const int side : {2, 3, 5, 9, 40}) {
    for (int i = 0; i < 8000; ++i) {
      Ring ring(std::uniform_int_distribution<std::size_t>(1, 9)(random));
      std::uniform_int_distribution coordinate(0, side);
      for (PointD& p : ring) p = {static_cast<double>(coordinate(random)), static_cast<double>(coordinate(random))};
      CHECK_EQ(is_valid_ring(ring), valid_by_definition(ring));
    }
  }
}

TEST("geometry/polygon_validity: one last bit decides") {
  // A vertex that comes from below toward the edge from (0, 0) to (3, 1) x 2^40, which doubles hold points close to.
  const double far = 0x1p40;
  const PointD end{3 * far, far};
  const auto ring = [&](PointD tip) { return Ring{{0, 0}, end, {far, -far}, tip, {0, -far}}; };
  const PointD on{1.5 * far, 0.5 * far};
  const double away = -std::numeric_limits<double>::infinity();
  CHECK(!is_valid_ring(ring(on)));
  CHECK(is_valid_ring(ring({on.x, std::nextafter(on.y, away)})));
  CHECK(!is_valid_ring(ring({on.x, std::nextafter(on.y, -away)})));
  // 0.1 + 0.2 is not 0.3: the middle of three points that look collinear lies off the line.
  CHECK(is_valid_ring(Ring{{0.1, 0.1}, {0.3, 0.1 + 0.2}, {0.7, 0.7}}));
  CHECK(!is_valid_ring(Ring{{0.1, 0.1}, {0.3, 0.3}, {0.7, 0.7}}));
}

}  // namespace
