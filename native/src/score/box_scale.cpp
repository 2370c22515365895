#include "box_scale.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "thresher/geometry/min_area_rect.hpp"

namespace thresher {
namespace {

constexpr double kLargest = 536870912;  // 2^29

int whole(double coordinate) {
  if (!(std::fabs(coordinate) <= kLargest)) {
    throw std::invalid_argument("a ground truth has a coordinate of " + std::to_string(coordinate) +
                                "; its scale is known up to 2^29.");
  }
  return static_cast<int>(std::nearbyint(coordinate));
}

/// numpy.linalg.norm of two float32 points' difference.
float distance(PointF a, PointF b) {
  const float x = b.x - a.x;
  const float y = b.y - a.y;
  return std::sqrt(x * x + y * y);
}

}  // namespace

double box_scale(std::span<const PointD> polygon, double longer_side) {
  std::vector<PointI> points;
  for (const PointD& p : polygon) points.push_back({whole(p.x), whole(p.y)});
  auto corners = box_points(min_area_rect(points));
  for (PointF& corner : corners) corner = {std::nearbyint(corner.x), std::nearbyint(corner.y)};
  const float width = distance(corners[0], corners[1]) + distance(corners[2], corners[3]);
  const float height = distance(corners[1], corners[2]) + distance(corners[3], corners[0]);
  return static_cast<double>(std::min(width, height)) / 2 / longer_side;
}

}  // namespace thresher
