#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "thresher/geometry/point.hpp"
#include "thresher/score/known_areas.hpp"

namespace thresher {

/// What one image should have: text regions in pixels, in the file's order.
struct GroundTruth {
  PolygonSet polygons;
  std::vector<std::uint8_t> ignore;  ///< 1 = don't care ("###"); one a polygon
  /// Transcriptions, one a polygon; empty where the protocol does not read them.
  std::vector<std::u32string> texts;
  double longer_side = 0;  ///< of the image, in pixels; 0 where it is not known
};

/// What a detector found in one image, in its order.
struct Detections {
  PolygonSet polygons;
  std::vector<double> scores;         ///< one a polygon, or empty
  std::vector<std::u32string> texts;  ///< one a polygon, or empty
  KnownAreas known{};                 ///< what is known of areas shared with ground truth; may be empty
};

}  // namespace thresher
