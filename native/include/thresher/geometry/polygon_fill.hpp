#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "thresher/geometry/point.hpp"
#include "thresher/image.hpp"

namespace thresher {

/// Pixels begin <= x < end of row y.
struct PixelRun {
  std::int32_t y = 0;
  std::int32_t begin = 0;
  std::int32_t end = 0;

  friend bool operator==(const PixelRun&, const PixelRun&) = default;
};

/// The pixels that cv2.fillPoly of OpenCV 4.6 sets for one polygon (8-connected lines, no shift): the even-odd
/// interior, and every edge as a Bresenham line, so that borders are included. Vertices may lie outside of the mask.
///
/// The object is scratch space (one bit a pixel of the mask): use it again and again, from one thread at a time.
class PolygonFill {
 public:
  /// The filled pixels of a mask of `size`, by row and then by x, without overlap or adjacency; valid until the next
  /// call. Coordinates within +-2^30.
  std::span<const PixelRun> operator()(std::span<const PointI> polygon, Size size);

 private:
  /// A non-horizontal edge: covers rows top <= y < bottom; x is 16.16 fixed point at row top.
  struct Edge {
    std::int64_t top;
    std::int64_t bottom;
    std::int64_t x;
    std::int64_t slope;
  };
  /// Where an edge crosses the row at hand.
  struct Crossing {
    std::int64_t x;
    std::int64_t slope;
    std::int64_t bottom;
  };

  void set(std::int64_t y, std::int64_t first, std::int64_t last);
  void draw_line(PointI from, PointI to);
  void collect_edges(std::span<const PointI> polygon);
  void fill_interior();
  void fill_row(std::int64_t y);
  void collect_runs();

  Size size_;
  std::size_t words_a_row_ = 0;
  std::vector<std::uint64_t> bits_;
  std::vector<Edge> edges_;
  std::vector<Crossing> crossings_;
  std::vector<PixelRun> runs_;
};

}  // namespace thresher
