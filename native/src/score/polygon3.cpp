#include "polygon3.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

#include "thresher/geometry/extent.hpp"
#include "thresher/geometry/polygon_overlap.hpp"

namespace thresher {
namespace {

bool fits_int32(double whole) {
  using Int32 = std::numeric_limits<std::int32_t>;
  return whole >= Int32::min() && whole <= Int32::max();
}

}  // namespace

PolygonSet int32_polygons(const PolygonSet& polygons, const char* what, const char* protocol) {
  PolygonSet whole = polygons;
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    for (std::size_t k = polygons.offsets[i]; k < polygons.offsets[i + 1]; ++k) {
      for (double* value : {&whole.points[k].x, &whole.points[k].y}) {
        const double given = *value;
        *value = std::trunc(given);
        if (fits_int32(*value)) continue;
        throw std::invalid_argument(std::string(what) + " " + std::to_string(i) + " has a coordinate of " +
                                    std::to_string(given) + "; " + protocol + " scores 32-bit integers.");
      }
    }
  }
  return whole;
}

Shapes polygon3_shapes(const PolygonSet& polygons, const char* what, const char* protocol) {
  Shapes shapes{int32_polygons(polygons, what, protocol), {}, {}, std::vector<std::uint8_t>(polygons.size(), 1)};
  shapes.areas.reserve(polygons.size());
  shapes.extents.reserve(polygons.size());
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    shapes.areas.push_back(signed_loop_area(shapes.polygons[i]));
    shapes.extents.push_back(extent_of(shapes.polygons[i]));
  }
  return shapes;
}

}  // namespace thresher
