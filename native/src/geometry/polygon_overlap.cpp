#include "thresher/geometry/polygon_overlap.hpp"

#include <cmath>
#include <cstddef>
#include <stdexcept>

#include "double_double.hpp"
#include "overlap_steps.hpp"
#include "slab_storage.hpp"

namespace thresher {
namespace {

void check_coordinates(std::span<const PointD> polygon) {
  if (!overlap_steps::are_in_range(polygon)) {
    throw std::invalid_argument("a polygon's coordinate is not finite or exceeds 1e100.");
  }
}

/// With lists of a fixed size where they have room.
template <class Real>
AreaEstimate overlap(std::span<const PointD> a, std::span<const PointD> b) {
  using overlap_steps::slab_overlap;
  check_coordinates(a);
  check_coordinates(b);
  if (a.size() < 3 || b.size() < 3) return {};
  AreaEstimate area;
  const std::size_t edges = a.size() + b.size();
  if (edges <= overlap_steps::kEdgesOfQuads &&
      slab_overlap<Real, FixedLists<overlap_steps::kEdgesOfQuads>>(a, b, area)) {
    return area;
  }
  if (edges <= overlap_steps::kMostFixedEdges &&
      slab_overlap<Real, FixedLists<overlap_steps::kMostFixedEdges>>(a, b, area)) {
    return area;
  }
  slab_overlap<Real, GrowingLists>(a, b, area);
  return area;
}

}  // namespace

double overlap_area(std::span<const PointD> a, std::span<const PointD> b) {
  return overlap<DoubleDouble>(a, b).area;
}

AreaEstimate estimate_overlap_area(std::span<const PointD> a, std::span<const PointD> b) {
  return overlap<double>(a, b);
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
