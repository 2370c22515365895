#include "thresher/geometry/min_area_rect.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace thresher {
namespace {

// Everything below is float32 arithmetic in a fixed order: results are compared with OpenCV's to the bit.

struct Vector {
  float x;
  float y;
};

float dot(Vector a, Vector b) {
  return a.x * b.x + a.y * b.y;
}
Vector clockwise(Vector v) {
  return {v.y, -v.x};
}
Vector counter_clockwise(Vector v) {
  return {-v.y, v.x};
}
Vector opposite(Vector v) {
  return {-v.x, -v.y};
}

/// A corner and the two edge vectors that leave it.
struct Frame {
  Vector corner{};
  Vector along{};
  Vector across{};
};

class Calipers {
 public:
  explicit Calipers(std::span<const PointI> hull) : hull_(hull) {
    Vector low = at(0);
    Vector high = low;
    for (std::size_t i = 0; i < hull_.size(); ++i) {
      const Vector point = at(i);
      if (point.x < low.x) low.x = point.x, touching_[kLeft] = i;
      if (point.x > high.x) high.x = point.x, touching_[kRight] = i;
      if (point.y > high.y) high.y = point.y, touching_[kTop] = i;
      if (point.y < low.y) low.y = point.y, touching_[kBottom] = i;
    }
  }

  /// Turns the calipers by one hull edge at a time through a quarter turn and keeps the smallest rectangle, the last
  /// of equals.
  Frame least_area_frame() {
    float least = std::numeric_limits<float>::max();
    Vector best{};
    float best_width = 0;
    float best_height = 0;
    std::size_t best_left = 0;
    std::size_t best_bottom = 0;
    for (std::size_t turn = 0; turn < hull_.size(); ++turn) {
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
  // The sides of the calipers; y grows towards kTop here.
  enum Side : std::size_t { kBottom, kRight, kTop, kLeft };

  [[nodiscard]] Vector at(std::size_t i) const {
    return {static_cast<float>(hull_[i].x), static_cast<float>(hull_[i].y)};
  }
  [[nodiscard]] Vector between(std::size_t from, std::size_t to) const {
    return {at(to).x - at(from).x, at(to).y - at(from).y};
  }
  [[nodiscard]] std::size_t after(std::size_t i) const { return i + 1 == hull_.size() ? 0 : i + 1; }
  [[nodiscard]] Vector edge(std::size_t i) const { return between(i, after(i)); }
  [[nodiscard]] Vector unit_edge(std::size_t i) const {
    const Vector v = edge(i);
    const double dx = v.x;
    const double dy = v.y;
    const auto inverse_length = static_cast<float>(1.0 / std::sqrt(dx * dx + dy * dy));
    return {v.x * inverse_length, v.y * inverse_length};
  }

  /// Turns the calipers to the next hull edge that lies flush with a side; the new direction of the bottom side.
  Vector advance() {
    const std::array<Vector, 4> turned{edge(touching_[kBottom]), clockwise(edge(touching_[kRight])),
                                       opposite(edge(touching_[kTop])), counter_clockwise(edge(touching_[kLeft]))};
    std::size_t side = kBottom;
    for (std::size_t i = kRight; i <= kLeft; ++i) {
      if (dot(clockwise(turned[i]), turned[side]) < 0) side = i;
    }
    const Vector lead = unit_edge(touching_[side]);
    touching_[side] = after(touching_[side]);
    switch (side) {
      case kBottom:
        return lead;
      case kRight:
        return clockwise(lead);
      case kTop:
        return opposite(lead);
      default:
        return counter_clockwise(lead);
    }
  }

  /// The corner where the left side (along `base` turned a quarter) and the bottom side meet, by Cramer's rule.
  static Frame frame(Vector base, float width, float height, Vector left, Vector bottom) {
    const Vector normal = counter_clockwise(base);
    const float c1 = base.x * left.x + left.y * base.y;
    const float c2 = normal.x * bottom.x + bottom.y * normal.y;
    const float inverse_determinant = 1.0F / (base.x * normal.y - normal.x * base.y);
    return {{(c1 * normal.y - c2 * base.y) * inverse_determinant, (base.x * c2 - normal.x * c1) * inverse_determinant},
            {base.x * width, base.y * width},
            {normal.x * height, normal.y * height}};
  }

  std::span<const PointI> hull_;
  std::array<std::size_t, 4> touching_{};
};

float length(double x, double y) {
  return static_cast<float>(std::sqrt(x * x + y * y));
}

float degrees(double y, double x) {
  const auto radians = static_cast<float>(std::atan2(y, x));
  return static_cast<float>(radians * 180.0F / std::numbers::pi);
}

}  // namespace

RotatedRect min_area_rect(std::span<const PointI> points, ConvexHull& hull) {
  const auto vertices = hull(points);
  const auto at = [vertices](std::size_t i) {
    return PointF{static_cast<float>(vertices[i].x), static_cast<float>(vertices[i].y)};
  };
  if (vertices.empty()) return {};
  if (vertices.size() == 1) return {.center = at(0)};
  if (vertices.size() == 2) {
    const PointF a = at(0);
    const PointF b = at(1);
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    return {{(a.x + b.x) * 0.5F, (a.y + b.y) * 0.5F}, length(dx, dy), 0, degrees(dy, dx)};
  }
  const Frame frame = Calipers(vertices).least_area_frame();
  return {{frame.corner.x + (frame.along.x + frame.across.x) * 0.5F,
           frame.corner.y + (frame.along.y + frame.across.y) * 0.5F},
          length(frame.along.x, frame.along.y),
          length(frame.across.x, frame.across.y),
          degrees(frame.along.y, frame.along.x)};
}

RotatedRect min_area_rect(std::span<const PointI> points) {
  ConvexHull hull;
  return min_area_rect(points, hull);
}

std::array<PointF, 4> box_points(const RotatedRect& rect) {
  const double radians = rect.angle * std::numbers::pi / 180.0;
  const float half_cos = static_cast<float>(std::cos(radians)) * 0.5F;
  const float half_sin = static_cast<float>(std::sin(radians)) * 0.5F;
  const PointF c = rect.center;
  const PointF a{c.x - half_sin * rect.height - half_cos * rect.width,
                 c.y + half_cos * rect.height - half_sin * rect.width};
  const PointF b{c.x + half_sin * rect.height - half_cos * rect.width,
                 c.y - half_cos * rect.height - half_sin * rect.width};
  return {a, b, {2 * c.x - a.x, 2 * c.y - a.y}, {2 * c.x - b.x, 2 * c.y - b.y}};
}

MiniBox mini_box(const RotatedRect& rect) {
  auto corners = box_points(rect);
  // Insertion sort: stable, and without the buffer that std::stable_sort would take.
  for (std::size_t i = 1; i < corners.size(); ++i) {
    for (std::size_t j = i; j > 0 && corners[j].x < corners[j - 1].x; --j) std::swap(corners[j], corners[j - 1]);
  }
  if (!(corners[1].y > corners[0].y)) std::swap(corners[0], corners[1]);
  if (!(corners[3].y > corners[2].y)) std::swap(corners[2], corners[3]);
  return {{corners[0], corners[2], corners[3], corners[1]}, std::min(rect.width, rect.height)};
}

}  // namespace thresher
