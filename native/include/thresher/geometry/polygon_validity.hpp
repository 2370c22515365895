#pragma once

#include <span>

#include "thresher/geometry/point.hpp"

namespace thresher {

/// Whether a ring is a valid and simple polygon in the sense of OGC Simple Features and of shapely: at least three
/// distinct points, and no two edges meet but neighbours in their common vertex (no crossing, touching or spike).
/// Points repeated in succession, a closing one among them, do not matter. Decided with exact arithmetic.
/// Coordinates that are not finite or exceed 1e100 make a ring invalid.
bool is_valid_ring(std::span<const PointD> ring);

}  // namespace thresher
