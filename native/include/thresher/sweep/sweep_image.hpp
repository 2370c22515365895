#pragma once

#include <vector>

#include "thresher/image.hpp"
#include "thresher/postprocess/options.hpp"
#include "thresher/score/scorer.hpp"
#include "thresher/sweep/grid.hpp"
#include "thresher/task.hpp"

namespace thresher {

/// One image under every setting of a grid: the tallies of setting i, one a level of the scorer, begin at
/// i * scorer.levels() and are those of postprocess and Scorer::compare for that setting alone. Contours and scores are
/// computed once a thresh, expansions and overlaps once a (thresh, unclip_ratio); the other parameters only choose
/// among them.
///
/// `size` is the image's, in which the scorer's ground truth is given. Adds 1 to `task->done` for each finished value
/// of thresh; throws Cancelled once `task` is cancelled, and what Grid::size and Scorer::compare throw.
std::vector<Tally> sweep_image(MapView map, Size size, const PostprocessMode& mode, const Scorer& scorer,
                               const Grid& grid, Task* task = nullptr);

}  // namespace thresher
