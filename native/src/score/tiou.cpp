#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "check_ground_truth.hpp"
#include "effort.hpp"
#include "match_explanation.hpp"
#include "overlap_matrix.hpp"
#include "polygon3.hpp"
#include "scorers.hpp"
#include "shared_areas.hpp"
#include "thresher/geometry/polygon_overlap.hpp"
#include "thresher/geometry/region.hpp"
#include "thresher/score/match_table.hpp"

// TIoU (Y. Liu, L. Jin et al., "Tightness-aware Evaluation Protocol for Scene Text Detection", CVPR 2019), as script.py
// of Yuliang-Liu/TIoU-metric computes it, and SIoU, the plain sums of IoU that it prints beside. Pairs are matched as
// ICDAR 2015 does; what each adds to the hits is its IoU, for TIoU times a factor for the part of the ground truth
// that was cut off (recall) and one for other ground truth inside of the detection (precision), either of which is
// forgiven up to one part in a hundred.
//
// An image: recall 1 without ground truth that counts, and then precision 1 without detections that count and 0 with;
// otherwise precision 0 without detections. (The script keeps SIoU's figures of the image before where there is no
// ground truth; here they are TIoU's.) Data set: 0 where a denominator is 0. TIoU has hits of their own for recall and
// precision, SIoU the same for both.

namespace thresher {
namespace {

using Role = MatchTable::Role;

constexpr double kMinIou = 0.5;  // compared strictly, like the next
constexpr double kMinDontCareShare = 0.5;
constexpr double kForgiven = 0.01;
constexpr double kNoOutlier = 1e-10;     // in square pixels; not more than that counts as none
constexpr double kOutlierSlack = 0.001;  // in square pixels

/// What a matched pair is worth.
struct Worth {
  double recall = 0;
  double precision = 0;
};

double tightness(double share_lost) {
  return share_lost <= kForgiven ? 1 : 1 - share_lost;
}

/// Ground truth and detections of an image, and what each pair shares.
struct Scene {
  const Shapes& gts;
  const Shapes& dets;
  const OverlapMatrix& matrix;

  [[nodiscard]] double united(const OverlapMatrix::Cell& cell) const {
    return gts.areas[cell.gt] + dets.areas[cell.det] - cell.area;
  }
};

/// Area of a detection outside of the ground truth it matched and inside of any other, don't care among them.
double outlier_area(const Scene& scene, const OverlapMatrix::Cell& cell, Effort& effort) {
  std::vector<Outline> outlines{{scene.dets.polygons[cell.det]}, {scene.gts.polygons[cell.gt]}};
  for (const std::uint32_t place : scene.matrix.column(cell.det)) {
    const std::uint32_t other = scene.matrix.cells[place].gt;
    if (other != cell.gt) outlines.push_back({scene.gts.polygons[other]});
  }
  if (outlines.size() == 2) return 0;
  const auto belongs = [](std::span<const std::uint8_t> held) {
    return held[0] && !held[1] && std::any_of(held.begin() + 2, held.end(), [](auto h) { return h != 0; });
  };
  return measure_region(outlines, belongs, effort).area;
}

double tiou_recall(const Scene& scene, const OverlapMatrix::Cell& cell) {
  const double gt_area = scene.gts.areas[cell.gt];
  const double cut = gt_area - cell.area;
  // Of a self-crossing outline more may be shared than the area it is said to have.
  if (!(cut >= 0 && gt_area > 0)) return 0;
  return cell.area * tightness(cut / gt_area) / scene.united(cell);
}

double tiou_precision(const Scene& scene, const OverlapMatrix::Cell& cell, Effort& effort) {
  const double det_area = scene.dets.areas[cell.det];
  double outlier = outlier_area(scene, cell, effort);
  if (outlier <= kNoOutlier) outlier = 0;
  if (!(outlier <= det_area + kOutlierSlack && det_area > 0)) return 0;
  return cell.area * tightness(outlier / det_area) / scene.united(cell);
}

class TiouComparison : public Comparison {
 public:
  TiouComparison(MatchTable table, std::vector<Worth> worths) : table_(std::move(table)), worths_(std::move(worths)) {}

  void tally(std::span<const std::uint8_t> keep, std::span<Tally> levels) const override {
    std::vector<std::int32_t> matched_gt;
    levels[0] = sum_up(count_matches(table_, keep, &matched_gt), matched_gt);
  }

