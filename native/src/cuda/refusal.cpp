#include "thresher/cuda/engine.hpp"
#include "thresher/postprocess/candidates.hpp"

namespace thresher::cuda {

std::string refusal(const PostprocessMode& mode) {
  if (mode.box_type == BoxType::poly) return "polygons are not covered on the device";
  if (!starts_from_rectangle(mode)) return "mmocr's quads are not covered on the device";
  if (scores_slowly(mode)) return "slow scores are not covered on the device";
  return {};
}

}  // namespace thresher::cuda
