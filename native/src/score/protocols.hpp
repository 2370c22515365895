#pragma once

#include "thresher/geometry/point.hpp"
#include "thresher/score/shapes.hpp"

namespace thresher {

// One function a protocol. Protocols that match one to one by overlap differ in what they make of polygons alone and
// share matcher.cpp and count_matches.cpp; one that matches otherwise brings a table and a count of its own.

/// `what` names the list in error messages: "ground truth" or "detection".
Shapes icdar2015_shapes(const PolygonSet& polygons, const char* what);
Shapes iou_shapes(const PolygonSet& polygons);

}  // namespace thresher
