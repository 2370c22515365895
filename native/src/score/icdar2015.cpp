#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

#include "protocols.hpp"
#include "thresher/geometry/extent.hpp"
#include "thresher/geometry/polygon_overlap.hpp"

// ICDAR 2015 "Incidental Scene Text", task 4.1: script.py of the Robust Reading Competition, as MhLiao/DB and
// PSENet carry it. Its quads become Polygon3 polygons of 32-bit integers: coordinates lose their fraction, the loops
// of a self-crossing outline cancel in its area while clipping fills it even-odd, and degenerate outlines stay in the
// list with area 0. The script reads quads only; any number of vertices is our extension, for polygon detections.

namespace thresher {
namespace {

double as_int32(double value, const char* what, std::size_t index) {
  const double whole = std::trunc(value);
  using Int32 = std::numeric_limits<std::int32_t>;
  if (!(whole >= Int32::min() && whole <= Int32::max())) {
    throw std::invalid_argument(std::string(what) + " " + std::to_string(index) + " has a coordinate of " +
                                std::to_string(value) + "; icdar2015 scores 32-bit integers.");
  }
  return whole;
}

}  // namespace

Shapes icdar2015_shapes(const PolygonSet& polygons, const char* what) {
  Shapes shapes{polygons, {}, {}, std::vector<std::uint8_t>(polygons.size(), 1)};
  shapes.areas.reserve(polygons.size());
  shapes.extents.reserve(polygons.size());
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    for (std::size_t k = polygons.offsets[i]; k < polygons.offsets[i + 1]; ++k) {
      PointD& point = shapes.polygons.points[k];
      point = {as_int32(point.x, what, i), as_int32(point.y, what, i)};
    }
    shapes.areas.push_back(signed_loop_area(shapes.polygons[i]));
    shapes.extents.push_back(extent_of(shapes.polygons[i]));
  }
  return shapes;
}

}  // namespace thresher
