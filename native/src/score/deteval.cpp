#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "check_ground_truth.hpp"
#include "exclusive_matches.hpp"
#include "protocols.hpp"
#include "scorers.hpp"
#include "shared_areas.hpp"
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

  [[nodiscard]] Explanation::Link link() const { return {gt, det, precision}; }
};

struct Table : GroupTable {
  Rules rules{};
  std::vector<Pair> pairs;                     ///< parallel to matrix.cells
  std::vector<std::uint32_t> fits_of_det;      ///< ground truths of any kind that fit
  std::vector<std::uint32_t> overlaps_of_det;  ///< ground truths that count and touch

  [[nodiscard]] std::span<const Pair> row(std::size_t gt) const {
    return std::span(pairs).subspan(matrix.rows[gt], matrix.rows[gt + 1] - matrix.rows[gt]);
  }
};

/// One pass of the three kinds of matching over the detections that are kept.
class Matching {
 public:
  Matching(const Table& table, const Kept& kept, Links* links)
      : table_(table), rules_(table.rules), kept_(kept), matches_(table, kept, links) {
    const std::size_t gts = table.gt_fates.size();
    for (std::size_t g = 0; g < gts; ++g) match_one(g);
    for (std::size_t g = 0; g < gts; ++g) match_many_detections(g);
    for (std::size_t d = 0; d < table.det_fates.size(); ++d) match_many_ground_truths(d);
  }

  [[nodiscard]] const GroupCounts& counts() const { return matches_.counts(); }

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
    if (fits != 1 || !table_.det_cares(only->det) || matches_.has_det(only->det)) return;
    if (table_.fits_of_det[only->det] != 1 || !only->near) return;
    if (rules_.strict && (overlaps != 1 || table_.overlaps_of_det[only->det] != 1)) return;
    matches_.add(only->link());
  }

  void match_many_detections(std::size_t gt) {
    if (!table_.gt_cares(gt) || matches_.has_gt(gt)) return;
    group_.clear();
    double sum = 0;
    std::size_t overlaps = 0;
    for (const Pair& pair : table_.row(gt)) {
      if (!kept_(pair.det) || !table_.det_cares(pair.det)) continue;
      ++overlaps;
      if (matches_.has_det(pair.det) || !(pair.precision >= rules_.precision)) continue;
      sum += pair.recall;
      group_.push_back(pair.link());
    }
    if (!reaches(sum, rules_.recall) || (rules_.strict && overlaps < 2)) return;
    if (group_.size() == 1) return matches_.add(group_[0]);
    const auto count = static_cast<double>(group_.size());
    if (rules_.logarithmic) {
      matches_.add_split(group_, 1, count / (1 + std::log(count)));
    } else {
      matches_.add_split(group_, 0.8, 0.8 * count);
    }
  }

  void match_many_ground_truths(std::size_t det) {
    if (!table_.det_cares(det) || !kept_(det) || matches_.has_det(det)) return;
    group_.clear();
    double sum = 0;
    for (const std::uint32_t place : table_.matrix.column(det)) {
      const Pair& pair = table_.pairs[place];
      if (!table_.gt_cares(pair.gt) || matches_.has_gt(pair.gt) || !(pair.recall >= rules_.recall)) continue;
      sum += pair.precision;
      group_.push_back(pair.link());
    }
    if (!reaches(sum, rules_.precision) || (rules_.strict && table_.overlaps_of_det[det] < 2)) return;
    if (group_.size() == 1) return matches_.add(group_[0]);
    const auto count = static_cast<double>(group_.size());
    matches_.add_merge(group_, rules_.logarithmic ? count / (1 + std::log(count)) : count, 1);
  }

  const Table& table_;
  const Rules& rules_;
  const Kept& kept_;
  ExclusiveMatches matches_;
  Links group_;
};

GroupCounts count(const Table& table, const Kept& kept, Links* links) {
  return Matching(table, kept, links).counts();
}

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

  [[nodiscard]] const PolygonSet& area_polygons() const override { return gt_.polygons; }

  [[nodiscard]] std::unique_ptr<Comparison> compare(const Detections& detections) const override {
    const Shapes dets = iou_shapes(detections.polygons);
    const SharedAreas areas(detections.known, detections.polygons, dets.polygons);
    const std::vector<Place> places = places_of(dets);
    Table table;
    table.rules = rules_;
    table.matrix = overlap_matrix(gt_.size(), index_, dets.extents, [&](std::size_t g, std::size_t d) {
      return areas.area(g, gt_.polygons[g], d, dets.polygons[d]);
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
    return std::make_unique<GroupComparison<Table>>(std::move(table), count);
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
