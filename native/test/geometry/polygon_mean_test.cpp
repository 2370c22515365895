#include "thresher/geometry/polygon_mean.hpp"

#include <cmath>
#include <limits>

#include "check.hpp"
#include "picture.hpp"

using namespace thresher;

namespace {
using Points = std::vector<PointI>;
using PointsF = std::vector<PointF>;
}  // namespace

TEST("geometry/polygon_mean: the sum times the reciprocal of the count") {
  // 49 * (1.0 / 49) is the double below 1; 49 / 49.0 would be 1.
  const Picture ones(7, 7, 1);
  CHECK_EQ(polygon_mean(ones.view(), Points{{0, 0}, {0, 6}, {6, 6}, {6, 0}}), 49 * (1.0 / 49));
  CHECK(49 * (1.0 / 49) < 1);
}

TEST("geometry/polygon_mean: borders count, the rest does not") {
  const Picture map{"9999", "9125", "9346", "9999"};
  const double sum = 0.0 + 0.1F + 0.2F + 0.3F + 0.4F;
  CHECK_EQ(polygon_mean(map.view(), Points{{1, 1}, {1, 2}, {2, 2}, {2, 1}}), sum * (1.0 / 4));
  CHECK_EQ(polygon_mean(map.view(), PointsF{{1, 1}, {2, 1}, {2, 2}, {1, 2}}), sum * (1.0 / 4));
  CHECK_EQ(polygon_mean(map.view(), Points{{3, 2}}), static_cast<double>(0.6F));
}

TEST("geometry/polygon_mean: float corners are truncated after the shift to the box's first pixel") {
  // From x = 1.9 the box starts at 1, and 0.9 is truncated to 0: column 1 is part of it. 2.9 ends on column 2.
  const Picture map{"0123"};
  CHECK_EQ(polygon_mean(map.view(), PointsF{{1.9F, 0}, {2.9F, 0}}), (0.0 + 0.1F + 0.2F) * (1.0 / 2));
}

TEST("geometry/polygon_mean: corners outside of the map") {
  const Picture map{"01", "23"};
  const double all = 0.0 + 0.0F + 0.1F + 0.2F + 0.3F;
  CHECK_EQ(polygon_mean(map.view(), PointsF{{-3, -3}, {5, -3}, {5, 5}, {-3, 5}}), all * (1.0 / 4));
  // No pixel of it is in the map.
  CHECK_EQ(polygon_mean(map.view(), PointsF{{8, 8}, {9, 8}, {9, 9}}), 0.0);
}

TEST("geometry/polygon_mean: NaN under the polygon makes the mean NaN, elsewhere it does not matter") {
  Picture map(4, 1, 0.5F);
  map.at(3, 0) = std::numeric_limits<float>::quiet_NaN();
  CHECK(std::isnan(polygon_mean(map.view(), Points{{0, 0}, {3, 0}})));
  CHECK_EQ(polygon_mean(map.view(), Points{{0, 0}, {2, 0}}), 1.5 * (1.0 / 3));
}

TEST("geometry/polygon_mean: nothing to average") {
  CHECK_EQ(polygon_mean({}, Points{{0, 0}}), 0.0);
  CHECK_EQ(polygon_mean(Picture(2, 2, 1).view(), Points{}), 0.0);
}
