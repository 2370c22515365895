#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "thresher/geometry/point.hpp"

namespace thresher {

/// Convex hull of integer points: the vertices, order and start of cv2.convexHull(points, clockwise=False)
/// in OpenCV 4.6 (scans over four chains between the extreme points). One point for coincident input, two for
/// collinear. Coordinates within +-2^29, so that differences fit 32 bits and sums of products 64.
///
/// The object is scratch space: use it again and again, from one thread at a time.
class ConvexHull {
 public:
  /// The hull's vertices, valid until the next call.
  std::span<const PointI> operator()(std::span<const PointI> points);

 private:
  /// A point and its place in the input, which breaks ties and decides where the hull starts.
  struct Entry {
    PointI point;
    std::uint32_t index;
  };
  /// Positions in sorted_.
  using Chain = std::vector<std::size_t>;

  void scan(std::size_t from, std::size_t to, int turn, Chain& chain) const;
  void join(const Chain& forward, const Chain& backward);
  void start_in_input_order();

  std::vector<Entry> sorted_;
  std::vector<Entry> hull_;
  Chain from_left_;
  Chain from_right_;
  std::vector<PointI> vertices_;
};

/// The same, as a plain function.
std::vector<PointI> convex_hull(std::span<const PointI> points);

}  // namespace thresher
