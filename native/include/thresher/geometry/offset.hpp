#pragma once

#include <span>
#include <vector>

#include "thresher/geometry/point.hpp"

namespace thresher {

/// The path that a closed polygon's outline becomes when moved outward by `delta` pixels with round joins, before
/// loops are removed: ClipperOffset of Clipper 6.4.2 (JT_ROUND, ET_CLOSEDPOLYGON, arc_tolerance 0.25 px), vertex for
/// vertex. Outward whatever the orientation of the input; a negative delta moves inward. |delta| < 1e-20 gives the
/// vertices themselves. Empty if fewer than three distinct successive points remain.
/// Throws std::invalid_argument if delta is not within +-2^30 (beyond, one arc takes more than 100,000 vertices) or
/// a vertex, given or resulting, is not within +-(2^62 - 1), the range of Clipper.
std::vector<PointL> raw_offset(std::span<const PointL> polygon, double delta);

/// Outlines of the region with positive winding number, as Clipper 6.4.2's union gives them: order, start and
/// vertices; holes run the other way round. Self-crossing input may give several. Empty where Clipper gives up.
/// Throws std::invalid_argument for a vertex that is not within +-(2^62 - 1).
std::vector<std::vector<PointL>> positive_union(std::span<const PointL> path);

/// pyclipper.PyclipperOffset().Execute(delta) of one polygon: vertices truncated toward zero to integers, then
/// raw_offset, then positive_union, which outlines that plainly do not touch themselves are spared; for delta <= 0
/// Clipper's union by negative winding inside a frame instead.
/// Throws std::invalid_argument where the two do, and for a coordinate that is not finite.
///
/// The object is scratch space: use it again and again, from one thread at a time.
class PolygonOffset {
 public:
  /// The outlines, valid until the next call.
  const std::vector<std::vector<PointL>>& operator()(std::span<const PointD> polygon, double delta);

 private:
  std::vector<PointL> vertices_;
  std::vector<PointL> path_;
  std::vector<std::vector<PointL>> outlines_;
};

/// The same, as a plain function.
std::vector<std::vector<PointL>> offset_polygon(std::span<const PointD> polygon, double delta);

}  // namespace thresher
