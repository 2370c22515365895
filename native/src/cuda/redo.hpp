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
  /// A contour's candidate but for its place, valid until the next call; none where the request leaves it out.
  const Candidate* candidate(MapView map, const Request& request, std::span<const PointI> contour);
  FoundBox box(const SizedMap& map, const Request& request, double ratio, std::span<const PointD> outline);

 private:
  CandidateShape shape_;
  Candidate candidate_;
  Expander expand_;
  ExpandedBox box_;
};

}  // namespace thresher::cuda
