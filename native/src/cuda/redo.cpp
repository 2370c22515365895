#include "redo.hpp"

#include <algorithm>

namespace thresher::cuda {

bool Redo::candidate(MapView map, const Request& request, std::span<const PointI> contour, FoundCandidate& out) {
  const auto outline = shape_.outline(request.mode, contour);
  if (!CandidateShape::shape(request.mode, outline, request.min_side, candidate_)) return false;
  out.side = candidate_.side;
  out.score = shape_.fast_score(map, request.mode, candidate_.polygon);
  std::ranges::copy(candidate_.polygon, out.polygon.begin());
  return !(request.box_thresh > out.score);
}

FoundBox Redo::box(const SizedMap& map, const Request& request, double ratio, const FoundCandidate& candidate) {
  FoundBox found;
  found.exists = expand_(candidate.polygon, request.mode, ratio, {map.map.width, map.map.height}, map.size, box_);
  if (!found.exists) return found;
  found.side = box_.side;
  std::ranges::copy(box_.polygon, found.polygon.begin());
  return found;
}

}  // namespace thresher::cuda
