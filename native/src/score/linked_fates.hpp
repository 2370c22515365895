#pragma once

#include <vector>

#include "kept.hpp"
#include "thresher/score/explanation.hpp"

namespace thresher {

/// An explanation without links: each polygon's fate without a match, and Fate::invalid for every detection that is
/// not kept, which is as if it were not there.
Explanation explain_unlinked(std::vector<Fate> gt, std::vector<Fate> det, const Kept& kept);

/// Sorts the links and sets the fates of what they join, by how many partners each side has: several detections of
/// one ground truth are pieces of a split, several ground truths in one detection are merged.
void apply_links(Explanation& why);

}  // namespace thresher
