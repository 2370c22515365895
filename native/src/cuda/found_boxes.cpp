#include "thresher/cuda/found_boxes.hpp"

#include "thresher/postprocess/candidates.hpp"

namespace thresher::cuda {

bool FoundBoxes::operator()(std::size_t candidate, std::size_t ratio, ExpandedBox& out) {
  if (!starts_from_rectangle(mode_)) {
    return expand_(found_.outlines[candidate], mode_, ratios_[ratio], found_.map, found_.image, out);
  }
  const FoundBox& box = found_.boxes[ratio][candidate];
  if (!box.exists) return false;
  out.side = box.side;
  out.polygon.assign(box.polygon.begin(), box.polygon.end());
  return true;
}

}  // namespace thresher::cuda
