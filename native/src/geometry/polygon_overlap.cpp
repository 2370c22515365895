#include "thresher/geometry/polygon_overlap.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

#include "double_double.hpp"
#include "slab_sum.hpp"
#include "thresher/geometry/extent.hpp"

namespace thresher {
namespace {

void check_coordinates(std::span<const PointD> polygon) {
  for (const PointD point : polygon) {
    if (!(std::fabs(point.x) <= kMaxCoordinate && std::fabs(point.y) <= kMaxCoordinate)) {
      throw std::invalid_argument("a polygon's coordinate is not finite or exceeds 1e100.");
    }
  }
}

double reach(double min, double max) {
  return std::max(std::fabs(min), std::fabs(max));
}

/// The slab sum in `Real` and a bound on its rounding error. A chord's end is off by a few last bits of the largest
/// coordinate, and over all slabs the heights add up to the window's.
template <class Real>
AreaEstimate slab_overlap(std::span<const PointD> a, std::span<const PointD> b, double last_bit) {
  check_coordinates(a);
  check_coordinates(b);
  if (a.size() < 3 || b.size() < 3) return {};
  const Extent extent_a = extent_of(a);
  const Extent extent_b = extent_of(b);
  const Extent window = intersection(extent_a, extent_b);
  if (!window.has_area()) return {};

  SlabSum<Real> sum(window);
  sum.add_edges(a, true);
  sum.add_edges(b, false);
  const auto area = static_cast<double>(sum.area());

  const double reach_x = std::max(reach(extent_a.min_x, extent_a.max_x), reach(extent_b.min_x, extent_b.max_x));
  const double reach_y = reach(window.min_y, window.max_y);
  const double edges = static_cast<double>(a.size() + b.size());
  const double error = 16 * edges * last_bit * (reach_x * window.height() + reach_y * window.width());
  // Less than the rounding error is no overlap but edges that touch.
  return {area > error ? area : 0, error};
}

}  // namespace

double overlap_area(std::span<const PointD> a, std::span<const PointD> b) {
  return slab_overlap<DoubleDouble>(a, b, 0x1p-104).area;
}

AreaEstimate estimate_overlap_area(std::span<const PointD> a, std::span<const PointD> b) {
  return slab_overlap<double>(a, b, 0x1p-52);
}

double signed_loop_area(std::span<const PointD> ring) {
  double doubled = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const PointD from = ring[i];
    const PointD to = ring[i + 1 < ring.size() ? i + 1 : 0];
    doubled += (from.x + to.x) * (to.y - from.y);
  }
  return 0.5 * std::fabs(doubled);
}

}  // namespace thresher
