#pragma once

#include <cstdint>
#include <vector>

#include "thresher/contour/bitmap.hpp"
#include "thresher/geometry/approx_polygon.hpp"
#include "thresher/geometry/hull.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/geometry/polygon_mean.hpp"
#include "thresher/image.hpp"
#include "thresher/postprocess/options.hpp"
#include "thresher/task.hpp"

namespace thresher {

/// A contour that may become a box. Depends on thresh alone.
struct Candidate {
  std::uint32_t contour = 0;    ///< index in the contour list: max_candidates keeps a prefix of it
  float side = 0;               ///< shorter side of the min-area rectangle, which min_size filters; infinite where the
                                ///< variant and box type have no such test
  double score = 0;             ///< box_thresh filters it; NaN (which passes) where the map has NaN under the polygon
  std::vector<PointD> polygon;  ///< what is expanded: rectangle corners (float32 values) or the approximated contour
};

/// Number of contours that the variant looks at for a given max_candidates (MMOCR takes one more); 0 for less than 0.
std::uint64_t contour_limit(Variant variant, int max_candidates);

/// Every candidate among the first `limit` contours, in contour order. Those that no setting can accept are left out:
/// fewer than four vertices in polygon mode, a side < min_side in quad mode. `task` is asked at every contour.
std::vector<Candidate> find_candidates(MapView map, const PostprocessMode& mode, double thresh, std::uint64_t limit,
                                       double min_side, const Task* task = nullptr);

/// find_candidates with scratch space that lasts: use it again and again, from one thread at a time.
class CandidateFinder {
 public:
  /// Replaces `out`.
  void operator()(MapView map, const PostprocessMode& mode, double thresh, std::uint64_t limit, double min_side,
                  std::vector<Candidate>& out, const Task* task = nullptr);

 private:
  Bitmap bitmap_;
  ContourSet contours_;
  ConvexHull hull_;
  PolygonApproximation approximation_;
  PolygonMean mean_;
};

}  // namespace thresher
