#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "character_centers.hpp"
#include "cleval_count.hpp"
#include "cleval_table.hpp"
#include "polygon3.hpp"
#include "receipt_aspect.hpp"
#include "scorers.hpp"

// The fork of CLEval in the baseline of the receipt competition (ocr/metrics of its code, as its teams published it):
// detection only, nothing is don't care, all boxes are polygons of four points or more (fewer are left out), and a
// text has as many characters as its box is longer than wide. A data set's score is the mean of the images' scores.
// Ground truth is rounded to whole pixels when the data set is read; detections come rounded from the postprocess.

namespace thresher {
namespace {

constexpr std::size_t kMostDetections = 500;
constexpr std::size_t kFewestPoints = 4;

Shapes shapes_of(const PolygonSet& polygons, const char* what) {
  Shapes shapes = polygon3_shapes(polygons, what, "cleval-receipt");
  for (std::size_t i = 0; i < shapes.size(); ++i) shapes.valid[i] = polygons[i].size() >= kFewestPoints;
  return shapes;
}

ClevalBoxes ground_truth_boxes(const GroundTruth& gt, bool numpy2) {
  PolygonSet polygons = gt.polygons;
  for (PointD& point : polygons.points) point = {std::nearbyint(point.x), std::nearbyint(point.y)};
  ClevalBoxes boxes;
  boxes.shapes = shapes_of(polygons, "ground truth");
  boxes.dont_care.assign(polygons.size(), 0);
  boxes.center_offsets.push_back(0);
  ReceiptAspects aspect_of(numpy2);
  for (std::size_t g = 0; g < polygons.size(); ++g) {
    if (boxes.shapes.valid[g]) {
      span_character_centers(polygons[g], aspect_of(polygons[g]).characters, boxes.centers);
    }
    boxes.center_offsets.push_back(static_cast<std::uint32_t>(boxes.centers.size()));
  }
  return boxes;
}

ClevalBoxes detection_boxes(const PolygonSet& polygons, bool numpy2) {
  ClevalBoxes boxes;
  boxes.shapes = shapes_of(polygons, "detection");
  ReceiptAspects aspect_of(numpy2);
  for (std::size_t d = 0; d < polygons.size(); ++d) {
    const std::size_t cost = boxes.shapes.valid[d] ? aspect_of(polygons[d]).false_alarms : 0;
    boxes.false_alarm_characters.push_back(static_cast<std::uint32_t>(cost));
  }
  return boxes;
}

/// What is the same for all lists of detections.
struct Prepared {
  ClevalOptions options;
  ClevalGroundTruth gt;
};

class ReceiptComparison : public Comparison {
 public:
  ReceiptComparison(std::shared_ptr<const Prepared> prepared, const Detections& detections)
      : prepared_(std::move(prepared)),
        table_(prepared_->gt.compare(detection_boxes(detections.polygons, prepared_->options.numpy2), detections)) {}

  void tally(std::span<const std::uint8_t> keep, std::span<Tally> levels) const override {
    const ClevalCounts counts = count_characters(prepared_->gt, table_, kept(keep));
    const auto hits = [&](std::uint64_t pieces, double weight) {
      return std::max(0.0, static_cast<double>(counts.found) - static_cast<double>(pieces) * weight);
    };
    levels[0] = {hits(counts.split_pieces, prepared_->options.recall_granularity),
                 static_cast<double>(counts.gt_characters),
                 hits(counts.merged_pieces, prepared_->options.precision_granularity),
                 static_cast<double>(counts.det_characters)};
  }

  [[nodiscard]] Explanation explain(std::span<const std::uint8_t> keep, std::size_t) const override {
    return explain_characters(prepared_->gt, table_, kept(keep), prepared_->options);
  }

 private:
  [[nodiscard]] std::vector<std::uint8_t> kept(std::span<const std::uint8_t> keep) const {
    return kept_detections(keep, table_.detections.size(), kMostDetections);
  }

  std::shared_ptr<const Prepared> prepared_;
  ClevalTable table_;
};

class ReceiptScorer : public Scorer {
 public:
  ReceiptScorer(const ClevalOptions& options, const GroundTruth& gt)
      : prepared_(std::make_shared<Prepared>(
            Prepared{options, ClevalGroundTruth(ground_truth_boxes(gt, options.numpy2), options)})) {}

  [[nodiscard]] const PolygonSet& area_polygons() const override { return prepared_->gt.polygons(); }

  [[nodiscard]] std::unique_ptr<Comparison> compare(const Detections& detections) const override {
    return std::make_unique<ReceiptComparison>(prepared_, detections);
  }

 private:
  std::shared_ptr<const Prepared> prepared_;
};

}  // namespace

std::unique_ptr<Scorer> cleval_receipt_scorer(const ClevalOptions& options, const GroundTruth& gt) {
  return std::make_unique<ReceiptScorer>(options, gt);
}

}  // namespace thresher
