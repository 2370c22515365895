#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "check_ground_truth.hpp"
#include "exclusive_matches.hpp"
#include "pairwise_sum.hpp"
#include "polygon3.hpp"
#include "scorers.hpp"
#include "shared_areas.hpp"
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

  [[nodiscard]] Explanation::Link link() const { return {gt, det, tau}; }
};

struct Table : GroupTable {
  std::vector<Pair> pairs;  ///< parallel to matrix.cells
  /// Ground truths of which a detection holds enough, and that hold enough of it.
  std::vector<std::uint32_t> sigmas_of_det;
  std::vector<std::uint32_t> taus_of_det;
  std::vector<std::uint32_t> overlaps_of_det;  ///< ground truths that hold any of it after rounding

  [[nodiscard]] std::span<const Pair> row(std::size_t gt) const {
    return std::span(pairs).subspan(matrix.rows[gt], matrix.rows[gt + 1] - matrix.rows[gt]);
  }
};

/// One pass of the three kinds of matching over the detections that are kept. The two thresholds are passed strictly
/// one-to-one, and reached are enough in a group; many-to-one asks of a ground truth's share what else is asked of a
/// detection's.
class Matching {
 public:
  Matching(const Table& table, const Kept& kept, Links* links)
      : table_(table), kept_(kept), matches_(table, kept, links) {
    const std::size_t gts = table.gt_fates.size();
    for (std::size_t g = 0; g < gts; ++g) match_one(g);
    for (std::size_t g = 0; g < gts; ++g) match_many_detections(g);
    for (std::size_t d = 0; d < table.det_fates.size(); ++d) match_many_ground_truths(d);
  }

  [[nodiscard]] const GroupCounts& counts() const { return matches_.counts(); }

 private:
  [[nodiscard]] bool does_count(std::size_t det) const { return table_.det_cares(det) && kept_(det); }

  /// The detection that holds enough of the ground truth and the one that the ground truth holds enough of must each
  /// be the only one, both ways; that they are the same is not asked. The former is the match.
  void match_one(std::size_t gt) {
    if (!table_.gt_cares(gt)) return;
    const Pair* by_sigma = nullptr;
    const Pair* by_tau = nullptr;
    std::size_t sigmas = 0;
    std::size_t taus = 0;
    for (const Pair& pair : table_.row(gt)) {
      if (!does_count(pair.det)) continue;
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
    if (table_.sigmas_of_det[by_sigma->det] == 1 && table_.taus_of_det[by_tau->det] == 1) {
      matches_.add(by_sigma->link());
    }
  }

  void match_many_detections(std::size_t gt) {
    if (!table_.gt_cares(gt) || matches_.has_gt(gt)) return;
    clear_group();
    std::size_t overlaps = 0;
    for (const Pair& pair : table_.row(gt)) {
      if (!does_count(pair.det)) continue;
      overlaps += pair.sigma > 0;
      if (pair.tau >= kMinTau && !matches_.has_det(pair.det)) add_to_group(pair, pair.sigma);
    }
    if (overlaps < 2) return;
    if (group_.size() == 1) {
      if (shares_[0] >= kMinSigma) matches_.add(group_[0]);
    } else if (pairwise_sum(shares_) >= kMinSigma) {
      matches_.add_split(group_, kGroupWorth, static_cast<double>(group_.size()) * kGroupWorth);
    }
  }

  void match_many_ground_truths(std::size_t det) {
    if (!does_count(det) || matches_.has_det(det) || table_.overlaps_of_det[det] < 2) return;
    clear_group();
    double sigma = 0;
    for (const std::uint32_t place : table_.matrix.column(det)) {
      const Pair& pair = table_.pairs[place];
      if (!table_.gt_cares(pair.gt) || matches_.has_gt(pair.gt) || !(pair.sigma >= kMinTau)) continue;
      add_to_group(pair, pair.tau);
      sigma = pair.sigma;
    }
    if (group_.size() == 1) {
      if (shares_[0] >= kMinTau && sigma >= kMinSigma) matches_.add(group_[0]);
    } else if (pairwise_sum(shares_) >= kMinTau) {
      matches_.add_merge(group_, static_cast<double>(group_.size()) * kGroupWorth, kGroupWorth);
    }
  }

  void clear_group() {
    group_.clear();
    shares_.clear();
  }
  void add_to_group(const Pair& pair, double share) {
    group_.push_back(pair.link());
    shares_.push_back(share);
  }

  const Table& table_;
  const Kept& kept_;
  ExclusiveMatches matches_;
  Links group_;
  std::vector<double> shares_;
};

GroupCounts count(const Table& table, const Kept& kept, Links* links) {
  return Matching(table, kept, links).counts();
}

class TotalTextScorer : public Scorer {
 public:
  explicit TotalTextScorer(const GroundTruth& gt) {
    check_ignore(gt);
    const PolygonSet polygons = int32_polygons(gt.polygons, "ground truth", "total-text");
    gts_ = shapes_of(polygons);
    area_polygons_ = plain_polygons(gts_);
    index_ = ExtentIndex(extents_of(polygons));
    for (const auto ignored : gt.ignore) fates_.push_back(ignored ? Fate::dont_care : Fate::missed);
  }

  [[nodiscard]] const PolygonSet& area_polygons() const override { return area_polygons_; }

  [[nodiscard]] std::unique_ptr<Comparison> compare(const Detections& detections) const override {
    const PolygonSet polygons = int32_polygons(detections.polygons, "detection", "total-text");
    const std::vector<Shape> dets = shapes_of(polygons);
    const SharedAreas areas(detections.known, detections.polygons, plain_polygons(dets));
    Table table;
    table.matrix = overlap_matrix(gts_.size(), index_, extents_of(polygons), [&](std::size_t g, std::size_t d) {
      const auto known = areas.find(g, d);
      return known ? *known : overlap_area(gts_[g].repaired, dets[d].repaired);
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
    return std::make_unique<GroupComparison<Table>>(std::move(table), count);
  }

 private:
  std::vector<Shape> gts_;
  std::vector<Fate> fates_;
  PolygonSet area_polygons_;
  ExtentIndex index_;
};

}  // namespace

std::unique_ptr<Scorer> total_text_scorer(const GroundTruth& gt) {
  return std::make_unique<TotalTextScorer>(gt);
}

}  // namespace thresher
