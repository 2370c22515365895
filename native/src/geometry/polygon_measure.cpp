#include "thresher/geometry/polygon_measure.hpp"

#include <cmath>

#include "ring_steps.hpp"

namespace thresher {

double ring_area(std::span<const PointD> ring) {
  return std::abs(signed_ring_area(ring));
}

double signed_ring_area(std::span<const PointD> ring) {
  return ring_steps::signed_area(ring);
}

double ring_length(std::span<const PointD> ring) {
  return ring_steps::length(ring);
}

}  // namespace thresher
