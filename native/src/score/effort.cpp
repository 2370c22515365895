#include "effort.hpp"

#include <stdexcept>
#include <vector>

namespace thresher {
namespace {

/// About how many steps a region takes: at every corner and crossing all outlines are looked at.
std::uint64_t steps_of(std::span<const Outline> outlines) {
  if (outlines.size() > kMostCuts / outlines.size()) return kMostCuts + 1;
  std::vector<Extent> extents;
  std::uint64_t events = 0;
  for (const Outline& outline : outlines) {
    const Extent extent = extent_of(outline.points);
    for (const Extent& other : extents) events += intersection(extent, other).has_area();
    extents.push_back(extent);
    events += outline.points.size();
  }
  return events * outlines.size();
}

void spend_pairs(const ExtentIndex& index, std::size_t indexed, std::span<const Extent> boxes, Effort pairs) {
  if (boxes.empty() || indexed <= kMostPairs / boxes.size()) return;
  std::vector<std::uint32_t> found;
  for (const Extent& box : boxes) {
    index.find(box, found);
    pairs.spend(found.size());
  }
}

}  // namespace

void Effort::refuse() const {
  throw std::invalid_argument("more than " + std::to_string(most_) + " " + what_ + " in one image. " + mend_);
}

void check_pairs(const ExtentIndex& gt_index, std::size_t gts, std::span<const Extent> detections) {
  spend_pairs(gt_index, gts, detections,
              {kMostPairs, "overlapping pairs of " + std::to_string(gts) + " ground truths and " +
                               std::to_string(detections.size()) + " detections"});
}

void check_pairs(const ExtentIndex& gt_index, std::span<const Extent> gts) {
  spend_pairs(
      gt_index, gts.size(), gts,
      {kMostPairs, "overlapping pairs among " + std::to_string(gts.size()) + " ground truths", "Remove duplicates."});
}

RegionMeasure measure_region(std::span<const Outline> outlines, const Belongs& belongs, Effort& effort) {
  effort.spend(steps_of(outlines));
  return measure_region(outlines, belongs);
}

Effort cutting_effort() {
  return {kMostCuts, "steps to cut overlapping polygons apart"};
}

Effort looking_effort() {
  return {kMostCharacters, "characters of ground truth to look for in detections that overlap it"};
}

}  // namespace thresher
