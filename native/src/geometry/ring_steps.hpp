#pragma once

#include <cmath>
#include <cstddef>
#include <span>

#include "thresher/geometry/point.hpp"
#include "thresher/host_device.hpp"

// What polygon_measure.hpp declares, for the CPU and for devices.

namespace thresher::ring_steps {

THRESHER_HD inline double signed_area(std::span<const PointD> ring) {
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

THRESHER_HD inline double length(std::span<const PointD> ring) {
  double length = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const PointD& after = ring[i + 1 == ring.size() ? 0 : i + 1];
    const double dx = after.x - ring[i].x;
    const double dy = after.y - ring[i].y;
    length += std::sqrt(dx * dx + dy * dy);
  }
  return length;
}

}  // namespace thresher::ring_steps
