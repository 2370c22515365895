#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "thresher/contour/bitmap.hpp"
#include "thresher/contour/borders.hpp"
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

/// Tolerance with which contours are approximated, as a share of their length.
double approximation_share(Variant variant);

/// Every candidate among the first `limit` contours, in contour order. Those that no setting can accept are left out:
/// fewer than four vertices in polygon mode, a side < min_side in quad mode. `task` is asked at every contour.
std::vector<Candidate> find_candidates(MapView map, const PostprocessMode& mode, double thresh, std::uint64_t limit,
                                       double min_side, const Task* task = nullptr);

/// What one contour gives, step by step, so that what contours have in common is computed once.
/// The object is scratch space: use it again and again, from one thread at a time.
class CandidateShape {
 public:
  /// All that the candidate depends on, but for its place and, in slow mode, its score: the contour's convex hull, or
  /// its approximation in polygon mode. Valid until the next call.
  std::span<const PointI> outline(const PostprocessMode& mode, std::span<const PointI> contour);
  /// Fills in the side and the polygon. False where no setting can accept them: fewer than four vertices in polygon
  /// mode, a side < min_side in quad mode.
  static bool shape(const PostprocessMode& mode, std::span<const PointI> outline, double min_side, Candidate& out);
  /// The score over a polygon that shape() gave (fast mode).
  double fast_score(MapView map, const PostprocessMode& mode, std::span<const PointD> polygon);
  /// All that fast_score of a rectangle depends on, beside the map: PolygonMean::region.
  std::span<const PointI> scored_region(MapView map, std::span<const PointD> rectangle);
  /// The score over the contour itself.
  double slow_score(MapView map, std::span<const PointI> contour) { return mean_(map, contour); }

 private:
  ConvexHull hull_;
  PolygonApproximation approximation_;
  PolygonMean mean_;
  std::vector<PointF> corners_;
  std::vector<PointI> vertices_;
};

/// Whether a candidate is its contour's min-area rectangle, not its approximation.
bool starts_from_rectangle(const PostprocessMode& mode);

/// Whether scores are taken over contours, not outlines.
bool scores_slowly(const PostprocessMode& mode);

/// find_candidates with scratch space that lasts: use it again and again, from one thread at a time.
class CandidateFinder {
 public:
  /// Replaces `out`.
  void operator()(MapView map, const PostprocessMode& mode, double thresh, std::uint64_t limit, double min_side,
                  std::vector<Candidate>& out, const Task* task = nullptr);

 private:
  Bitmap bitmap_;
  BorderFinder find_borders_;
  ContourSet contours_;
  CandidateShape shape_;
};

}  // namespace thresher
