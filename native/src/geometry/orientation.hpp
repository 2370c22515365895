#pragma once

#include "thresher/geometry/point.hpp"

namespace thresher {

/// Sign of the area of the triangle abc, exactly: 1 if c lies left of the line a -> b as seen with y up, -1 if right,
/// 0 if on it. Coordinates up to kMaxCoordinate.
int orientation(PointD a, PointD b, PointD c);

}  // namespace thresher
