#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "check_ground_truth.hpp"
#include "group_comparison.hpp"
#include "polygon3.hpp"
#include "scorers.hpp"
#include "shared_areas.hpp"
#include "tedeval_shapes.hpp"
#include "thresher/geometry/polygon_overlap.hpp"

// TedEval (C. Y. Lee, Y. Baek, H. Lee, "TedEval: A Fair Evaluation Metric for Scene Text Detectors", 2019), as
// script.py of clovaai/TedEval computes it: quadrilaterals of 32-bit integers, ground truth with transcriptions, whose
// lengths say at how many points a line is looked at. The three kinds of matching do not exclude one another, and each
// matched polygon is worth the part of the points that is found: of a ground truth those in exactly one of its
// detections, of a detection those of its ground truths that it holds.
//
// Don't care is cut out of the detections that overlap it, after what counts was cut out of don't care; so what a
// detection shares with ground truth that counts is the same before and after, and don't care shares nothing any more.
// Where the script fails with an error, for a match with an empty transcription or a centre of gravity of no area, an
// empty transcription is refused here and such a centre is near nothing and on any line.
//
// An image: recall 1 without ground truth that counts, and then precision 1 without detections that count and 0 with;
// otherwise precision 0 without detections. Data set: 0 where a denominator is 0. Recall and precision have hits of
// their own.

namespace thresher {
namespace {

constexpr double kMinRecall = 0.4;
constexpr double kMinPrecision = 0.4;

void check_quads(const PolygonSet& polygons, const char* what) {
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    if (polygons[i].size() == 4) continue;
    throw std::invalid_argument(std::string(what) + " " + std::to_string(i) + " has " +
                                std::to_string(polygons[i].size()) + " vertices; tedeval reads quadrilaterals.");
  }
}

std::vector<Pivot> pivots_of(const PolygonSet& polygons) {
  std::vector<Pivot> pivots;
  for (std::size_t i = 0; i < polygons.size(); ++i) pivots.push_back(pivot_of(polygons[i]));
  return pivots;
}

/// Ground truth that counts and a detection that share area.
struct Pair {
  std::uint32_t gt = 0;
  std::uint32_t det = 0;
  double recall = 0;
  double precision = 0;
  bool fits = false;            ///< both shares suffice
  bool near = false;            ///< so do the centres
  std::uint32_t found = 0;      ///< the ground truth's points in the detection
  std::size_t first_point = 0;  ///< its points in Table::points, one flag each, if either share suffices
};

struct Table : GroupTable {
  std::vector<Pair> pairs;           ///< parallel to matrix.cells; those of don't care are empty
  std::vector<std::uint8_t> points;  ///< 1: in the detection
  std::vector<std::uint32_t> gt_points;
  std::vector<std::uint32_t> fits_of_det;
  std::vector<std::uint8_t> merges;  ///< whether a detection matches several ground truths
  std::vector<Pivot> det_pivots;
};

/// One pass over the detections that are kept.
class Matching {
 public:
  Matching(const Table& table, const Kept& kept) : matched(table.pairs.size(), 0), table_(table), kept_(kept) {
    count_totals(table, kept, counts.tally);
    for (std::size_t d = 0; d < table.det_fates.size(); ++d) match_many_ground_truths(d);
    for (std::size_t g = 0; g < table.gt_fates.size(); ++g) {
      if (table.gt_cares(g)) match_ground_truth(g);
    }
    for (std::size_t g = 0; g < table.gt_fates.size(); ++g) add_recall(g);
    for (std::size_t d = 0; d < table.det_fates.size(); ++d) add_precision(d);
  }

  std::vector<std::uint8_t> matched;  ///< one a pair
  GroupCounts counts;

 private:
  void match_many_ground_truths(std::size_t det) {
    if (!table_.merges[det] || !kept_(det)) return;
    ++counts.many_to_one;
    for (const std::uint32_t place : table_.matrix.column(det)) {
      if (table_.gt_cares(table_.pairs[place].gt) && table_.pairs[place].recall >= kMinRecall) matched[place] = 1;
    }
  }

  /// One-to-one and one-to-many.
  void match_ground_truth(std::size_t gt) {
    group_.clear();
    group_pivots_.clear();
    double sum = 0;
    std::size_t fits = 0;
    std::uint32_t only = 0;
    for (std::uint32_t place = table_.matrix.rows[gt]; place < table_.matrix.rows[gt + 1]; ++place) {
      const Pair& pair = table_.pairs[place];
      if (!kept_(pair.det)) continue;
      if (pair.fits) {
        ++fits;
        only = place;
      }
      if (!table_.det_cares(pair.det) || !(pair.precision >= kMinPrecision)) continue;
      sum += pair.recall;
      group_.push_back(place);
      group_pivots_.push_back(&table_.det_pivots[pair.det]);
    }
    if (fits == 1) {
      const Pair& pair = table_.pairs[only];
      if (table_.det_cares(pair.det) && table_.fits_of_det[pair.det] == 1 && pair.near) {
        ++counts.one_to_one;
        matched[only] = 1;
      }
    }
    if (group_.size() >= 2 && sum >= kMinRecall && !are_on_several_lines(group_pivots_)) {
      ++counts.one_to_many;
      for (const std::uint32_t place : group_) matched[place] = 1;
    }
  }

