#pragma once

#include <span>

#include "thresher/cuda/engine.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/postprocess/candidates.hpp"
#include "thresher/postprocess/expand.hpp"

namespace thresher::cuda {

/// The CPU's own way for what the device left in doubt.
class Redo {
 public:
  /// Fills in the side, the score and the polygon. False where the request leaves the contour out.
  bool candidate(MapView map, const Request& request, std::span<const PointI> contour, FoundCandidate& out);
  FoundBox box(const SizedMap& map, const Request& request, double ratio, const FoundCandidate& candidate);

 private:
  CandidateShape shape_;
  Candidate candidate_;
  Expander expand_;
  ExpandedBox box_;
};

}  // namespace thresher::cuda
