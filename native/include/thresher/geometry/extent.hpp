#pragma once

#include <algorithm>
#include <limits>
#include <span>

#include "thresher/geometry/point.hpp"
#include "thresher/host_device.hpp"

namespace thresher {

/// An axis-parallel box; empty (min > max) until it was given a point.
struct Extent {
  double min_x = std::numeric_limits<double>::infinity();
  double min_y = std::numeric_limits<double>::infinity();
  double max_x = -std::numeric_limits<double>::infinity();
  double max_y = -std::numeric_limits<double>::infinity();

  [[nodiscard]] THRESHER_HD double width() const { return max_x - min_x; }
  [[nodiscard]] THRESHER_HD double height() const { return max_y - min_y; }
  [[nodiscard]] THRESHER_HD bool has_area() const { return max_x > min_x && max_y > min_y; }
};

THRESHER_HD inline Extent extent_of(std::span<const PointD> points) {
  Extent extent;
  for (const PointD point : points) {
    extent.min_x = std::min(extent.min_x, point.x);
    extent.min_y = std::min(extent.min_y, point.y);
    extent.max_x = std::max(extent.max_x, point.x);
    extent.max_y = std::max(extent.max_y, point.y);
  }
  return extent;
}

THRESHER_HD inline Extent intersection(const Extent& a, const Extent& b) {
  return {std::max(a.min_x, b.min_x), std::max(a.min_y, b.min_y), std::min(a.max_x, b.max_x),
          std::min(a.max_y, b.max_y)};
}

/// Whether two boxes share area.
THRESHER_HD inline bool share_area(const Extent& a, const Extent& b) {
  return a.min_x < b.max_x && b.min_x < a.max_x && a.min_y < b.max_y && b.min_y < a.max_y;
}

}  // namespace thresher
