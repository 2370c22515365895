#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "check_ground_truth.hpp"
#include "effort.hpp"
#include "kept.hpp"
#include "match_explanation.hpp"
#include "maximum_matching.hpp"
#include "scorers.hpp"
#include "shared_areas.hpp"
#include "thresher/geometry/extent_index.hpp"
#include "thresher/geometry/polygon_measure.hpp"
#include "thresher/geometry/repaired_polygon.hpp"
#include "thresher/score/match_table.hpp"
#include "thresher/score/score_thresholds.hpp"

// HmeanIOUMetric of MMOCR 1.x (mmocr/evaluation/metrics/hmean_iou_metric.py): one-to-one by IoU, tried at several
// score thresholds over the whole data set; the best by H-Mean counts, the lowest threshold among equals.
//
// Coordinates and scores are rounded to float32 first. A score is then compared as a double with the threshold as a
// double, as NumPy 2 does; NumPy 1 rounds the threshold to float32 too and so keeps a score of float32(0.7) at 0.7,
// which here is below it. The default thresholds are the exact decimals: no float32 lies between them and what
// numpy.arange makes of them (0.6000000000000001 and so on). Detections without scores count at every threshold.
//
// Data set: recall 1 without ground truth, and then precision 1 without detections and 0 with; otherwise precision 0
// without detections; H-Mean 0 where both are 0. MMOCR reports no scores an image.

namespace thresher {
namespace {

using Role = MatchTable::Role;

constexpr double kMinDontCareShare = 0.5;  // compared strictly
constexpr double kAreaOffset = 1e-5;       // added to a detection's area before dividing by it

/// What two things MMOCR makes of a polygon.
struct Shape {
  RepairedPolygon repaired;
  double raw_area = 0;  // of the outline as it came, loops cancelling
  Extent extent;
};

double as_float32(double value, const char* what, std::size_t index) {
  if (!(std::fabs(value) <= std::numeric_limits<float>::max())) {
    throw std::invalid_argument(std::string(what) + " " + std::to_string(index) + " has a coordinate of " +
                                std::to_string(value) + "; hmean-iou scores 32-bit floats.");
  }
  return static_cast<double>(static_cast<float>(value));
}

Shape shape_of(std::span<const PointD> polygon, const char* what, std::size_t index) {
  if (polygon.size() < 3) {
    throw std::invalid_argument(std::string(what) + " " + std::to_string(index) + " has " +
                                std::to_string(polygon.size()) + " vertices; hmean-iou reads three at least.");
  }
  std::vector<PointD> points(polygon.begin(), polygon.end());
  for (PointD& p : points) p = {as_float32(p.x, what, index), as_float32(p.y, what, index)};
  return {repair_to_one_part(points), ring_area(points), extent_of(points)};
}

std::vector<Shape> shapes_of(const PolygonSet& polygons, const char* what) {
  std::vector<Shape> shapes;
  for (std::size_t i = 0; i < polygons.size(); ++i) shapes.push_back(shape_of(polygons[i], what, i));
  return shapes;
}

std::vector<Extent> extents_of(const std::vector<Shape>& shapes) {
  std::vector<Extent> extents;
  for (const Shape& shape : shapes) extents.push_back(shape.extent);
  return extents;
}

/// What two polygons share, and the sum of their areas.
struct Overlap {
  double shared;
  double areas;

  /// Whether the IoU exceeds one half. MMOCR divides by the area of the geometric union, which at exactly one half is
  /// not rounded twice.
  [[nodiscard]] bool passes() const { return 3 * shared > areas; }
  [[nodiscard]] double iou() const { return shared / (areas - shared); }
};

class HmeanIouComparison : public Comparison {
 public:
  HmeanIouComparison(MatchTable table, std::vector<double> scores, HmeanIouOptions options)
      : table_(std::move(table)), scores_(std::move(scores)), options_(std::move(options)) {}

  void tally(std::span<const std::uint8_t> keep, std::span<Tally> levels) const override {
    const Kept kept(keep, table_.det_roles.size());
    for (std::size_t level = 0; level < levels.size(); ++level) {
      const auto counted = counted_at(kept, level);
      const ImageCounts counts = options_.max_matching ? count_best(counted) : count_matches(table_, counted);
      levels[level] = {static_cast<double>(counts.matched), static_cast<double>(counts.gt_care),
                       static_cast<double>(counts.matched), static_cast<double>(counts.det_care)};
    }
  }

  [[nodiscard]] Explanation explain(std::span<const std::uint8_t> keep, std::size_t level) const override {
    const auto counted = counted_at(Kept(keep, table_.det_roles.size()), level);
    std::vector<std::int32_t> matched_gt;
    ImageCounts counts = count_matches(table_, counted, &matched_gt);
    if (options_.max_matching) counts = count_best(counted, &matched_gt);

    // What scores below the threshold is as if it were not there.
    Explanation why = explain_matches(table_, Kept(counted, counted.size()), counts, matched_gt);
    why.counts.emplace_back("scoreThreshold", options_.score_thresholds[level]);
    return why;
  }

