#pragma once

#include <span>

#include "thresher/geometry/point.hpp"

namespace thresher {

/// Area, in square pixels, that two polygons share under the even-odd rule; they may be self-crossing, of either
/// orientation, closed explicitly or not. Computed with about 100 bits, so the result is the true area rounded to
/// double in all but contrived cases, and a polygon that only touches another gives 0. Fewer than three points give 0.
/// Throws std::invalid_argument for a coordinate that is not finite or exceeds 1e100.
/// Time O(v k + c k log k) for v vertices, c crossings and k edges at one height.
double overlap_area(std::span<const PointD> a, std::span<const PointD> b);

/// The same in plain double, in a third of the time; the true area is within `error` of `area`.
struct AreaEstimate {
  double area = 0;
  double error = 0;
};
AreaEstimate estimate_overlap_area(std::span<const PointD> a, std::span<const PointD> b);

/// Area of a ring as the ICDAR scripts' Polygon3 gives it: half |sum (x_i + x_{i+1})(y_{i+1} - y_i)|; the loops of a
/// self-crossing ring cancel. Exact for integer coordinates below 2^25.
double signed_loop_area(std::span<const PointD> ring);

}  // namespace thresher
