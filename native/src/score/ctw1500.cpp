#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "kept.hpp"
#include "linked_fates.hpp"
#include "overlap_matrix.hpp"
#include "polygon3.hpp"
#include "scorers.hpp"
#include "shared_areas.hpp"
#include "thresher/geometry/polygon_overlap.hpp"

// CTW1500 as PSENet evaluates it (eval/ctw/eval.py). Each detection in order covers every ground truth not covered
// before of which it reaches the IoU; it is one hit however many it covers, and recall counts hits, not ground truths.
// There is no don't care: flags are not looked at. Where a union has no area the script divides by zero; here the pair
// does not match.
//
// Data set: the script has no answer without detections or without ground truth, where it divides by zero, and does
// not count the ground truth of images for which there is no file of detections. It reports no scores an image.

namespace thresher {
namespace {

constexpr double kMinIou = 0.5;  // reached is enough

struct Table {
  OverlapMatrix matrix;
  std::vector<double> ious;  ///< parallel to matrix.cells
};

class Ctw1500Comparison : public Comparison {
 public:
  explicit Ctw1500Comparison(Table table) : table_(std::move(table)) {}

  void tally(std::span<const std::uint8_t> keep, std::span<Tally> levels) const override {
    levels[0] = count(keep, nullptr);
  }

  [[nodiscard]] Explanation explain(std::span<const std::uint8_t> keep, std::size_t) const override {
    const OverlapMatrix& matrix = table_.matrix;
    Explanation why = explain_unlinked(std::vector<Fate>(matrix.gts(), Fate::missed),
                                       std::vector<Fate>(matrix.dets(), Fate::false_alarm), Kept(keep, matrix.dets()));
    const Tally tally = count(keep, &why);
    why.counts = {{"matched", tally.precision_hits},
                  {"gtCare", tally.recall_total},
                  {"detCare", tally.precision_total},
                  {"gtCovered", static_cast<double>(why.links.size())}};
    return why;
  }

 private:
  Tally count(std::span<const std::uint8_t> keep, Explanation* why) const {
    const OverlapMatrix& matrix = table_.matrix;
    const Kept kept(keep, matrix.dets());
    Tally tally{0, static_cast<double>(matrix.gts()), 0, 0};
    std::vector<std::uint8_t> covered(matrix.gts(), 0);
    for (std::size_t d = 0; d < matrix.dets(); ++d) {
      if (!kept(d)) continue;
      std::size_t covers = 0;
      bool reaches = false;
      for (const std::uint32_t place : matrix.column(d)) {
        const std::uint32_t gt = matrix.cells[place].gt;
        if (!(table_.ious[place] >= kMinIou)) continue;
        reaches = true;
        if (covered[gt]) continue;
        covered[gt] = 1;
        ++covers;
        if (why != nullptr) why->links.push_back({gt, static_cast<std::uint32_t>(d), table_.ious[place]});
      }
      ++tally.precision_total;
      tally.precision_hits += covers > 0;
      if (why != nullptr && reaches)
        why->det[d] = covers > 1 ? Fate::merged : covers ? Fate::matched : Fate::overlapped;
    }
    tally.recall_hits = tally.precision_hits;
    if (why != nullptr) set_gt_fates(*why);
    return tally;
  }

  /// A ground truth has one link at most.
  static void set_gt_fates(Explanation& why) {
    for (const auto& link : why.links) why.gt[link.gt] = why.det[link.det];
    std::sort(why.links.begin(), why.links.end(), [](const auto& a, const auto& b) { return a.gt < b.gt; });
  }

  Table table_;
};

class Ctw1500Scorer : public Scorer {
 public:
  explicit Ctw1500Scorer(const GroundTruth& gt)
      : gts_(polygon3_shapes(gt.polygons, "ground truth", "ctw1500")), index_(gts_.extents) {}

  [[nodiscard]] const PolygonSet& area_polygons() const override { return gts_.polygons; }

  [[nodiscard]] std::unique_ptr<Comparison> compare(const Detections& detections) const override {
    const Shapes dets = polygon3_shapes(detections.polygons, "detection", "ctw1500");
    const SharedAreas areas(detections.known, detections.polygons, dets.polygons);
    Table table;
    table.matrix = overlap_matrix(gts_.size(), index_, dets.extents, [&](std::size_t g, std::size_t d) {
      return areas.area(g, gts_.polygons[g], d, dets.polygons[d]);
    });
    for (const auto& [g, d, area] : table.matrix.cells) {
      const double united = gts_.areas[g] + dets.areas[d] - area;
      table.ious.push_back(united == 0 ? 0 : area / united);
    }
    return std::make_unique<Ctw1500Comparison>(std::move(table));
  }

 private:
  Shapes gts_;
  ExtentIndex index_;
};

}  // namespace

std::unique_ptr<Scorer> ctw1500_scorer(const GroundTruth& gt) {
  return std::make_unique<Ctw1500Scorer>(gt);
}

}  // namespace thresher
