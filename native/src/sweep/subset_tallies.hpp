#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "grid_axes.hpp"
#include "sequence_memo.hpp"
#include "thresher/score/scorer.hpp"

namespace thresher {

/// What decides under which bounds a box counts.
struct BoundedBox {
  std::uint32_t place = 0;     ///< in the list of detections
  std::uint32_t contour = 0;   ///< counts under limits above it
  std::uint32_t box_met = 0;   ///< how many box_thresh its score meets
  std::uint32_t size_met = 0;  ///< how many min_size its sides meet
};

/// Tallies of the subsets of a list of detections that bounds choose. As box_thresh rises the subsets shrink, which a
/// comparison may be able to follow; else many are the same, and each is tallied once.
///
/// The object is scratch space: use it again and again, from one thread at a time.
class SubsetTallies {
 public:
  /// A list of `size` detections, scored by `comparison`.
  void start(std::unique_ptr<const Comparison> comparison, std::size_t size, std::size_t levels);

  /// The tallies of one setting's boxes under all box_thresh, limits and min_size, in this order, the last fastest:
  /// one a level of the scorer each.
  void fill(const GridAxes& axes, std::span<const BoundedBox> boxes, std::span<Tally> out);

 private:
  void sort_by_score(std::span<const BoundedBox> boxes, std::size_t bounds);
  void take(std::uint32_t place);
  void drop(std::uint32_t place);
  void tally(std::span<Tally> out);

  std::size_t levels_ = 1;
  std::unique_ptr<const Comparison> comparison_;
  std::unique_ptr<ChangingSubset> subset_;  ///< where the comparison has one; what follows is for those that have none
  std::vector<std::uint8_t> keep_;
  std::vector<std::uint64_t> bits_;   ///< keep_ in bits
  SequenceMemo<std::uint64_t> memo_;  ///< of bits_
  std::vector<Tally> tallies_;

  // Scratch of fill().
  std::vector<BoundedBox> sorted_;
  std::vector<std::uint32_t> firsts_;
};

}  // namespace thresher
