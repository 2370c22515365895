#pragma once

#include <optional>
#include <span>
#include <vector>

#include "thresher/geometry/hull.hpp"
#include "thresher/geometry/offset.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/image.hpp"
#include "thresher/postprocess/candidates.hpp"
#include "thresher/postprocess/options.hpp"

namespace thresher {

/// An expanded candidate. Depends on (thresh, unclip_ratio).
struct ExpandedBox {
  float side = 0;               ///< shorter side after expansion; min_size + 2 filters it where the variant does
  std::vector<PointD> polygon;  ///< vertices scaled to the image; quads TL, TR, BR, BL
};

/// The candidate moved outward by area * ratio / perimeter and scaled from `map_size` to `size`; nothing where the
/// variant drops it (no outline left, or several and the variant keeps none).
///
/// A ratio of 0 leaves the outline where it is, a negative one moves it inward. A distance that is NaN or infinite
/// gives nothing, and neither does one that would take a vertex 2^29 pixels or more from the origin, where the
/// reference's 32-bit integers would overflow. PaddleOCR's, MhLiao's and the receipt baseline's coordinates are whole
/// numbers; they are not wrapped to 16 or 32 bits.
std::optional<ExpandedBox> expand(const Candidate& candidate, const PostprocessMode& mode, double unclip_ratio,
                                  Size map_size, Size size);

/// The same with scratch space that lasts: use it again and again, from one thread at a time.
class Expander {
 public:
  /// Replaces `out`; false where the candidate is dropped.
  bool operator()(std::span<const PointD> polygon, const PostprocessMode& mode, double unclip_ratio, Size map_size,
                  Size size, ExpandedBox& out);

 private:
  PolygonOffset offset_;
  ConvexHull hull_;
  std::vector<PointI> outline_;
};

/// Whether the variant keeps an expanded box of this shorter side.
bool keeps_expanded_side(const PostprocessMode& mode, float side, double min_size);

}  // namespace thresher
