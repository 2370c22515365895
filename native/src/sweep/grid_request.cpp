#include "grid_axes.hpp"
#include "thresher/sweep/sweep_image.hpp"

namespace thresher {

cuda::Request grid_request(const Grid& grid, const PostprocessMode& mode) {
  static_cast<void>(grid.size());  // throws for a grid without settings
  const GridAxes axes(grid, mode.variant);
  return {.mode = mode,
          .levels = axes.levels.values,
          .unclip_ratio = axes.unclip_ratio.values,
          .contours = axes.limits.values.back(),
          .min_side = axes.min_size.values.front(),
          .box_thresh = axes.box_thresh.values.front()};
}

}  // namespace thresher
