#include "thresher/geometry/point_in_polygon.hpp"

#include <algorithm>

namespace thresher {

bool is_inside(std::span<const PointD> polygon, double x, double y) {
  bool inside = false;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const PointD at = polygon[i];
    const PointD before = polygon[i > 0 ? i - 1 : polygon.size() - 1];
    if (!(std::min(at.y, before.y) <= y && y < std::max(at.y, before.y))) continue;
    // In this order of operations, which decides about points on a border.
    if (x < (before.x - at.x) * (y - at.y) / (before.y - at.y) + at.x) inside = !inside;
  }
  return inside;
}

}  // namespace thresher
