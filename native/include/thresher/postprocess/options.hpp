#pragma once

#include <optional>

#include "thresher/image.hpp"

namespace thresher {

/// Whose postprocess is followed where the public DBNet implementations differ.
enum class Variant { paddleocr, mhliao, receipt, mmocr };
enum class BoxType { quad, poly };
/// Where a quad's score is taken: over its rectangle (fast) or over the contour (slow). Polygons are always fast, and
/// so is MMOCR, whose quads are scored over the approximated contour.
enum class ScoreMode { fast, slow };

/// What fixes the candidates of one map, whatever the thresholds.
struct PostprocessMode {
  Variant variant = Variant::paddleocr;
  BoxType box_type = BoxType::quad;
  ScoreMode score_mode = ScoreMode::fast;
  bool dilate = false;

  friend bool operator==(const PostprocessMode&, const PostprocessMode&) = default;
};

/// Any value is allowed anywhere; NaN thresholds compare as false.
struct PostprocessOptions {
  PostprocessMode mode{};
  double thresh = 0.3;        ///< a pixel is text above it; rounded to float32
  double box_thresh = 0.6;    ///< a candidate whose mean probability is below it is dropped
  double unclip_ratio = 1.5;  ///< outward distance = area * ratio / perimeter
  int max_candidates = 1000;  ///< contours looked at, from the bottom of the map
  double min_size = 3;        ///< shorter side in map pixels, tested before (and + 2 after) expansion
  /// Size of the image that boxes are scaled to; the map's own when absent.
  std::optional<Size> size{};
};

}  // namespace thresher
