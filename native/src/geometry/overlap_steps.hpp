#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "double_double.hpp"
#include "slab_sum.hpp"
#include "thresher/geometry/extent.hpp"
#include "thresher/geometry/polygon_overlap.hpp"
#include "thresher/host_device.hpp"

// The arithmetic of overlap_area(), for the CPU and for devices.

namespace thresher::overlap_steps {

/// Two quads.
constexpr std::uint32_t kEdgesOfQuads = 8;
/// A quad and an outline of text in a curve.
constexpr std::uint32_t kMostFixedEdges = 24;

/// What one last bit of a Real is of the value, with some room.
template <class Real>
inline constexpr double kLastBit = 0x1p-52;
template <>
inline constexpr double kLastBit<DoubleDouble> = 0x1p-104;

THRESHER_HD inline double larger(double a, double b) {
  return a < b ? b : a;
}

THRESHER_HD inline double reach(double min, double max) {
  return larger(std::fabs(min), std::fabs(max));
}

THRESHER_HD inline bool are_in_range(std::span<const PointD> polygon) {
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const PointD point = polygon[i];
    if (!(std::fabs(point.x) <= kMaxCoordinate && std::fabs(point.y) <= kMaxCoordinate)) return false;
  }
  return true;
}

/// The slab sum in `Real` and a bound on its rounding error, for polygons of three vertices at least that are in range.
/// A chord's end is off by a few last bits of the largest coordinate, and over all slabs the heights add up to the
/// window's. False where `Lists` have no room.
template <class Real, class Lists>
THRESHER_HD bool slab_overlap(std::span<const PointD> a, std::span<const PointD> b, AreaEstimate& out) {
  const Extent extent_a = extent_of(a);
  const Extent extent_b = extent_of(b);
  const Extent window = intersection(extent_a, extent_b);
  out = {};
  if (!window.has_area()) return true;

  SlabSum<Real, Lists> sum(window);
  sum.add_edges(a, true);
  sum.add_edges(b, false);
  const auto area = static_cast<double>(sum.area());
  if (sum.is_full()) return false;

  const double reach_x = larger(reach(extent_a.min_x, extent_a.max_x), reach(extent_b.min_x, extent_b.max_x));
  const double reach_y = reach(window.min_y, window.max_y);
  const double edges = static_cast<double>(a.size() + b.size());
  const double error = 16 * edges * kLastBit<Real> * (reach_x * window.height() + reach_y * window.width());
  // Less than the rounding error is no overlap but edges that touch.
  out = {area > error ? area : 0, error};
  return true;
}

}  // namespace thresher::overlap_steps