  [[nodiscard]] Explanation explain(std::span<const std::uint8_t> keep, std::size_t) const override {
    std::vector<std::int32_t> matched_gt;
    const ImageCounts counts = count_matches(table_, keep, &matched_gt);
    const Tally tally = sum_up(counts, matched_gt);
    Explanation why = explain_matches(table_, Kept(keep, table_.det_roles.size()), counts, matched_gt);
    double iou_sum = 0;
    for (const auto& link : why.links) iou_sum += link.overlap;
    why.counts.insert(
        why.counts.end(),
        {{"iouSum", iou_sum}, {"recallAccum", tally.recall_hits}, {"precisionAccum", tally.precision_hits}});
    return why;
  }

 private:
  static bool is_matched(const MatchTable::Pair& pair, const std::vector<std::int32_t>& matched_gt) {
    return matched_gt[pair.det] == static_cast<std::int32_t>(pair.gt);
  }

  [[nodiscard]] Tally sum_up(const ImageCounts& counts, const std::vector<std::int32_t>& matched_gt) const {
    Tally tally{0, static_cast<double>(counts.gt_care), 0, static_cast<double>(counts.det_care)};
    for (std::size_t i = 0; i < table_.pairs.size(); ++i) {
      if (!is_matched(table_.pairs[i], matched_gt)) continue;
      tally.recall_hits += worths_[i].recall;
      tally.precision_hits += worths_[i].precision;
    }
    return tally;
  }

  MatchTable table_;
  std::vector<Worth> worths_;  // parallel to table_.pairs
};

class TiouScorer : public Scorer {
 public:
  TiouScorer(Protocol protocol, const GroundTruth& gt) : tight_(protocol == Protocol::tiou) {
    check_ignore(gt);
    gts_ = polygon3_shapes(gt.polygons, "ground truth", name());
    index_ = ExtentIndex(gts_.extents);
    for (const auto ignored : gt.ignore) roles_.push_back(ignored ? Role::dont_care : Role::care);
  }

  [[nodiscard]] const PolygonSet& area_polygons() const override { return gts_.polygons; }

  [[nodiscard]] std::unique_ptr<Comparison> compare(const Detections& detections) const override {
    const Shapes dets = polygon3_shapes(detections.polygons, "detection", name());
    const SharedAreas areas(detections.known, detections.polygons, dets.polygons);
    const auto shared_area = [&](std::size_t g, std::size_t d) {
      return areas.area(g, gts_.polygons[g], d, dets.polygons[d]);
    };
    const OverlapMatrix matrix = overlap_matrix(gts_.size(), index_, dets.extents, shared_area);
    const Scene scene{gts_, dets, matrix};

    MatchTable table{roles_, std::vector<Role>(dets.size(), Role::care), {}};
    for (const auto& cell : matrix.cells) {
      if (roles_[cell.gt] != Role::dont_care || dets.areas[cell.det] == 0) continue;
      if (cell.area / dets.areas[cell.det] > kMinDontCareShare) table.det_roles[cell.det] = Role::dont_care;
    }
    std::vector<Worth> worths;
    Effort effort = cutting_effort();
    for (const auto& cell : matrix.cells) {
      if (roles_[cell.gt] != Role::care || table.det_roles[cell.det] != Role::care) continue;
      const double united = scene.united(cell);
      const double iou = united == 0 ? 0 : cell.area / united;
      if (!(iou > kMinIou)) continue;
      table.pairs.push_back({cell.gt, cell.det, iou});
      worths.push_back(tight_ ? Worth{tiou_recall(scene, cell), tiou_precision(scene, cell, effort)} : Worth{iou, iou});
    }
    return std::make_unique<TiouComparison>(std::move(table), std::move(worths));
  }

 private:
  [[nodiscard]] const char* name() const { return tight_ ? "tiou" : "siou"; }

  bool tight_;
  Shapes gts_;
  std::vector<Role> roles_;
  ExtentIndex index_;
};

}  // namespace

std::unique_ptr<Scorer> tiou_scorer(Protocol protocol, const GroundTruth& gt) {
  return std::make_unique<TiouScorer>(protocol, gt);
}

}  // namespace thresher
