#pragma once

#include <cstdint>
#include <vector>

#include "thresher/geometry/point.hpp"

namespace thresher {

/// What one image should have: text regions in pixels, in the file's order.
struct GroundTruth {
  PolygonSet polygons;
  std::vector<std::uint8_t> ignore;  ///< 1 = don't care ("###"); one a polygon
};

}  // namespace thresher
