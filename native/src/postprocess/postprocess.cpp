#include "thresher/postprocess/postprocess.hpp"

#include <span>

#include "thresher/contour/bitmap.hpp"
#include "thresher/cuda/found_boxes.hpp"

namespace thresher {

BoxSet postprocess(MapView map, const PostprocessOptions& options, const Task* task) {
  const Size map_size{map.width, map.height};
  const Size size = options.size.value_or(map_size);
  const auto candidates =
      find_candidates(map, options.mode, options.thresh, contour_limit(options.mode.variant, options.max_candidates),
                      options.min_size, task);
  BoxSet boxes;
  Expander expand;
  ExpandedBox box;
  for (const Candidate& candidate : candidates) {
    if (task != nullptr) task->check();
    if (options.box_thresh > candidate.score) continue;
    if (!expand(candidate.polygon, options.mode, options.unclip_ratio, map_size, size, box)) continue;
    if (!keeps_expanded_side(options.mode, box.side, options.min_size)) continue;
    boxes.polygons.push_back(box.polygon);
    boxes.scores.push_back(candidate.score);
  }
  return boxes;
}

cuda::Request postprocess_request(const PostprocessOptions& options) {
  return {.mode = options.mode,
          .levels = {threshold_level(options.thresh)},
          .unclip_ratio = {options.unclip_ratio},
          .contours = contour_limit(options.mode.variant, options.max_candidates),
          .min_side = options.min_size,
          .box_thresh = options.box_thresh};
}

BoxSet found_boxes(const cuda::ImageCandidates& found, const PostprocessOptions& options, const Task* task) {
  BoxSet boxes;
  cuda::FoundBoxes expand(found, options.mode, std::span(&options.unclip_ratio, 1));
  ExpandedBox box;
  for (std::size_t i = 0; i < found.candidates.size(); ++i) {
    if (task != nullptr) task->check();
    if (!expand(i, 0, box) || !keeps_expanded_side(options.mode, box.side, options.min_size)) continue;
    boxes.polygons.push_back(box.polygon);
    boxes.scores.push_back(found.candidates[i].score);
  }
  return boxes;
}

}  // namespace thresher
