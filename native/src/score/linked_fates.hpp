#pragma once

#include "thresher/score/explanation.hpp"

namespace thresher {

/// Sorts the links and sets the fates of what they join, by how many partners each side has: several detections of
/// one ground truth are pieces of a split, several ground truths in one detection are merged.
void apply_links(Explanation& why);

}  // namespace thresher
