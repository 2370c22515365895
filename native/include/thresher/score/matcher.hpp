#pragma once

#include <vector>

#include "thresher/geometry/extent_index.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/score/ground_truth.hpp"
#include "thresher/score/known_areas.hpp"
#include "thresher/score/match_table.hpp"
#include "thresher/score/protocol.hpp"
#include "thresher/score/shapes.hpp"

namespace thresher {

/// One image's ground truth under a protocol that matches one to one by IoU, prepared once to be compared with any
/// number of lists of detections.
/// The constructor throws std::invalid_argument where `ignore` has not one value a polygon, and both it and `match`
/// for a polygon that the protocol cannot read (icdar2015: a coordinate that does not fit 32 bits); `match` also for
/// more than two million pairs of polygons whose boxes overlap.
class Matcher {
 public:
  Matcher(Protocol protocol, const GroundTruth& gt);

  /// Areas in `known` are not computed again; an IoU can differ in its last bits from one whose area was estimated.
  [[nodiscard]] MatchTable match(const PolygonSet& detections, const KnownAreas& known = {}) const;

  /// The ground truth as the protocol reads it.
  [[nodiscard]] const PolygonSet& polygons() const { return gt_.polygons; }

 private:
  Protocol protocol_;
  Shapes gt_;
  std::vector<MatchTable::Role> gt_roles_;
  ExtentIndex index_;
};

/// Matcher(protocol, gt).match(detections).
MatchTable build_match_table(Protocol protocol, const GroundTruth& gt, const PolygonSet& detections);

}  // namespace thresher
