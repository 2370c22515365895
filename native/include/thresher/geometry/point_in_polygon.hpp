#pragma once

#include <span>

#include "thresher/geometry/point.hpp"

namespace thresher {

/// Whether a point is in a closed ring by the even-odd rule, as Polygon3's isInside and the evaluators built on it
/// decide it: a ray to the right, edges half-open in y, a crossing counted where
/// x < (xj - xi) * (y - yi) / (yj - yi) + xi with i the later vertex of an edge. Of a box with y down, the left and top
/// edges are inside, the right and bottom edges are not. Degenerate rings hold nothing.
bool is_inside(std::span<const PointD> polygon, double x, double y);

}  // namespace thresher
