#pragma once

#include <stdexcept>
#include <string>

#include "thresher/score/ground_truth.hpp"

namespace thresher {

/// Throws std::invalid_argument where `ignore` has not one value a polygon.
inline void check_ignore(const GroundTruth& gt) {
  if (gt.ignore.size() == gt.polygons.size()) return;
  throw std::invalid_argument("ground truth has " + std::to_string(gt.polygons.size()) + " polygons and " +
                              std::to_string(gt.ignore.size()) + " ignore flags.");
}

}  // namespace thresher
