#pragma once

#include <span>
#include <stdexcept>
#include <vector>

#include "thresher/geometry/point.hpp"

namespace thresher {

/// What is thrown for a coordinate that Clipper cannot hold.
std::invalid_argument out_of_clipper_range();

/// Throws unless both coordinates are within +-(2^62 - 1).
void check_clipper_range(PointL vertex);

/// What ClipperOffset of Clipper 6.4.2 does with a path moved by delta <= 0: a union by negative winding of the path
/// and a frame 10 px around it, the frame then taken away.
std::vector<std::vector<PointL>> framed_negative_union(std::span<const PointL> path);

}  // namespace thresher
