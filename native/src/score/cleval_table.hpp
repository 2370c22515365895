#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "effort.hpp"
#include "shared_areas.hpp"
#include "thresher/geometry/extent_index.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/score/explanation.hpp"
#include "thresher/score/ground_truth.hpp"
#include "thresher/score/protocol.hpp"
#include "thresher/score/shapes.hpp"

namespace thresher {

/// One list of CLEval's boxes. `shapes.valid` is 0 for what is as if it were not there.
struct ClevalBoxes {
  Shapes shapes;
  /// Characters that a box costs as a false alarm; of detections only.
  std::vector<std::uint32_t> false_alarm_characters;
  /// Of ground truth only: don't care, and the centres of its characters, box i having
  /// centers[center_offsets[i] .. center_offsets[i + 1]).
  std::vector<std::uint8_t> dont_care;
  std::vector<PointD> centers;
  std::vector<std::uint32_t> center_offsets;
};

/// Which detections hold which characters, and what of the matching does not depend on the other detections.
struct ClevalTable {
  /// A ground truth that is cared for and a detection that holds some of its characters.
  struct Pair {
    std::uint32_t gt = 0;
    std::uint32_t det = 0;
    std::uint32_t characters = 0;  ///< held
    std::size_t held = 0;          ///< place in `held` of one bit a character
    float share = 0;               ///< area precision: how much of the detection the ground truth covers
    bool covers = false;           ///< that is enough
  };
  struct Detection {
    Fate fate = Fate::false_alarm;  ///< without a match: false_alarm, dont_care or invalid
    bool merges = false;            ///< holds characters of several ground truths, which together cover enough of it
    std::uint32_t covered_by = 0;   ///< number of ground truths with which it forms a pair that covers
    std::uint32_t false_alarm_characters = 0;
  };

  std::vector<Pair> pairs;  ///< by gt, then by det
  std::vector<std::uint64_t> held;
  std::vector<Detection> detections;
};

/// One image's ground truth, prepared to be compared with any number of lists of detections. Options as in
/// ClevalOptions. May be used by several threads at once. The constructor and `compare` throw std::invalid_argument
/// where more overlaps than effort.hpp allows.
class ClevalGroundTruth {
 public:
  ClevalGroundTruth(ClevalBoxes boxes, const ClevalOptions& options);

  /// `given` is what the boxes were made of.
  [[nodiscard]] ClevalTable compare(const ClevalBoxes& detections, const Detections& given) const;

  /// Outlines as they are read.
  [[nodiscard]] const PolygonSet& polygons() const { return boxes_.shapes.polygons; }

  [[nodiscard]] std::size_t size() const { return boxes_.shapes.size(); }
  /// What becomes of a ground truth without a match: missed, dont_care or invalid.
  [[nodiscard]] Fate fate_without_match(std::size_t gt) const;
  /// Characters of all that is cared for.
  [[nodiscard]] std::uint64_t characters() const { return characters_; }
  [[nodiscard]] std::size_t characters(std::size_t gt) const {
    return boxes_.center_offsets[gt + 1] - boxes_.center_offsets[gt];
  }
  [[nodiscard]] std::size_t words(std::size_t gt) const { return (characters(gt) + 63) / 64; }

 private:
  class Builder;

  [[nodiscard]] bool is_enough(float share) const { return share >= static_cast<float>(area_precision_); }
  [[nodiscard]] float share(std::size_t gt, const Shapes& detections, std::size_t det, const SharedAreas& areas,
                            Effort& effort) const;
  void cut_dont_care();

  ClevalBoxes boxes_;
  double area_precision_;
  bool numpy2_;
  std::uint64_t characters_ = 0;
  bool has_dont_care_ = false;
  ExtentIndex index_;  // of outlines and centres
  /// For each ground truth that is don't care, those that are cared for and may overlap it.
  std::vector<std::vector<std::uint32_t>> cuts_;
};

}  // namespace thresher