  void add_recall(std::size_t gt) {
    times_found_.assign(table_.gt_points[gt], 0);
    bool any = false;
    for (std::uint32_t place = table_.matrix.rows[gt]; place < table_.matrix.rows[gt + 1]; ++place) {
      if (!matched[place]) continue;
      any = true;
      const std::size_t first = table_.pairs[place].first_point;
      for (std::size_t i = 0; i < times_found_.size(); ++i) times_found_[i] += table_.points[first + i];
    }
    if (!any) return;
    const auto found = std::count(times_found_.begin(), times_found_.end(), 1U);
    counts.tally.recall_hits += static_cast<double>(found) / static_cast<double>(times_found_.size());
  }

  void add_precision(std::size_t det) {
    std::uint64_t found = 0;
    std::uint64_t points = 0;
    for (const std::uint32_t place : table_.matrix.column(det)) {
      if (!matched[place]) continue;
      found += table_.pairs[place].found;
      points += table_.gt_points[table_.pairs[place].gt];
    }
    if (points > 0) counts.tally.precision_hits += static_cast<double>(found) / static_cast<double>(points);
  }

  const Table& table_;
  const Kept& kept_;
  std::vector<const Pivot*> group_pivots_;
  std::vector<std::uint32_t> group_;
  std::vector<std::uint32_t> times_found_;
};

GroupCounts count(const Table& table, const Kept& kept, Links* links) {
  const Matching matching(table, kept);
  for (std::size_t i = 0; links != nullptr && i < table.pairs.size(); ++i) {
    const Pair& pair = table.pairs[i];
    if (matching.matched[i]) links->push_back({pair.gt, pair.det, pair.precision});
  }
  return matching.counts;
}

class TedevalScorer : public Scorer {
 public:
  explicit TedevalScorer(const GroundTruth& gt) {
    check_ignore(gt);
    check_quads(gt.polygons, "ground truth");
    check_texts(gt);
    gts_ = polygon3_shapes(gt.polygons, "ground truth", "tedeval");
    pivots_ = pivots_of(gts_.polygons);
    index_ = ExtentIndex(gts_.extents);
    if (std::ranges::any_of(gt.ignore, [](auto ignored) { return ignored != 0; })) check_pairs(index_, gts_.extents);
    Effort cutting = cutting_effort();
    for (const auto ignored : gt.ignore) fates_.push_back(ignored ? Fate::dont_care : Fate::missed);
    for (std::size_t g = 0; g < gts_.size(); ++g) {
      regions_.push_back(cares(g) ? DontCareRegion{} : region_of(g, cutting));
      chars_.push_back(cares(g) ? char_centers(gts_.polygons[g], gt.texts[g].size()) : CharCenters{});
    }
  }

  [[nodiscard]] const PolygonSet& area_polygons() const override { return gts_.polygons; }

  [[nodiscard]] std::unique_ptr<Comparison> compare(const Detections& detections) const override {
    check_quads(detections.polygons, "detection");
    const Shapes dets = polygon3_shapes(detections.polygons, "detection", "tedeval");
    const SharedAreas areas(detections.known, detections.polygons, dets.polygons);
    Effort cutting = cutting_effort();
    Effort looking = looking_effort();
    Table table;
    table.matrix = overlap_matrix(gts_.size(), index_, dets.extents, [&](std::size_t g, std::size_t d) {
      const auto det = dets.polygons[d];
      return cares(g) ? areas.area(g, gts_.polygons[g], d, det) : overlap_area(regions_[g], det, cutting);
    });
    check_groups(table.matrix);
    table.pairs.resize(table.matrix.cells.size());
    table.gt_fates = fates_;
    for (const CharCenters& chars : chars_) table.gt_points.push_back(static_cast<std::uint32_t>(chars.size()));
    table.det_pivots = pivots_of(dets.polygons);
    table.fits_of_det.assign(dets.size(), 0);
    for (std::size_t d = 0; d < dets.size(); ++d) {
      table.det_fates.push_back(is_dont_care(table.matrix, d, dets.areas[d]) ? Fate::dont_care : Fate::false_alarm);
      const CutPolygon det(dets.polygons[d], dets.areas[d], cuts_of(table.matrix, d), cutting);
      for (const std::uint32_t place : table.matrix.column(d)) add_pair(table, place, det, looking);
      table.merges.push_back(merges(table, d));
    }
    return std::make_unique<GroupComparison<Table>>(std::move(table), count);
  }

 private:
  /// In a group each is looked at from each other, in every tally.
  static void check_groups(const OverlapMatrix& matrix) {
    Effort joining(kMostJoined, "looks from box to box to see which are on one line");
    const auto spend = [&](std::uint64_t members) { joining.spend(members * members); };
    for (std::size_t g = 0; g < matrix.gts(); ++g) spend(matrix.row(g).size());
    for (std::size_t d = 0; d < matrix.dets(); ++d) spend(matrix.column(d).size());
  }

