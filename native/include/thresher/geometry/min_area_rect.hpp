#pragma once

#include <array>
#include <span>

#include "thresher/geometry/hull.hpp"
#include "thresher/geometry/point.hpp"

namespace thresher {

/// A rectangle of least area around points: centre and size in pixels, angle in degrees.
struct RotatedRect {
  PointF center;
  float width = 0;
  float height = 0;
  float angle = 0;

  friend bool operator==(const RotatedRect&, const RotatedRect&) = default;
};

/// cv2.minAreaRect of OpenCV 4.6, to the bit: rotating calipers in float32 over convex_hull(points).
/// Coordinates within +-2^29. No points give an empty rectangle at the origin.
RotatedRect min_area_rect(std::span<const PointI> points);
/// The same with the caller's scratch space.
RotatedRect min_area_rect(std::span<const PointI> points, ConvexHull& hull);

/// The same over vertices that convex_hull gave.
RotatedRect min_area_rect_of_hull(std::span<const PointI> vertices);

/// cv2.boxPoints of OpenCV 4.6, to the bit.
std::array<PointF, 4> box_points(const RotatedRect& rect);

/// The corners of a rectangle as TL, TR, BR, BL, and its shorter side: get_mini_boxes of the DB implementations
/// (stable sort of the corners by x, then by y within each half, strictly).
struct MiniBox {
  std::array<PointF, 4> corners;
  float side = 0;
};
MiniBox mini_box(const RotatedRect& rect);

}  // namespace thresher
