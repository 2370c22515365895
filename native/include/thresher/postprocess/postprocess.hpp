#pragma once

#include <vector>

#include "thresher/cuda/engine.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/image.hpp"
#include "thresher/postprocess/candidates.hpp"
#include "thresher/postprocess/expand.hpp"
#include "thresher/postprocess/options.hpp"
#include "thresher/task.hpp"

namespace thresher {

struct BoxSet {
  PolygonSet polygons;
  std::vector<double> scores;
};

/// Boxes and scores of one map, in the reference's order (bottom of the map first). An empty map has none.
/// Throws Cancelled once `task` is cancelled.
BoxSet postprocess(MapView map, const PostprocessOptions& options, const Task* task = nullptr);

/// What an engine is asked for so that found_boxes() gives what postprocess() does.
cuda::Request postprocess_request(const PostprocessOptions& options);
/// Throws Cancelled once `task` is cancelled.
BoxSet found_boxes(const cuda::ImageCandidates& found, const PostprocessOptions& options, const Task* task = nullptr);

}  // namespace thresher
