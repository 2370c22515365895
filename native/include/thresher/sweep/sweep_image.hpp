#pragma once

#include <vector>

#include "thresher/image.hpp"
#include "thresher/postprocess/options.hpp"
#include "thresher/score/protocol.hpp"
#include "thresher/sweep/grid.hpp"
#include "thresher/task.hpp"

namespace thresher {

/// One image under every setting of a grid: counts[i] belongs to setting i and is what postprocess, build_match_table
/// and count_matches give for that setting alone. Contours and scores are computed once a thresh, expansions and
/// overlaps once a (thresh, unclip_ratio); the other parameters only choose among them.
///
/// `size` is the image's, in which ground truth is given. Adds 1 to `task->done` for each finished value of thresh;
/// throws Cancelled once `task` is cancelled, and what Grid::size and Matcher throw.
std::vector<ImageCounts> sweep_image(MapView map, Size size, const GroundTruth& gt, const PostprocessMode& mode,
                                     Protocol protocol, const Grid& grid, Task* task = nullptr);

}  // namespace thresher
