#pragma once

#include <memory>
#include <vector>

#include "thresher/cuda/engine.hpp"
#include "thresher/image.hpp"
#include "thresher/postprocess/options.hpp"
#include "thresher/score/scorer.hpp"
#include "thresher/sweep/grid.hpp"
#include "thresher/task.hpp"

namespace thresher {

/// One image under every setting of a grid: the tallies of setting i, one a level of the scorer, begin at
/// i * scorer.levels() and are those of postprocess and Scorer::compare for that setting alone.
///
/// Thresholds are taken in ascending order, each looking only at the foreground that the lowest left. Boxes and scores
/// are computed once for all thresholds at which a contour has the same outline, expansions once a (shape,
/// unclip_ratio); neighbouring thresholds are compared with the ground truth together, and the other parameters only
/// choose among what there is, each distinct choice being tallied once.
///
/// `size` is the image's, in which the scorer's ground truth is given. Adds to `task->done` 1 for each finished value
/// of thresh; throws Cancelled once `task` is cancelled, and what Grid::size and Scorer::compare throw.
std::vector<Tally> sweep_image(MapView map, Size size, const PostprocessMode& mode, const Scorer& scorer,
                               const Grid& grid, Task* task = nullptr);

/// What an engine is asked for so that a grid can be tallied.
cuda::Request grid_request(const Grid& grid, const PostprocessMode& mode);

/// sweep_image with scratch space that lasts: use it for image after image, from one thread at a time. It keeps the
/// memory that the largest image took: a bit a pixel, a byte for each pixel near foreground, and a few megabytes for
/// contours and boxes, whatever the size of the grid.
class ImageSweeper {
 public:
  ImageSweeper();
  ~ImageSweeper();
  ImageSweeper(ImageSweeper&&) noexcept;
  ImageSweeper& operator=(ImageSweeper&&) noexcept;

  std::vector<Tally> operator()(MapView map, Size size, const PostprocessMode& mode, const Scorer& scorer,
                                const Grid& grid, Task* task = nullptr);
  /// The same for an image whose candidates an engine found under grid_request(grid, mode).
  std::vector<Tally> operator()(const cuda::ImageCandidates& found, const PostprocessMode& mode, const Scorer& scorer,
                                const Grid& grid, Task* task = nullptr);

 private:
  class Scratch;
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace thresher