  static void check_texts(const GroundTruth& gt) {
    if (gt.texts.size() != gt.polygons.size()) {
      throw std::invalid_argument("ground truth has " + std::to_string(gt.polygons.size()) + " polygons and " +
                                  std::to_string(gt.texts.size()) + " transcriptions; tedeval counts characters.");
    }
    for (std::size_t g = 0; g < gt.texts.size(); ++g) {
      if (gt.ignore[g] || !gt.texts[g].empty()) continue;
      throw std::invalid_argument("ground truth " + std::to_string(g) +
                                  " has no transcription; tedeval counts characters. Ignore it or give its text.");
    }
  }

  [[nodiscard]] bool cares(std::size_t gt) const { return fates_[gt] != Fate::dont_care; }

  [[nodiscard]] DontCareRegion region_of(std::size_t gt, Effort& cutting) const {
    DontCareRegion region{gts_.polygons[gt], {}, gts_.areas[gt]};
    std::vector<std::uint32_t> near;
    index_.find(gts_.extents[gt], near);
    for (const std::uint32_t other : near) {
      if (cares(other) && overlap_area(gts_.polygons[other], gts_.polygons[gt]) > 0) {
        region.holes.push_back(gts_.polygons[other]);
      }
    }
    if (!region.holes.empty()) region.area = overlap_area(region, region.outline, cutting);
    return region;
  }

  /// Share of a region that a detection holds.
  [[nodiscard]] double recall_of(const OverlapMatrix::Cell& cell) const {
    const double area = cares(cell.gt) ? gts_.areas[cell.gt] : regions_[cell.gt].area;
    return area == 0 ? 0 : cell.area / area;
  }

  [[nodiscard]] bool is_dont_care(const OverlapMatrix& matrix, std::size_t det, double det_area) const {
    double sum = 0;
    bool covered = false;
    for (const std::uint32_t place : matrix.column(det)) {
      const auto& cell = matrix.cells[place];
      if (cares(cell.gt)) continue;
      const double precision = det_area == 0 ? 0 : cell.area / det_area;
      if (recall_of(cell) > kMinRecall) sum += precision;
      covered = covered || precision > kMinPrecision;
    }
    return covered || sum >= kMinPrecision;
  }

  [[nodiscard]] std::vector<const DontCareRegion*> cuts_of(const OverlapMatrix& matrix, std::size_t det) const {
    std::vector<const DontCareRegion*> cuts;
    for (const std::uint32_t place : matrix.column(det)) {
      const auto& cell = matrix.cells[place];
      if (!cares(cell.gt) && recall_of(cell) > 0) cuts.push_back(&regions_[cell.gt]);
    }
    return cuts;
  }

  void add_pair(Table& table, std::uint32_t place, const CutPolygon& det, Effort& looking) const {
    const auto& cell = table.matrix.cells[place];
    Pair& pair = table.pairs[place];
    pair.gt = cell.gt;
    pair.det = cell.det;
    if (!cares(cell.gt)) return;
    pair.recall = recall_of(cell);
    pair.precision = det.area == 0 ? 0 : cell.area / det.area;
    pair.fits = pair.recall >= kMinRecall && pair.precision >= kMinPrecision;
    pair.near = are_near(pivots_[cell.gt], table.det_pivots[cell.det], det.center);
    table.fits_of_det[cell.det] += pair.fits;
    if (!(pair.recall >= kMinRecall || pair.precision >= kMinPrecision)) return;
    looking.spend(chars_[cell.gt].size() * det.outlines);
    pair.first_point = table.points.size();
    for (const PointD center : chars_[cell.gt]) {
      const bool found = det.holds(center);
      table.points.push_back(found);
      pair.found += found;
    }
  }

  static bool are_near(const Pivot& gt, const Pivot& det, PointD det_center) {
    const double dx = std::fabs(gt.center.x - det_center.x);
    const double dy = std::fabs(gt.center.y - det_center.y);
    return std::sqrt(dx * dx + dy * dy) / (gt.diagonal + det.diagonal) * 2 < 1;
  }

  [[nodiscard]] bool merges(const Table& table, std::size_t det) const {
    if (!table.det_cares(det)) return false;
    std::vector<const Pivot*> pivots;
    double sum = 0;
    for (const std::uint32_t place : table.matrix.column(det)) {
      const Pair& pair = table.pairs[place];
      if (!cares(pair.gt) || !(pair.recall >= kMinRecall)) continue;
      sum += pair.precision;
      pivots.push_back(&pivots_[pair.gt]);
    }
    return pivots.size() >= 2 && sum >= kMinPrecision && !are_on_several_lines(pivots);
  }

  Shapes gts_;
  std::vector<Pivot> pivots_;
  std::vector<Fate> fates_;
  std::vector<DontCareRegion> regions_;  // one a ground truth, empty for those that count
  std::vector<CharCenters> chars_;       // likewise, empty for don't care
  ExtentIndex index_;
};

}  // namespace

std::unique_ptr<Scorer> tedeval_scorer(const GroundTruth& gt) {
  return std::make_unique<TedevalScorer>(gt);
}

}  // namespace thresher
