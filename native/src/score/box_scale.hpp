#pragma once

#include <span>

#include "thresher/geometry/point.hpp"

namespace thresher {

/// Height of a text box as a share of its image's longer side, by which CLEval's torchmetric sorts ground truth into
/// bins: the shorter side of cv2.minAreaRect with its corners rounded to whole pixels. Corners of the polygon count as
/// whole pixels too, as ground truth files have them, and must fit 2^29.
double box_scale(std::span<const PointD> polygon, double longer_side);

}  // namespace thresher
