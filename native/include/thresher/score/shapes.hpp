#pragma once

#include <cstdint>
#include <vector>

#include "thresher/geometry/extent.hpp"
#include "thresher/geometry/point.hpp"

namespace thresher {

/// Polygons as a protocol sees them: with its coordinates, its notion of area and of what counts as a polygon.
struct Shapes {
  PolygonSet polygons;
  std::vector<double> areas;
  std::vector<Extent> extents;
  std::vector<std::uint8_t> valid;  ///< 0: dropped from the list, neither counted nor compared

  [[nodiscard]] std::size_t size() const { return polygons.size(); }
};

}  // namespace thresher
