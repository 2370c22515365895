#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "thresher/geometry/point.hpp"

namespace thresher {

namespace hull_steps {
struct Ring;

/// The leftmost or rightmost point of a row of pixels, and its first and last place in the input.
struct RowEnd {
  std::int32_t x;
  std::uint32_t first;
  std::uint32_t last;
};

/// A point on its way to becoming a vertex, and its place in the input, which breaks ties and decides where the hull
/// starts.
struct Entry {
  PointI point;
  std::uint32_t index;
};
}  // namespace hull_steps

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
  bool take_convex(std::span<const PointI> points);
  bool find_by_rows(std::span<const PointI> points);
  void find_by_sorting(std::span<const PointI> points);
  void take(hull_steps::Ring ring);

  std::vector<hull_steps::RowEnd> left_ends_;
  std::vector<hull_steps::RowEnd> right_ends_;
  std::vector<hull_steps::Entry> ring_;
  std::vector<hull_steps::Entry> sorted_;
  std::vector<std::uint32_t> forward_;
  std::vector<std::uint32_t> backward_;
  std::vector<PointI> vertices_;
};

/// The same, as a plain function.
std::vector<PointI> convex_hull(std::span<const PointI> points);

}  // namespace thresher
