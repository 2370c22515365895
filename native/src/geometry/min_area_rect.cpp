#include "thresher/geometry/min_area_rect.hpp"

#include <array>
#include <vector>

#include "calipers.hpp"
#include "library_math.hpp"
#include "near_calipers.hpp"

namespace thresher {
namespace {

using calipers::Vector;

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
      const Vector v = calipers::edge(hull[i], hull[i + 1 == count ? 0 : i + 1]);
      x[i] = v.x;
      y[i] = v.y;
    }
    // A loop by itself, which compilers turn into vector code.
    for (std::size_t i = 0; i < count; ++i) {
      const float inverse = calipers::inverse_length({x[i], y[i]});
      unit_x[i] = x[i] * inverse;
      unit_y[i] = y[i] * inverse;
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

}  // namespace

RotatedRect min_area_rect_of_hull(std::span<const PointI> vertices) {
  LibraryMath math;
  calipers::NearCalipers near;
  if (near.start(vertices)) return calipers::rect_of_frame(near.least_area_frame(), math);
  return calipers::rect_of_hull(vertices, Edges(vertices), math);
}

RotatedRect min_area_rect(std::span<const PointI> points, ConvexHull& hull) {
  return min_area_rect_of_hull(hull(points));
}

RotatedRect min_area_rect(std::span<const PointI> points) {
  ConvexHull hull;
  return min_area_rect(points, hull);
}

std::array<PointF, 4> box_points(const RotatedRect& rect) {
  LibraryMath math;
  return calipers::box_points(rect, math);
}

MiniBox mini_box(const RotatedRect& rect) {
  LibraryMath math;
  return calipers::mini_box(rect, math);
}

}  // namespace thresher
