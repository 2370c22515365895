#pragma once

#include <span>
#include <vector>

#include "thresher/geometry/point.hpp"
#include "thresher/geometry/polygon_fill.hpp"
#include "thresher/image.hpp"

namespace thresher {

/// Mean of the map over the filled polygon, borders included: box_score_fast of the DB implementations, that is
/// cv2.fillPoly on the clipped bounding box and cv2.mean over the mask (double sum times 1/n), to the bit.
/// The float version takes corners as they are (truncated toward zero after the shift by the box's origin).
/// Coordinates finite and within +-2^29; the map not empty. 0 for a polygon with no pixel in the map; a NaN under it
/// makes the mean NaN.
///
/// The object is scratch space: use it again and again, from one thread at a time.
class PolygonMean {
 public:
  double operator()(MapView map, std::span<const PointF> polygon);
  double operator()(MapView map, std::span<const PointI> polygon);

  /// All that the mean depends on, beside the map, which has pixels: polygons that truncation makes the same have the
  /// same region. At least one corner; valid until the next call.
  std::span<const PointI> region(MapView map, std::span<const PointF> polygon);

 private:
  template <class T>
  std::span<const PointI> find_region(MapView map, std::span<const Point<T>> polygon);
  template <class T>
  double mean(MapView map, std::span<const Point<T>> polygon);

  PolygonFill fill_;
  std::vector<PointI> region_;  ///< the origin of a box, its size, and the polygon in it
};

/// The same, as plain functions.
double polygon_mean(MapView map, std::span<const PointF> polygon);
double polygon_mean(MapView map, std::span<const PointI> polygon);

}  // namespace thresher
