#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "thresher/score/explanation.hpp"
#include "thresher/score/ground_truth.hpp"
#include "thresher/score/protocol.hpp"
#include "thresher/score/tally.hpp"

namespace thresher {

/// Some of a comparison's detections, none at first, which change one at a time.
class ChangingSubset {
 public:
  virtual ~ChangingSubset() = default;

  /// Takes in a detection that is not in it.
  virtual void take(std::uint32_t det) = 0;
  /// Drops a detection that is in it.
  virtual void drop(std::uint32_t det) = 0;
  /// What Comparison::tally says of the subset.
  virtual void tally(std::span<Tally> levels) = 0;
};

/// A list of detections against one image's ground truth: the geometry once, then the score of any subset of the
/// list, equal to what the subset alone would score. `keep` has one value a detection, non-zero for those that
/// count, or none for all.
class Comparison {
 public:
  virtual ~Comparison() = default;

  /// Fills one tally a level of the scorer.
  virtual void tally(std::span<const std::uint8_t> keep, std::span<Tally> levels) const = 0;
  /// A subset whose tally is cheaper to keep up than to count anew, where the protocol has one; else none. It may not
  /// outlive the comparison.
  [[nodiscard]] virtual std::unique_ptr<ChangingSubset> changing_subset() const { return nullptr; }
  /// What is not kept has Fate::invalid.
  [[nodiscard]] virtual Explanation explain(std::span<const std::uint8_t> keep, std::size_t level) const = 0;
  /// The tally of what was read rather than found, where the protocol has one and its options ask for it: CLEval end
  /// to end.
  [[nodiscard]] virtual std::optional<Tally> end_to_end(std::span<const std::uint8_t> keep) const {
    static_cast<void>(keep);
    return std::nullopt;
  }
};

/// One image's ground truth under a protocol, prepared once for any number of lists of detections. May be used by
/// several threads at once.
class Scorer {
 public:
  virtual ~Scorer() = default;

  /// How many ways of counting the protocol tries on the whole data set, of which it reports the best by H-Mean, the
  /// first among equals: MMOCR's score thresholds. One for the others.
  [[nodiscard]] virtual std::size_t levels() const { return 1; }
  /// Whether the scores of detections matter, not their outlines and order alone.
  [[nodiscard]] virtual bool reads_scores() const { return false; }
  /// The polygons with which compare() takes the areas that detections share, as overlap_area() gives them: one a
  /// ground truth, and an empty one where the protocol has another notion of it. Detections::known is about these. None
  /// where the protocol takes no such areas.
  [[nodiscard]] virtual const PolygonSet& area_polygons() const {
    static const PolygonSet none;
    return none;
  }
  /// Throws std::invalid_argument for detections that the protocol cannot read, and for so many that overlap ground
  /// truth in one place that they could not be scored in seconds.
  [[nodiscard]] virtual std::unique_ptr<Comparison> compare(const Detections& detections) const = 0;
};

/// Throws std::invalid_argument for ground truth that the protocol cannot read, or that overlaps itself as much.
std::unique_ptr<Scorer> make_scorer(const ProtocolOptions& options, const GroundTruth& gt);

}  // namespace thresher
