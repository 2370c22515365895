#include "thresher/geometry/polygon_measure.hpp"

#include <cmath>
#include <cstddef>

namespace thresher {

double ring_area(std::span<const PointD> ring) {
  return std::abs(signed_ring_area(ring));
}

double signed_ring_area(std::span<const PointD> ring) {
  if (ring.size() < 2) return 0;
  // Each vertex but the first, weighted by how far its neighbours are apart in y; the ring closes with its first.
  const std::size_t count = ring.size();
  const double origin = ring[0].x;
  double sum = 0;
  for (std::size_t i = 1; i < count; ++i) {
    const PointD& after = ring[i + 1 == count ? 0 : i + 1];
    sum += (ring[i].x - origin) * (ring[i - 1].y - after.y);
  }
  return sum / 2;
}

double ring_length(std::span<const PointD> ring) {
  double length = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const PointD& after = ring[i + 1 == ring.size() ? 0 : i + 1];
    const double dx = after.x - ring[i].x;
    const double dy = after.y - ring[i].y;
    length += std::sqrt(dx * dx + dy * dy);
  }
  return length;
}

}  // namespace thresher
