#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "check_ground_truth.hpp"
#include "kept.hpp"
#include "linked_fates.hpp"
#include "overlap_matrix.hpp"
#include "pairwise_sum.hpp"
#include "polygon3.hpp"
#include "scorers.hpp"
#include "thresher/geometry/polygon_measure.hpp"
#include "thresher/geometry/repaired_polygon.hpp"

// DetEval as Total-Text publishes it: Evaluation_Protocol/Python_scripts/Deteval.py with polygon_fast.py. Whole
// coordinates; an area is that of the outline as it came, while what two share is taken from their buffer(0). Where
// that area is 0 the script divides by zero; here a share of nothing is 0. Shares are rounded to two decimals with
// numpy.round before anything is compared. All sums that decide are NumPy's.
//
// An image, and the data set: 0 where a denominator is 0. Recall and precision have hits of their own.

namespace thresher {
namespace {

constexpr double kMinSigma = 0.7;
constexpr double kMinTau = 0.6;
constexpr double kGroupWorth = 0.8;
constexpr double kMinDontCareShare = 0.5;  // compared strictly
constexpr double kAreaOffset = 1;          // added to a detection's area before dividing by it

double rounded_share(double shared, double area) {
  return area == 0 ? 0 : std::nearbyint(shared / area * 100) / 100;
}

struct Shape {
  RepairedPolygon repaired;
  double raw_area = 0;
};

std::vector<Shape> shapes_of(const PolygonSet& polygons) {
  std::vector<Shape> shapes;
  for (std::size_t i = 0; i < polygons.size(); ++i) shapes.push_back({repair(polygons[i]), ring_area(polygons[i])});
  return shapes;
}

std::vector<Extent> extents_of(const PolygonSet& polygons) {
  std::vector<Extent> extents;
  for (std::size_t i = 0; i < polygons.size(); ++i) extents.push_back(extent_of(polygons[i]));
  return extents;
}

struct Pair {
  std::uint32_t gt;
  std::uint32_t det;
  double sigma;  ///< share of the ground truth
  double tau;    ///< share of the detection
};

struct Table {
  OverlapMatrix matrix;
  std::vector<Pair> pairs;  ///< parallel to matrix.cells
  std::vector<Fate> gt_fates;
  std::vector<Fate> det_fates;
  /// Ground truths of which a detection holds enough, and that hold enough of it.
  std::vector<std::uint32_t> sigmas_of_det;
  std::vector<std::uint32_t> taus_of_det;
  std::vector<std::uint32_t> overlaps_of_det;  ///< ground truths that hold any of it after rounding

  [[nodiscard]] bool gt_cares(std::size_t gt) const { return gt_fates[gt] != Fate::dont_care; }
  [[nodiscard]] bool det_cares(std::size_t det) const { return det_fates[det] != Fate::dont_care; }
  [[nodiscard]] std::span<const Pair> row(std::size_t gt) const {
    return std::span(pairs).subspan(matrix.rows[gt], matrix.rows[gt + 1] - matrix.rows[gt]);
  }
};

/// One pass of the three kinds of matching over the detections that are kept. The two thresholds are passed strictly
/// one-to-one, and reached are enough in a group; many-to-one asks of a ground truth's share what else is asked of a
/// detection's.
class Matching {
 public:
  Matching(const Table& table, const Kept& kept, Explanation* why)
      : table_(table),
        kept_(kept),
        why_(why),
        gt_matched_(table.gt_fates.size(), 0),
        det_matched_(table.det_fates.size(), 0) {
    for (std::size_t g = 0; g < gt_matched_.size(); ++g) match_one(g);
    for (std::size_t g = 0; g < gt_matched_.size(); ++g) match_many_detections(g);
    for (std::size_t d = 0; d < det_matched_.size(); ++d) match_many_ground_truths(d);
    for (std::size_t g = 0; g < gt_matched_.size(); ++g) tally.recall_total += table.gt_cares(g);
    for (std::size_t d = 0; d < det_matched_.size(); ++d) tally.precision_total += counts(d);
  }

  Tally tally;
  std::uint32_t one_to_one = 0;
  std::uint32_t one_to_many = 0;
  std::uint32_t many_to_one = 0;

 private:
  [[nodiscard]] bool counts(std::size_t det) const { return table_.det_cares(det) && kept_(det); }

  /// The detection that holds enough of the ground truth and the one that the ground truth holds enough of must each
  /// be the only one, both ways; that they are the same is not asked. The former is the match.
  void match_one(std::size_t gt) {
    if (!table_.gt_cares(gt)) return;
    const Pair* by_sigma = nullptr;
    const Pair* by_tau = nullptr;
    std::size_t sigmas = 0;
    std::size_t taus = 0;
    for (const Pair& pair : table_.row(gt)) {
      if (!counts(pair.det)) continue;
      if (pair.sigma > kMinSigma) {
        by_sigma = &pair;
        ++sigmas;
      }
      if (pair.tau > kMinTau) {
        by_tau = &pair;
        ++taus;
      }
    }
    if (sigmas != 1 || taus != 1) return;
    if (table_.sigmas_of_det[by_sigma->det] == 1 && table_.taus_of_det[by_tau->det] == 1) add_single(*by_sigma);
  }

