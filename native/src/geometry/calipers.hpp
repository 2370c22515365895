#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <span>

#include "thresher/geometry/min_area_rect.hpp"
#include "thresher/host_device.hpp"

// cv2.minAreaRect of OpenCV 4.6 over a hull's vertices. All of it is float32 arithmetic in a fixed order: results are
// compared with OpenCV's to the bit.

namespace thresher::calipers {

struct Vector {
  float x;
  float y;
};

THRESHER_HD inline float dot(Vector a, Vector b) {
  return a.x * b.x + a.y * b.y;
}
THRESHER_HD inline Vector counter_clockwise(Vector v) {
  return {-v.y, v.x};
}
THRESHER_HD inline float length(double x, double y) {
  return static_cast<float>(std::sqrt(x * x + y * y));
}
THRESHER_HD inline Vector edge(PointI from, PointI to) {
  return {static_cast<float>(to.x) - static_cast<float>(from.x), static_cast<float>(to.y) - static_cast<float>(from.y)};
}
/// What an edge is multiplied by to become a direction.
THRESHER_HD inline float inverse_length(Vector edge) {
  const double dx = edge.x;
  const double dy = edge.y;
  return static_cast<float>(1.0 / std::sqrt(dx * dx + dy * dy));
}

/// A corner and the two edge vectors that leave it.
struct Frame {
  Vector corner{};
  Vector along{};
  Vector across{};
};

/// The sides of the calipers; y grows towards kTop here.
enum Side : std::size_t { kBottom, kRight, kTop, kLeft };

/// The corner where the left side (along `base` turned a quarter) and the bottom side meet, by Cramer's rule.
THRESHER_HD inline Frame frame(Vector base, float width, float height, Vector left, Vector bottom) {
  const Vector normal = counter_clockwise(base);
  const float c1 = base.x * left.x + left.y * base.y;
  const float c2 = normal.x * bottom.x + bottom.y * normal.y;
  const float inverse_determinant = 1.0F / (base.x * normal.y - normal.x * base.y);
  return {{(c1 * normal.y - c2 * base.y) * inverse_determinant, (base.x * c2 - normal.x * c1) * inverse_determinant},
          {base.x * width, base.y * width},
          {normal.x * height, normal.y * height}};
}

/// A hull's edges, worked out whenever they are asked for. `Hull` has size() and points by [].
template <class Hull>
class PassingEdges {
 public:
  THRESHER_HD explicit PassingEdges(const Hull& hull) : hull_(hull) {}

  [[nodiscard]] THRESHER_HD Vector vector(std::size_t i) const {
    return edge(hull_[i], hull_[i + 1 == hull_.size() ? 0 : i + 1]);
  }
  [[nodiscard]] THRESHER_HD Vector unit(std::size_t i) const {
    const Vector v = vector(i);
    const float inverse = inverse_length(v);
    return {v.x * inverse, v.y * inverse};
  }

 private:
  const Hull& hull_;
};

/// Rotating calipers round a hull of three vertices or more.
template <class Hull, class Edges>
class Calipers {
 public:
  THRESHER_HD Calipers(const Hull& hull, const Edges& edges) : hull_(hull), edges_(edges) {
    Vector low = at(0);
    Vector high = low;
    for (std::size_t i = 0; i < hull_.size(); ++i) {
      const Vector point = at(i);
      if (point.x < low.x) low.x = point.x, touching_[kLeft] = i;
      if (point.x > high.x) high.x = point.x, touching_[kRight] = i;
      if (point.y > high.y) high.y = point.y, touching_[kTop] = i;
      if (point.y < low.y) low.y = point.y, touching_[kBottom] = i;
    }
    for (std::size_t side = kBottom; side <= kLeft; ++side) turn(side);
  }

  /// Turns the calipers by one hull edge at a time through a quarter turn and keeps the smallest rectangle, the last
  /// of equals.
  THRESHER_HD Frame least_area_frame() {
    float least = std::numeric_limits<float>::max();
    Vector best{};
    float best_width = 0;
    float best_height = 0;
    std::size_t best_left = 0;
    std::size_t best_bottom = 0;
    for (std::size_t i = 0; i < hull_.size(); ++i) {
      const Vector base = advance();
      const float width = dot(between(touching_[kLeft], touching_[kRight]), base);
      const Vector rise = between(touching_[kBottom], touching_[kTop]);
      const float height = -rise.x * base.y + rise.y * base.x;
      const float area = width * height;
      if (area <= least) {
        least = area;
        best = base;
        best_width = width;
        best_height = height;
        best_left = touching_[kLeft];
        best_bottom = touching_[kBottom];
      }
    }
    return frame(best, best_width, best_height, at(best_left), at(best_bottom));
  }

 private:
  [[nodiscard]] THRESHER_HD Vector at(std::size_t i) const {
    const PointI point = hull_[i];
    return {static_cast<float>(point.x), static_cast<float>(point.y)};
  }
  [[nodiscard]] THRESHER_HD Vector between(std::size_t from, std::size_t to) const {
    return {at(to).x - at(from).x, at(to).y - at(from).y};
  }

  /// A vector as the bottom side sees it: turned clockwise by a quarter for every side after the bottom.
  THRESHER_HD static Vector as_bottom(Vector v, std::size_t side) {
    const std::array<float, 4> axes{v.x, v.y, -v.x, -v.y};
    return {axes[side], axes[(side + 1) % 4]};
  }

