#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "thresher/geometry/point.hpp"

namespace thresher {

/// Which places a closed outline holds, by how often it winds around them; positive is from the x axis towards the
/// y axis.
enum class Fill : std::uint8_t { even_odd, positive, negative };

struct Outline {
  std::span<const PointD> points;
  Fill fill = Fill::even_odd;
};

/// Whether a place belongs to a region, given for each outline whether the outline holds it (1 or 0).
using Belongs = std::function<bool(std::span<const std::uint8_t> held)>;

struct RegionMeasure {
  double area = 0;  ///< in square pixels
  PointD centroid;  ///< NaN for a region without area
  int parts = 0;    ///< pieces that touch in points at most
};

/// Measures any Boolean combination of polygons, computed with about 100 bits as overlap_area is: the true values
/// rounded to double in all but contrived cases, and an area less than the rounding error counts as none. The region
/// outside of all outlines must not belong. Outlines of fewer than three points hold nothing.
/// Throws std::invalid_argument for a coordinate that is not finite or exceeds 1e100.
/// Time O(v e log e) for v vertices and e edges at one height, and e^2 where edges cross.
RegionMeasure measure_region(std::span<const Outline> outlines, const Belongs& belongs);

/// Points of such a region's border among which all its corners are, in no order, some repeatedly.
std::vector<PointD> region_corners(std::span<const Outline> outlines, const Belongs& belongs);

}  // namespace thresher
