#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "check_ground_truth.hpp"
#include "kept.hpp"
#include "linked_fates.hpp"
#include "overlap_matrix.hpp"
#include "protocols.hpp"
#include "scorers.hpp"
#include "thresher/geometry/polygon_overlap.hpp"

// DetEval (C. Wolf and J.-M. Jolion, IJDAR 8, 2006) in the three forms that MhLiao/DB carries:
// concern/icdar2015_eval/detection/{deteval,icdar2013,mtwi2018}.py. Polygons are those of the iou protocol: shapely's,
// float, invalid ones left out. icdar2013.py ends in a NameError at its first one-to-many match, where it writes its
// log; that is not reproduced.
//
// An image: without detections 0, 0, 0, but 1, 1 and H-Mean 0 if it has no ground truth either; with detections and
// no ground truth that counts recall 1, precision 0, H-Mean 0. Don't-care ground truth alone, without detections, is
// 0, 0, 0. Data set: 0 where a denominator is 0. Recall and precision have hits of their own.

namespace thresher {
namespace {

struct Rules {
  double recall;           ///< share of a ground truth that a detection must hold
  double precision;        ///< share of a detection that a ground truth must hold
  double dont_care_share;  ///< share of a detection above which don't care takes it
  bool strict;             ///< DetEval proper: one-to-one only without other overlaps, one-to-many only with
  bool logarithmic;        ///< MTWI: n pieces are worth n / (1 + ln n) instead of 0.8 each
};

Rules rules_of(Protocol protocol) {
  switch (protocol) {
    case Protocol::deteval:
      return {0.8, 0.4, 0.4, true, false};
    case Protocol::icdar2013:
      return {0.8, 0.4, 0.4, false, false};
    default:
      return {0.7, 0.7, 0.5, false, true};
  }
}

/// Both are compared with >=, after rounding as NumPy does.
bool reaches(double sum, double limit) {
  return std::nearbyint(sum * 1e4) / 1e4 >= limit;
}

/// What matching asks about a polygon beside its overlaps.
struct Place {
  PointD mean;      ///< of the vertices
  double diagonal;  ///< of the box around it
};

Place place_of(std::span<const PointD> polygon) {
  const auto count = static_cast<double>(polygon.size());
  Place place{{0, 0}, 0};
  for (const PointD p : polygon) place.mean = {place.mean.x + p.x, place.mean.y + p.y};
  place.mean = {place.mean.x / count, place.mean.y / count};
  const Extent extent = extent_of(polygon);
  place.diagonal = std::sqrt(extent.width() * extent.width() + extent.height() * extent.height());
  return place;
}

std::vector<Place> places_of(const Shapes& shapes) {
  std::vector<Place> places(shapes.size());
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (shapes.valid[i]) places[i] = place_of(shapes.polygons[i]);
  }
  return places;
}

bool are_near(const Place& a, const Place& b) {
  const double dx = a.mean.x - b.mean.x;
  const double dy = a.mean.y - b.mean.y;
  return std::sqrt(dx * dx + dy * dy) / (a.diagonal + b.diagonal) * 2 < 1;
}

struct Pair {
  std::uint32_t gt;
  std::uint32_t det;
  double recall;
  double precision;
  bool fits;  ///< both shares suffice
  bool near;
};

/// What the geometry of an image says, as far as it does not depend on which detections count.
struct Table {
  OverlapMatrix matrix;
  std::vector<Pair> pairs;  ///< parallel to matrix.cells
  std::vector<Fate> gt_fates;
  std::vector<Fate> det_fates;
  std::vector<std::uint32_t> fits_of_det;      ///< ground truths of any kind that fit
  std::vector<std::uint32_t> overlaps_of_det;  ///< ground truths that count and touch

