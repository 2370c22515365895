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
  /// The leftmost or rightmost point of a row of pixels, and its first and last place in the input.
  struct RowEnd {
    std::int32_t x;
    std::uint32_t first;
    std::uint32_t last;
  };
  /// A hull vertex on its way to becoming an Entry.
  struct Vertex {
    PointI point;
    const RowEnd* end;
  };
  /// Positions in sorted_.
  using Chain = std::vector<std::size_t>;

  bool take_convex(std::span<const PointI> points);
  bool find_by_rows(std::span<const PointI> points);
  void collect_rows(std::span<const PointI> points, std::int32_t top, std::size_t rows);
  void put_on_ring(Vertex vertex, std::size_t chain_begin);
  void take_ring();
  void find_by_sorting(std::span<const PointI> points);
  void scan(std::size_t from, std::size_t to, int turn, Chain& chain) const;
  void join(const Chain& forward, const Chain& backward);
  void start_in_input_order();

  std::vector<Entry> sorted_;
  std::vector<Entry> hull_;
  Chain from_left_;
  Chain from_right_;
  std::vector<RowEnd> left_ends_;
  std::vector<RowEnd> right_ends_;
  std::vector<Vertex> ring_;
  std::vector<PointI> vertices_;
};

/// The same, as a plain function.
std::vector<PointI> convex_hull(std::span<const PointI> points);

}  // namespace thresher
