#include "thresher/geometry/approx_polygon.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "check.hpp"
#include "picture.hpp"
#include "thresher/contour/borders.hpp"

using namespace thresher;

namespace {

using Points = std::vector<PointI>;

/// Whether `part` is `whole` without some vertices, both read as rings with `part` starting anywhere.
bool is_subring(const Points& part, std::span<const PointI> whole) {
  for (std::size_t start = 0; start < whole.size(); ++start) {
    std::size_t matched = 0;
    for (std::size_t i = 0; i < whole.size() && matched < part.size(); ++i) {
      matched += whole[(start + i) % whole.size()] == part[matched];
    }
    if (matched == part.size()) return true;
  }
  return false;
}

}  // namespace

TEST("geometry/arc_length: the ring is closed") {
  CHECK_EQ(arc_length(Points{{0, 0}, {0, 4}, {3, 4}, {3, 0}}), 14.0);
  CHECK_EQ(arc_length(Points{{0, 0}, {3, 4}}), 10.0);
  CHECK_EQ(arc_length(Points{{7, 7}}), 0.0);
  CHECK_EQ(arc_length({}), 0.0);
}

TEST("geometry/arc_length: an edge is a float32, the sum a double") {
  const double diagonal = std::sqrt(2.0F);
  CHECK(diagonal != std::sqrt(2.0));
  CHECK_EQ(arc_length(Points{{0, 0}, {1, 1}}), 2 * diagonal);
}

TEST("geometry/approx_polygon: keeps corners, drops what lies on a line") {
  const Points square{{0, 0}, {0, 5}, {0, 10}, {5, 10}, {10, 10}, {10, 5}, {10, 0}, {5, 0}};
  CHECK(approx_polygon(square, 0) == (Points{{0, 0}, {0, 10}, {10, 10}, {10, 0}}));
  CHECK(approx_polygon(square, 1) == (Points{{0, 0}, {0, 10}, {10, 10}, {10, 0}}));
}

TEST("geometry/approx_polygon: starts at one end of a diameter, found in three steps from the first vertex") {
  // From (2, 1): farthest is (20, 0); from there (0, 0); from there (20, 0). The polygon starts at the last start.
  CHECK(approx_polygon(Points{{2, 1}, {10, 4}, {20, 0}, {10, -4}, {0, 0}}, 0.5) ==
        (Points{{0, 0}, {10, 4}, {20, 0}, {10, -4}}));
}

TEST("geometry/approx_polygon: smaller than epsilon, it is one point") {
  CHECK_EQ(approx_polygon(Points{{0, 0}, {0, 1}, {1, 1}, {1, 0}}, 2).size(), 1U);
  CHECK(approx_polygon(Points{{3, 3}}, 0) == (Points{{3, 3}}));
  CHECK(approx_polygon(Points{{3, 3}, {9, 3}}, 1) == (Points{{3, 3}, {9, 3}}));
  CHECK(approx_polygon({}, 1).empty());
}

TEST("geometry/approx_polygon: the distance is to the line, not to the segment") {
  // (54, 39) overshoots (50, 40) as seen from (10, 39). It is 1.1 from the line through those, 4.1 from the segment.
  CHECK(approx_polygon(Points{{0, 0}, {10, 39}, {54, 39}, {50, 40}, {100, 0}}, 2) ==
        (Points{{0, 0}, {10, 39}, {50, 40}, {100, 0}}));
}

TEST("geometry/approx_polygon: the clean-up drops an anchor within epsilon / sqrt(2) of an oblique line") {
  // (0, 0) is an anchor, which splitting keeps; its neighbours' chord from (-1, 20) to (3, -59) passes 0.04 from it.
  const Points leaning{{0, 0}, {-1, 20}, {60, 20}, {3, -59}};
  const auto kept = approx_polygon(leaning, 1);
  CHECK(std::ranges::find(kept, PointI{-1, 20}) != kept.end());
  CHECK_EQ(approx_polygon(Points{{0, 0}, {10, 1}, {20, 0}, {10, -1}}, 1.5).size(), 2U);
}

TEST("geometry/approx_polygon: what remains is the contour without some vertices") {
  RandomPictures pictures(5);
  Bitmap bitmap;
  ContourSet contours;
  for (int round = 0; round < 300; ++round) {
    binarise(pictures.next().view(), 0.5, false, bitmap);
    find_borders(bitmap, contours);
    for (std::size_t i = 0; i < contours.size(); ++i) {
      const double epsilon = pictures.below(40) / 10.0;
      const auto kept = approx_polygon(contours[i], epsilon);
      CHECK(!kept.empty());
      CHECK(kept.size() <= contours[i].size());
      if (kept.size() > 3) CHECK(is_subring(kept, contours[i]));
    }
  }
}

TEST("geometry/approx_polygon: refuses an epsilon that is no distance") {
  for (const double epsilon : {-1.0, 1e30, std::numeric_limits<double>::quiet_NaN()}) {
    bool refused = false;
    try {
      approx_polygon(Points{{0, 0}, {5, 5}, {9, 0}}, epsilon);
    } catch (const std::invalid_argument&) {
      refused = true;
    }
    CHECK(refused);
  }
}
