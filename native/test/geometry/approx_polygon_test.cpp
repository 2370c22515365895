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

TEST("geometry/approx_polygon: of equally far vertices the first one splits") {
  // (8, 0) and (7, 0) are both 7 from the line y = 7. Once (8, 0) is a corner, (7, 0) is 1 from its line.
  CHECK(approx_polygon(Points{{4, 7}, {17, 7}, {8, 0}, {7, 0}}, 2) == (Points{{4, 7}, {17, 7}, {8, 0}}));
}

TEST("geometry/approx_polygon: the clean-up drops what its new neighbours leave nearly straight") {
  // (2, 23) is farthest from the diagonal and splits it, then (0, 20) is 1.73 from its line and stays. Between
  // (0, 20) and (100, 100), though, (2, 23) is only 1.09 off, and 1.6 / sqrt(2) is 1.13.
  CHECK(approx_polygon(Points{{0, 0}, {0, 20}, {2, 23}, {100, 100}}, 1.6) == (Points{{0, 0}, {0, 20}, {100, 100}}));
}

TEST("geometry/approx_polygon: the clean-up spares what is farther, on an axis, or where the path turns back") {
  // (12, 11) is 2.56 from the line through its neighbours: between 3 / sqrt(2) and 3.
  CHECK(approx_polygon(Points{{12, 11}, {9, 18}, {13, 21}, {22, 4}}, 3) ==
        (Points{{13, 21}, {22, 4}, {12, 11}, {9, 18}}));
  // (9, 5) is 1 from the line through its neighbours, which is horizontal.
  CHECK(approx_polygon(Points{{6, 6}, {11, 22}, {17, 6}, {9, 5}}, 3) == (Points{{9, 5}, {6, 6}, {11, 22}, {17, 6}}));
  // (15, 24) is 1.75 from the line through (23, 6) and (18, 15), but beyond both.
  CHECK(approx_polygon(Points{{15, 24}, {18, 15}, {13, 13}, {23, 6}}, 3) ==
        (Points{{15, 24}, {18, 15}, {13, 13}, {23, 6}}));
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
