#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "thresher/geometry/point.hpp"

namespace thresher {

namespace approx_steps {
/// A stretch of a contour from one vertex to another, going forward round the ring.
struct Stretch {
  std::uint32_t from;
  std::uint32_t to;
};
}  // namespace approx_steps

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
  std::vector<approx_steps::Stretch> pending_;
  std::vector<PointI> kept_;
};

/// The same, as a plain function.
std::vector<PointI> approx_polygon(std::span<const PointI> contour, double epsilon);

}  // namespace thresher
