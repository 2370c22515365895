#include "polygon3.hpp"
#include "protocols.hpp"

// ICDAR 2015 "Incidental Scene Text", task 4.1: script.py of the Robust Reading Competition, as MhLiao/DB and
// PSENet carry it. The script reads quads only; any number of vertices is our extension, for polygon detections.

namespace thresher {

Shapes icdar2015_shapes(const PolygonSet& polygons, const char* what) {
  return polygon3_shapes(polygons, what, "icdar2015");
}

}  // namespace thresher