  /// Takes note of the edge at which a side now is.
  THRESHER_HD void turn(std::size_t side) {
    const Vector v = as_bottom(edges_.vector(touching_[side]), side);
    turned_x_[side] = v.x;
    turned_y_[side] = v.y;
    unsigned before = 0;
    unsigned after = 0;
    for (std::size_t other = kBottom; other <= kLeft; ++other) {
      // The product of v, turned clockwise by a quarter, with the other: with their parts exchanged it changes its
      // sign and no bit else.
      const float turn_to = v.y * turned_x_[other] - v.x * turned_y_[other];
      before |= static_cast<unsigned>(turn_to < 0) << other;
      after |= static_cast<unsigned>(turn_to > 0) << 4 * other;
    }
    constexpr unsigned kColumn = 0x1111;
    const unsigned others = comes_first_ & ~(0xFU << 4 * side) & ~(kColumn << side);
    comes_first_ = others | before << 4 * side | after << side;
  }

  /// Turns the calipers to the next hull edge that lies flush with a side; the new direction of the bottom side.
  THRESHER_HD Vector advance() {
    unsigned side = kBottom;
    for (unsigned i = kRight; i <= kLeft; ++i) side = (comes_first_ >> (4 * i + side) & 1) != 0 ? i : side;
    const std::size_t edge = touching_[side];
    touching_[side] = edge + 1 == hull_.size() ? 0 : edge + 1;
    turn(side);
    return as_bottom(edges_.unit(edge), side);
  }

  const Hull& hull_;
  const Edges& edges_;
  std::array<std::size_t, 4> touching_{};
  std::array<float, 4> turned_x_{};
  std::array<float, 4> turned_y_{};
  /// Bit 4 * a + b: the calipers meet the edge at side a before that at side b.
  unsigned comes_first_ = 0;
};

template <class Math>
THRESHER_HD float degrees(double y, double x, Math& math) {
  const float radians = math.single(std::atan2(y, x));
  return static_cast<float>(radians * 180.0F / std::numbers::pi);
}

template <class Math>
THRESHER_HD RotatedRect rect_of_frame(const Frame& frame, Math& math) {
  return {{frame.corner.x + (frame.along.x + frame.across.x) * 0.5F,
           frame.corner.y + (frame.along.y + frame.across.y) * 0.5F},
          length(frame.along.x, frame.along.y),
          length(frame.across.x, frame.across.y),
          degrees(frame.along.y, frame.along.x, math)};
}

/// The rectangle of least area round a hull's vertices.
template <class Hull, class Edges, class Math>
THRESHER_HD RotatedRect rect_of_hull(const Hull& hull, const Edges& edges, Math& math) {
  const auto at = [&hull](std::size_t i) {
    const PointI point = hull[i];
    return PointF{static_cast<float>(point.x), static_cast<float>(point.y)};
  };
  if (hull.size() == 0) return {};
  if (hull.size() == 1) return {at(0), 0, 0, 0};
  if (hull.size() == 2) {
    const PointF a = at(0);
    const PointF b = at(1);
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    return {{(a.x + b.x) * 0.5F, (a.y + b.y) * 0.5F}, length(dx, dy), 0, degrees(dy, dx, math)};
  }
  return rect_of_frame(Calipers<Hull, Edges>(hull, edges).least_area_frame(), math);
}

/// cv2.boxPoints.
template <class Math>
THRESHER_HD std::array<PointF, 4> box_points(const RotatedRect& rect, Math& math) {
  const double radians = rect.angle * std::numbers::pi / 180.0;
  const float half_cos = math.single(std::cos(radians)) * 0.5F;
  const float half_sin = math.single(std::sin(radians)) * 0.5F;
  const PointF c = rect.center;
  const PointF a{c.x - half_sin * rect.height - half_cos * rect.width,
                 c.y + half_cos * rect.height - half_sin * rect.width};
  const PointF b{c.x + half_sin * rect.height - half_cos * rect.width,
                 c.y - half_cos * rect.height - half_sin * rect.width};
  return {a, b, {2 * c.x - a.x, 2 * c.y - a.y}, {2 * c.x - b.x, 2 * c.y - b.y}};
}

/// The corners in the order of MiniBox, and its side.
template <class Math>
THRESHER_HD MiniBox mini_box(const RotatedRect& rect, Math& math) {
  auto corners = box_points(rect, math);
  const auto exchange = [&corners](std::size_t a, std::size_t b) {
    const PointF kept = corners[a];
    corners[a] = corners[b];
    corners[b] = kept;
  };
  // Insertion sort: stable, and without the buffer that std::stable_sort would take.
  for (std::size_t i = 1; i < corners.size(); ++i) {
    for (std::size_t j = i; j > 0 && corners[j].x < corners[j - 1].x; --j) exchange(j, j - 1);
  }
  if (!(corners[1].y > corners[0].y)) exchange(0, 1);
  if (!(corners[3].y > corners[2].y)) exchange(2, 3);
  return {{corners[0], corners[2], corners[3], corners[1]}, rect.height < rect.width ? rect.height : rect.width};
}

}  // namespace thresher::calipers