  [[nodiscard]] bool gt_cares(std::size_t gt) const { return gt_fates[gt] == Fate::missed; }
  [[nodiscard]] bool det_cares(std::size_t det) const { return det_fates[det] == Fate::false_alarm; }
  [[nodiscard]] std::span<const Pair> row(std::size_t gt) const {
    return std::span(pairs).subspan(matrix.rows[gt], matrix.rows[gt + 1] - matrix.rows[gt]);
  }
};

/// One pass of the three kinds of matching over the detections that are kept.
class Matching {
 public:
  Matching(const Table& table, const Rules& rules, const Kept& kept, Explanation* why)
      : table_(table),
        rules_(rules),
        kept_(kept),
        why_(why),
        gt_matched_(table.gt_fates.size(), 0),
        det_matched_(table.det_fates.size(), 0) {
    for (std::size_t g = 0; g < gt_matched_.size(); ++g) match_one(g);
    for (std::size_t g = 0; g < gt_matched_.size(); ++g) match_many_detections(g);
    for (std::size_t d = 0; d < det_matched_.size(); ++d) match_many_ground_truths(d);
    for (std::size_t g = 0; g < gt_matched_.size(); ++g) tally.recall_total += table.gt_cares(g);
    for (std::size_t d = 0; d < det_matched_.size(); ++d) tally.precision_total += table.det_cares(d) && kept(d);
  }

  Tally tally;
  std::uint32_t one_to_one = 0;
  std::uint32_t one_to_many = 0;
  std::uint32_t many_to_one = 0;

 private:
  void match_one(std::size_t gt) {
    if (!table_.gt_cares(gt)) return;
    const Pair* only = nullptr;
    std::size_t fits = 0;
    std::size_t overlaps = 0;
    for (const Pair& pair : table_.row(gt)) {
      if (!kept_(pair.det)) continue;
      if (pair.fits) only = &pair;
      fits += pair.fits;
      overlaps += table_.det_cares(pair.det);
    }
    if (fits != 1 || !table_.det_cares(only->det) || det_matched_[only->det]) return;
    if (table_.fits_of_det[only->det] != 1 || !only->near) return;
    if (rules_.strict && (overlaps != 1 || table_.overlaps_of_det[only->det] != 1)) return;
    add_single(*only);
  }

  void match_many_detections(std::size_t gt) {
    if (!table_.gt_cares(gt) || gt_matched_[gt]) return;
    group_.clear();
    double sum = 0;
    std::size_t overlaps = 0;
    for (const Pair& pair : table_.row(gt)) {
      if (!kept_(pair.det) || !table_.det_cares(pair.det)) continue;
      ++overlaps;
      if (det_matched_[pair.det] || !(pair.precision >= rules_.precision)) continue;
      sum += pair.recall;
      group_.push_back(&pair);
    }
    if (!reaches(sum, rules_.recall) || (rules_.strict && overlaps < 2)) return;
    if (group_.size() == 1) return add_single(*group_[0]);
    const auto count = static_cast<double>(group_.size());
    tally.recall_hits += rules_.logarithmic ? 1 : 0.8;
    tally.precision_hits += rules_.logarithmic ? count / (1 + std::log(count)) : 0.8 * count;
    ++one_to_many;
    link_group();
  }

  void match_many_ground_truths(std::size_t det) {
    if (!table_.det_cares(det) || !kept_(det) || det_matched_[det]) return;
    group_.clear();
    double sum = 0;
    for (const std::uint32_t place : table_.matrix.column(det)) {
      const Pair& pair = table_.pairs[place];
      if (!table_.gt_cares(pair.gt) || gt_matched_[pair.gt] || !(pair.recall >= rules_.recall)) continue;
      sum += pair.precision;
      group_.push_back(&pair);
    }
    if (!reaches(sum, rules_.precision) || (rules_.strict && table_.overlaps_of_det[det] < 2)) return;
    if (group_.size() == 1) return add_single(*group_[0]);
    const auto count = static_cast<double>(group_.size());
    tally.recall_hits += rules_.logarithmic ? count / (1 + std::log(count)) : count;
    tally.precision_hits += 1;
    ++many_to_one;
    link_group();
  }

  void add_single(const Pair& pair) {
    tally.recall_hits += 1;
    tally.precision_hits += 1;
    ++one_to_one;
    link(pair);
  }

  void link_group() {
    for (const Pair* pair : group_) link(*pair);
  }

