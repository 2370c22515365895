#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "thresher/geometry/point.hpp"

namespace thresher {

/// cv2.arcLength(closed=True): each edge in float32, summed in double, the closing edge first.
double arc_length(std::span<const PointI> contour);

/// cv2.approxPolyDP(closed=True) as OpenCV up to 4.12 has it: Ramer-Douglas-Peucker with the distance to the
/// infinite line (from 4.13 on it is to the segment), then its cyclic clean-up of nearly straight corners.
/// Coordinates within +-2^29. Throws std::invalid_argument unless 0 <= epsilon < 1e30 (pixels), as OpenCV does.
///
/// The object is scratch space: use it again and again, from one thread at a time.
class PolygonApproximation {
 public:
  /// The vertices that remain, valid until the next call.
  std::span<const PointI> operator()(std::span<const PointI> contour, double epsilon);

 private:
  /// A stretch of the contour from one vertex to another, going forward round the ring.
  struct Stretch {
    std::size_t from;
    std::size_t to;
  };

  void split(std::span<const PointI> contour, double epsilon_squared);
  void drop_straight_corners(double epsilon_squared);

  std::vector<Stretch> pending_;
  std::vector<PointI> kept_;
};

/// The same, as a plain function.
std::vector<PointI> approx_polygon(std::span<const PointI> contour, double epsilon);

}  // namespace thresher