  void match_many_detections(std::size_t gt) {
    if (!table_.gt_cares(gt) || gt_matched_[gt]) return;
    clear_group();
    std::size_t overlaps = 0;
    for (const Pair& pair : table_.row(gt)) {
      if (!counts(pair.det)) continue;
      overlaps += pair.sigma > 0;
      if (pair.tau >= kMinTau && !det_matched_[pair.det]) add_to_group(pair, pair.sigma);
    }
    if (overlaps < 2) return;
    if (group_.size() == 1) {
      if (group_[0]->sigma >= kMinSigma) add_single(*group_[0]);
    } else if (pairwise_sum(shares_) >= kMinSigma) {
      tally.recall_hits += kGroupWorth;
      tally.precision_hits += static_cast<double>(group_.size()) * kGroupWorth;
      ++one_to_many;
      link_group();
    }
  }

  void match_many_ground_truths(std::size_t det) {
    if (!counts(det) || det_matched_[det] || table_.overlaps_of_det[det] < 2) return;
    clear_group();
    for (const std::uint32_t place : table_.matrix.column(det)) {
      const Pair& pair = table_.pairs[place];
      if (!table_.gt_cares(pair.gt) || gt_matched_[pair.gt]) continue;
      if (pair.sigma >= kMinTau) add_to_group(pair, pair.tau);
    }
    if (group_.size() == 1) {
      if (group_[0]->tau >= kMinTau && group_[0]->sigma >= kMinSigma) add_single(*group_[0]);
    } else if (pairwise_sum(shares_) >= kMinTau) {
      tally.recall_hits += static_cast<double>(group_.size()) * kGroupWorth;
      tally.precision_hits += kGroupWorth;
      ++many_to_one;
      link_group();
    }
  }

  void add_single(const Pair& pair) {
    tally.recall_hits += 1;
    tally.precision_hits += 1;
    ++one_to_one;
    link(pair);
  }

  void clear_group() {
    group_.clear();
    shares_.clear();
  }
  void add_to_group(const Pair& pair, double share) {
    group_.push_back(&pair);
    shares_.push_back(share);
  }
  void link_group() {
    for (const Pair* pair : group_) link(*pair);
  }
  void link(const Pair& pair) {
    gt_matched_[pair.gt] = 1;
    det_matched_[pair.det] = 1;
    if (why_ != nullptr) why_->links.push_back({pair.gt, pair.det, pair.tau});
  }

  const Table& table_;
  const Kept& kept_;
  Explanation* why_;
  std::vector<std::uint8_t> gt_matched_;
  std::vector<std::uint8_t> det_matched_;
  std::vector<const Pair*> group_;
  std::vector<double> shares_;
};

class TotalTextComparison : public Comparison {
 public:
  explicit TotalTextComparison(Table table) : table_(std::move(table)) {}

  void tally(std::span<const std::uint8_t> keep, std::span<Tally> levels) const override {
    levels[0] = Matching(table_, Kept(keep, table_.det_fates.size()), nullptr).tally;
  }

  [[nodiscard]] Explanation explain(std::span<const std::uint8_t> keep, std::size_t) const override {
    Explanation why{table_.gt_fates, table_.det_fates, {}, {}};
    const Kept kept(keep, table_.det_fates.size());
    const Matching matching(table_, kept, &why);
    apply_links(why);
    why.counts = {{"recallAccum", matching.tally.recall_hits}, {"precisionAccum", matching.tally.precision_hits},
                  {"gtCare", matching.tally.recall_total},     {"detCare", matching.tally.precision_total},
                  {"oneToOne", matching.one_to_one},           {"oneToMany", matching.one_to_many},
                  {"manyToOne", matching.many_to_one}};
    return why;
  }

 private:
  Table table_;
};

class TotalTextScorer : public Scorer {
 public:
  explicit TotalTextScorer(const GroundTruth& gt) {
    check_ignore(gt);
    const PolygonSet polygons = int32_polygons(gt.polygons, "ground truth", "total-text");
    gts_ = shapes_of(polygons);
    index_ = ExtentIndex(extents_of(polygons));
    for (const auto ignored : gt.ignore) fates_.push_back(ignored ? Fate::dont_care : Fate::missed);
  }

  [[nodiscard]] std::unique_ptr<Comparison> compare(const Detections& detections) const override {
    const PolygonSet polygons = int32_polygons(detections.polygons, "detection", "total-text");
    const std::vector<Shape> dets = shapes_of(polygons);
    Table table;
    table.matrix = overlap_matrix(gts_.size(), index_, extents_of(polygons), [&](std::size_t g, std::size_t d) {
      return overlap_area(gts_[g].repaired, dets[d].repaired);
    });
    table.gt_fates = fates_;
    table.det_fates.assign(dets.size(), Fate::false_alarm);
    table.sigmas_of_det.assign(dets.size(), 0);
    table.taus_of_det.assign(dets.size(), 0);
    table.overlaps_of_det.assign(dets.size(), 0);
    for (const auto& [g, d, area] : table.matrix.cells) {
      const double sigma = rounded_share(area, gts_[g].raw_area);
      const double tau = rounded_share(area, dets[d].raw_area);
      table.pairs.push_back({g, d, sigma, tau});
      if (fates_[g] == Fate::dont_care) {
        if (area / (dets[d].raw_area + kAreaOffset) > kMinDontCareShare) table.det_fates[d] = Fate::dont_care;
        continue;
      }
      table.sigmas_of_det[d] += sigma > kMinSigma;
      table.taus_of_det[d] += tau > kMinTau;
      table.overlaps_of_det[d] += tau > 0;
    }
    return std::make_unique<TotalTextComparison>(std::move(table));
  }

 private:
  std::vector<Shape> gts_;
  std::vector<Fate> fates_;
  ExtentIndex index_;
};

}  // namespace

std::unique_ptr<Scorer> total_text_scorer(const GroundTruth& gt) {
  return std::make_unique<TotalTextScorer>(gt);
}

}  // namespace thresher
