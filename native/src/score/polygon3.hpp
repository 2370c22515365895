#pragma once

#include "thresher/geometry/point.hpp"
#include "thresher/score/shapes.hpp"

namespace thresher {

/// Coordinates without their fraction, as NumPy's int32 has them. `what` names the list in error messages ("ground
/// truth" or "detection"), `protocol` who reads it.
/// Throws std::invalid_argument for a coordinate that does not fit 32 bits.
PolygonSet int32_polygons(const PolygonSet& polygons, const char* what, const char* protocol);

/// Polygons as the scripts of the Robust Reading Competition and their kin make them with Polygon3: 32-bit integers,
/// the loops of a self-crossing outline cancelling in its area while clipping fills it even-odd, and degenerate
/// outlines kept with area 0.
Shapes polygon3_shapes(const PolygonSet& polygons, const char* what, const char* protocol);

}  // namespace thresher
