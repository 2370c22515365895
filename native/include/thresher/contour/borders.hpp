#pragma once

#include "thresher/contour/bitmap.hpp"
#include "thresher/geometry/point.hpp"

namespace thresher {

/// All borders of the 8-connected foreground, outer and hole, each as the points where its chain code turns:
/// cv2.findContours(RETR_LIST, CHAIN_APPROX_SIMPLE) of OpenCV 4.6, in its order (descending by start pixel,
/// row first) and with its vertices. Border following after Suzuki and Abe, CVGIP 30 (1985).
/// Marks `bitmap` while it works; `out` is replaced.
void find_borders(Bitmap& bitmap, ContourSet& out);

}  // namespace thresher
