#include "thresher/geometry/min_area_rect.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

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
Vector counter_clockwise(Vector v) {
  return {-v.y, v.x};
}
/// A corner and the two edge vectors that leave it.
struct Frame {
  Vector corner{};
  Vector along{};
  Vector across{};
};

/// The edges of a hull and their directions: small hulls without memory from the heap.
class Edges {
 public:
  explicit Edges(std::span<const PointI> hull) {
    const std::size_t count = hull.size();
    if (count > kNear) far_.resize(4 * count);
    float* const columns = count > kNear ? far_.data() : near_.data();
    float* const x = columns;
    float* const y = columns + count;
    float* const unit_x = columns + 2 * count;
    float* const unit_y = columns + 3 * count;
    for (std::size_t i = 0; i < count; ++i) {
      const PointI from = hull[i];
      const PointI to = hull[i + 1 == count ? 0 : i + 1];
      x[i] = static_cast<float>(to.x) - static_cast<float>(from.x);
      y[i] = static_cast<float>(to.y) - static_cast<float>(from.y);
    }
    // A loop by itself, which compilers turn into vector code.
    for (std::size_t i = 0; i < count; ++i) {
      const double dx = x[i];
      const double dy = y[i];
      const auto inverse_length = static_cast<float>(1.0 / std::sqrt(dx * dx + dy * dy));
      unit_x[i] = x[i] * inverse_length;
      unit_y[i] = y[i] * inverse_length;
    }
    columns_ = columns;
    count_ = count;
  }
  Edges(const Edges&) = delete;
  Edges& operator=(const Edges&) = delete;

  [[nodiscard]] Vector vector(std::size_t i) const { return {columns_[i], columns_[count_ + i]}; }
  [[nodiscard]] Vector unit(std::size_t i) const { return {columns_[2 * count_ + i], columns_[3 * count_ + i]}; }

 private:
  static constexpr std::size_t kNear = 64;

  std::array<float, 4 * kNear> near_;
  std::vector<float> far_;
  const float* columns_ = nullptr;
  std::size_t count_ = 0;
};

class Calipers {
 public:
  explicit Calipers(std::span<const PointI> hull) : hull_(hull), edges_(hull) {
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
  Frame least_area_frame() {
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
  // The sides of the calipers; y grows towards kTop here.
  enum Side : std::size_t { kBottom, kRight, kTop, kLeft };

  [[nodiscard]] Vector at(std::size_t i) const {
    return {static_cast<float>(hull_[i].x), static_cast<float>(hull_[i].y)};
  }
  [[nodiscard]] Vector between(std::size_t from, std::size_t to) const {
    return {at(to).x - at(from).x, at(to).y - at(from).y};
  }

  /// A vector as the bottom side sees it: turned clockwise by a quarter for every side after the bottom.
  static Vector as_bottom(Vector v, std::size_t side) {
    const std::array<float, 4> axes{v.x, v.y, -v.x, -v.y};
    return {axes[side], axes[(side + 1) % 4]};
  }

  /// Takes note of the edge at which a side now is.
  void turn(std::size_t side) {
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
  Vector advance() {
    unsigned side = kBottom;
    for (unsigned i = kRight; i <= kLeft; ++i) side = (comes_first_ >> (4 * i + side) & 1) != 0 ? i : side;
    const std::size_t edge = touching_[side];
    touching_[side] = edge + 1 == hull_.size() ? 0 : edge + 1;
    turn(side);
    return as_bottom(edges_.unit(edge), side);
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
  Edges edges_;
  std::array<std::size_t, 4> touching_{};
  std::array<float, 4> turned_x_{};
  std::array<float, 4> turned_y_{};
  /// Bit 4 * a + b: the calipers meet the edge at side a before that at side b.
  unsigned comes_first_ = 0;
};

float length(double x, double y) {
  return static_cast<float>(std::sqrt(x * x + y * y));
}

float degrees(double y, double x) {
  const auto radians = static_cast<float>(std::atan2(y, x));
  return static_cast<float>(radians * 180.0F / std::numbers::pi);
}

}  // namespace

RotatedRect min_area_rect_of_hull(std::span<const PointI> vertices) {
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

RotatedRect min_area_rect(std::span<const PointI> points, ConvexHull& hull) {
  return min_area_rect_of_hull(hull(points));
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