 private:
  [[nodiscard]] std::vector<std::uint8_t> counted_at(const Kept& kept, std::size_t level) const {
    std::vector<std::uint8_t> counted(table_.det_roles.size());
    for (std::size_t d = 0; d < counted.size(); ++d) {
      counted[d] = kept(d) && (scores_.empty() || !(scores_[d] < options_.score_thresholds[level]));
    }
    return counted;
  }

  ImageCounts count_best(std::span<const std::uint8_t> counted, std::vector<std::int32_t>* matched_gt = nullptr) const {
    ImageCounts counts = count_matches(table_, counted);
    auto matching = maximum_matching(table_, counted);
    counts.matched =
        static_cast<std::int32_t>(std::count_if(matching.begin(), matching.end(), [](auto gt) { return gt >= 0; }));
    if (matched_gt != nullptr) *matched_gt = std::move(matching);
    return counts;
  }

  MatchTable table_;
  std::vector<double> scores_;
  HmeanIouOptions options_;
};

class HmeanIouScorer : public Scorer {
 public:
  HmeanIouScorer(HmeanIouOptions options, const GroundTruth& gt) : options_(std::move(options)) {
    check_ignore(gt);
    if (options_.score_thresholds.empty()) {
      options_.score_thresholds.assign(kScoreThresholds.begin(), kScoreThresholds.end());
    }
    gts_ = shapes_of(gt.polygons, "ground truth");
    area_polygons_ = plain_polygons(gts_);
    for (const auto ignored : gt.ignore) roles_.push_back(ignored ? Role::dont_care : Role::care);
    index_ = ExtentIndex(extents_of(gts_));
  }

  [[nodiscard]] std::size_t levels() const override { return options_.score_thresholds.size(); }
  [[nodiscard]] bool reads_scores() const override { return true; }

  [[nodiscard]] const PolygonSet& area_polygons() const override { return area_polygons_; }

  [[nodiscard]] std::unique_ptr<Comparison> compare(const Detections& detections) const override {
    const std::size_t count = detections.polygons.size();
    if (!detections.scores.empty() && detections.scores.size() != count) {
      throw std::invalid_argument("there are " + std::to_string(detections.scores.size()) + " scores for " +
                                  std::to_string(count) + " detections.");
    }
    const std::vector<Shape> dets = shapes_of(detections.polygons, "detection");
    check_pairs(index_, gts_.size(), extents_of(dets));
    const SharedAreas areas(detections.known, detections.polygons, plain_polygons(dets));
    const auto shared_area = [&](std::size_t g, std::size_t d) {
      const auto known = areas.find(g, d);
      return known ? *known : overlap_area(gts_[g].repaired, dets[d].repaired);
    };
    MatchTable table{roles_, std::vector<Role>(count, Role::care), {}};
    std::vector<std::uint32_t> near;
    for (std::size_t d = 0; d < count; ++d) {
      const Shape& det = dets[d];
      index_.find(det.extent, near);
      if (std::any_of(near.begin(), near.end(),
                      [&](std::uint32_t g) { return is_covered(g, det, [&] { return shared_area(g, d); }); })) {
        table.det_roles[d] = Role::dont_care;
        continue;
      }
      for (const std::uint32_t g : near) {
        if (roles_[g] != Role::care) continue;
        const Overlap overlap{shared_area(g, d), gts_[g].repaired.area + det.repaired.area};
        if (overlap.passes()) table.pairs.push_back({g, static_cast<std::uint32_t>(d), overlap.iou()});
      }
    }
    std::sort(table.pairs.begin(), table.pairs.end(),
              [](const auto& a, const auto& b) { return std::tie(a.gt, a.det) < std::tie(b.gt, b.det); });
    std::vector<double> scores;
    for (const double score : detections.scores) scores.push_back(static_cast<double>(static_cast<float>(score)));
    return std::make_unique<HmeanIouComparison>(std::move(table), std::move(scores), options_);
  }

 private:
  template <class SharedArea>
  [[nodiscard]] bool is_covered(std::size_t gt, const Shape& det, SharedArea shared_area) const {
    return roles_[gt] == Role::dont_care && shared_area() / (det.raw_area + kAreaOffset) > kMinDontCareShare;
  }

  HmeanIouOptions options_;
  std::vector<Shape> gts_;
  std::vector<Role> roles_;
  PolygonSet area_polygons_;
  ExtentIndex index_;
};

}  // namespace

std::unique_ptr<Scorer> hmean_iou_scorer(const HmeanIouOptions& options, const GroundTruth& gt) {
  return std::make_unique<HmeanIouScorer>(options, gt);
}

}  // namespace thresher
