#include "redo.hpp"

#include <algorithm>

namespace thresher::cuda {

const Candidate* Redo::candidate(MapView map, const Request& request, std::span<const PointI> contour) {
  const auto outline = shape_.outline(request.mode, contour);
  if (!CandidateShape::shape(request.mode, outline, request.min_side, candidate_)) return nullptr;
  candidate_.score = scores_slowly(request.mode) ? shape_.slow_score(map, contour)
                                                 : shape_.fast_score(map, request.mode, candidate_.polygon);
  return request.box_thresh > candidate_.score ? nullptr : &candidate_;
}

FoundBox Redo::box(const SizedMap& map, const Request& request, double ratio, std::span<const PointD> outline) {
  FoundBox found;
  found.exists = expand_(outline, request.mode, ratio, {map.map.width, map.map.height}, map.size, box_);
  if (!found.exists) return found;
  found.side = box_.side;
  std::ranges::copy(box_.polygon, found.polygon.begin());
  return found;
}

}  // namespace thresher::cuda
