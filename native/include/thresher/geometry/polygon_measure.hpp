#pragma once

#include <span>

#include "thresher/geometry/point.hpp"

namespace thresher {

/// Area of a closed ring as GEOS 3.11 (shapely's Polygon.area) computes it: shoelace in double with x shifted by
/// the first vertex; absolute value.
double ring_area(std::span<const PointD> ring);

/// The same with its sign: negative for a ring that turns from the x axis towards the y axis.
double signed_ring_area(std::span<const PointD> ring);

/// Perimeter of a closed ring as GEOS (shapely's Polygon.length) computes it.
double ring_length(std::span<const PointD> ring);

}  // namespace thresher
