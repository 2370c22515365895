#pragma once

#include <vector>

#include "thresher/image.hpp"
#include "thresher/postprocess/options.hpp"

namespace bench {

/// Corners of one box, in map pixels, whole numbers.
struct PeerBox {
  double x[4];
  double y[4];
  double score;
};

/// One setting of DB's quad postprocess as people write it in C++: cv::findContours, cv::minAreaRect, the mean under
/// cv::fillPoly, ClipperOffset, cv::minAreaRect again.
std::vector<PeerBox> peer_boxes(thresher::MapView map, const thresher::PostprocessOptions& options);

}  // namespace bench
