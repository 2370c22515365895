#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "thresher/geometry/extent.hpp"
#include "thresher/geometry/extent_index.hpp"
#include "thresher/geometry/region.hpp"

// What scoring one image may cost. Most of it grows with the pairs of boxes that overlap, which are few in any image of
// text; thousands of boxes in one place would take hours and more memory than there is, and are refused instead. No
// limit is near what real data needs, and each is met in seconds.

namespace thresher {

/// Pairs of a ground truth and a detection whose boxes share area.
inline constexpr std::uint64_t kMostPairs = std::uint64_t{1} << 21;
/// Characters of ground truth looked for in detections, once a detection whose box shares area.
inline constexpr std::uint64_t kMostCharacters = std::uint64_t{1} << 27;
/// Outlines that may cross, times the outlines among which they do, where regions are cut apart.
inline constexpr std::uint64_t kMostCuts = std::uint64_t{1} << 25;
/// Boxes seen from one another, where those of one text line are joined.
inline constexpr std::uint64_t kMostJoined = std::uint64_t{1} << 28;
/// Characters of a ground truth's text compared with those of a detection's.
inline constexpr std::uint64_t kMostCompared = std::uint64_t{1} << 30;

/// Adds up one kind of work and refuses what exceeds the most that there may be.
class Effort {
 public:
  /// The refusal says "more than <most> <what> in one image. <mend>".
  Effort(std::uint64_t most, std::string what, const char* mend = "Remove duplicates, or score fewer detections.")
      : most_(most), what_(std::move(what)), mend_(mend) {}

  /// Throws std::invalid_argument, saying what there is too much of and how to mend it.
  void spend(std::uint64_t amount) {
    if (amount > most_ - spent_) refuse();
    spent_ += amount;
  }

 private:
  [[noreturn]] void refuse() const;

  std::uint64_t most_;
  std::uint64_t spent_ = 0;
  std::string what_;
  const char* mend_;
};

/// Throws std::invalid_argument if more than kMostPairs of detections share area with one of the `gts` in the index.
void check_pairs(const ExtentIndex& gt_index, std::size_t gts, std::span<const Extent> detections);
/// The same for ground truth and itself.
void check_pairs(const ExtentIndex& gt_index, std::span<const Extent> gts);

/// measure_region, counted in an effort of kMostCuts.
RegionMeasure measure_region(std::span<const Outline> outlines, const Belongs& belongs, Effort& effort);

/// Of kMostCuts and kMostCharacters.
Effort cutting_effort();
Effort looking_effort();

}  // namespace thresher