  void link(const Pair& pair) {
    gt_matched_[pair.gt] = 1;
    det_matched_[pair.det] = 1;
    if (why_ != nullptr) why_->links.push_back({pair.gt, pair.det, pair.precision});
  }

  const Table& table_;
  const Rules& rules_;
  const Kept& kept_;
  Explanation* why_;
  std::vector<std::uint8_t> gt_matched_;
  std::vector<std::uint8_t> det_matched_;
  std::vector<const Pair*> group_;
};

class DetevalComparison : public Comparison {
 public:
  DetevalComparison(Table table, const Rules& rules) : table_(std::move(table)), rules_(rules) {}

  void tally(std::span<const std::uint8_t> keep, std::span<Tally> levels) const override {
    const Kept kept(keep, table_.det_fates.size());
    levels[0] = Matching(table_, rules_, kept, nullptr).tally;
  }

  [[nodiscard]] Explanation explain(std::span<const std::uint8_t> keep, std::size_t) const override {
    const Kept kept(keep, table_.det_fates.size());
    Explanation why{table_.gt_fates, table_.det_fates, {}, {}};
    const Matching matching(table_, rules_, kept, &why);
    apply_links(why);
    why.counts = {{"recallAccum", matching.tally.recall_hits}, {"precisionAccum", matching.tally.precision_hits},
                  {"gtCare", matching.tally.recall_total},     {"detCare", matching.tally.precision_total},
                  {"oneToOne", matching.one_to_one},           {"oneToMany", matching.one_to_many},
                  {"manyToOne", matching.many_to_one}};
    return why;
  }

 private:
  Table table_;
  Rules rules_;
};

class DetevalScorer : public Scorer {
 public:
  DetevalScorer(Protocol protocol, const GroundTruth& gt) : rules_(rules_of(protocol)) {
    check_ignore(gt);
    gt_ = iou_shapes(gt.polygons);
    places_ = places_of(gt_);
    index_ = ExtentIndex(gt_.extents);
    for (std::size_t g = 0; g < gt_.size(); ++g) {
      fates_.push_back(!gt_.valid[g] ? Fate::invalid : gt.ignore[g] ? Fate::dont_care : Fate::missed);
    }
  }

  [[nodiscard]] std::unique_ptr<Comparison> compare(const Detections& detections) const override {
    const Shapes dets = iou_shapes(detections.polygons);
    const std::vector<Place> places = places_of(dets);
    Table table;
    table.matrix = overlap_matrix(gt_.size(), index_, dets.extents, [&](std::size_t g, std::size_t d) {
      return overlap_area(gt_.polygons[g], dets.polygons[d]);
    });
    table.gt_fates = fates_;
    table.det_fates.assign(dets.size(), Fate::false_alarm);
    table.fits_of_det.assign(dets.size(), 0);
    table.overlaps_of_det.assign(dets.size(), 0);
    for (std::size_t d = 0; d < dets.size(); ++d) {
      if (!dets.valid[d]) table.det_fates[d] = Fate::invalid;
    }
    for (const auto& [g, d, area] : table.matrix.cells) {
      const double recall = gt_.areas[g] == 0 ? 0 : area / gt_.areas[g];
      const double precision = dets.areas[d] == 0 ? 0 : area / dets.areas[d];
      const bool fits = recall >= rules_.recall && precision >= rules_.precision;
      table.pairs.push_back({g, d, recall, precision, fits, are_near(places_[g], places[d])});
      table.fits_of_det[d] += fits;
      table.overlaps_of_det[d] += fates_[g] == Fate::missed;
      if (fates_[g] == Fate::dont_care && precision > rules_.dont_care_share) table.det_fates[d] = Fate::dont_care;
    }
    return std::make_unique<DetevalComparison>(std::move(table), rules_);
  }

 private:
  Rules rules_;
  Shapes gt_;
  std::vector<Place> places_;
  std::vector<Fate> fates_;
  ExtentIndex index_;
};

}  // namespace

std::unique_ptr<Scorer> deteval_scorer(Protocol protocol, const GroundTruth& gt) {
  return std::make_unique<DetevalScorer>(protocol, gt);
}

}  // namespace thresher
