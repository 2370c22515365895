#include <cmath>
#include <numbers>
#include <random>
#include <stdexcept>
#include <vector>

#include "build.hpp"
#include "check.hpp"
#include "thresher/geometry/polygon_measure.hpp"
#include "thresher/geometry/polygon_overlap.hpp"
#include "thresher/geometry/polygon_validity.hpp"
#include "thresher/score/scorer.hpp"

namespace {

using namespace thresher;
using build::Polygon;
using build::polygons;

/// Crowded images: boxes, concave outlines, slivers, crossings and repeats around a few places.
class Scene {
 public:
  explicit Scene(unsigned seed) : random_(seed) {}

  int whole(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }
  double uniform(double low, double high) { return std::uniform_real_distribution(low, high)(random_); }

  Polygon polygon() {
    const int kind = whole(0, 9);
    const PointD centre{20.0 * whole(0, 3) + uniform(-4, 4), 20.0 * whole(0, 3) + uniform(-4, 4)};
    const int n = kind < 6 ? 4 : whole(3, 10);
    Polygon out;
    for (int i = 0; i < n; ++i) {
      // Out of order, and so crossing, once in a while.
      const double angle = 2 * std::numbers::pi * (kind == 9 ? whole(0, n) : i) / n + 0.6;
      const double radius = kind < 6 ? 11 : uniform(3, 14);
      out.push_back({centre.x + 1.6 * radius * std::cos(angle), centre.y + 0.7 * radius * std::sin(angle)});
      if (whole(0, 1) == 0) out.back() = {std::round(out.back().x), std::round(out.back().y)};
    }
    return out;
  }
  std::vector<Polygon> list(int most) {
    std::vector<Polygon> out(static_cast<std::size_t>(whole(0, most)));
    for (Polygon& p : out) p = polygon();
    return out;
  }

 private:
  std::mt19937 random_;
};

/// The scripts, word for word: every pair looked at, nothing pruned, nothing kept between detections.
ImageCounts literal_score(Protocol protocol, const GroundTruth& gt, const std::vector<Polygon>& detections) {
  const auto read = [&](std::span<const PointD> polygon) {
    Polygon out(polygon.begin(), polygon.end());
    if (protocol == Protocol::icdar2015) {
      for (PointD& p : out) p = {std::trunc(p.x), std::trunc(p.y)};
    }
    return out;
  };
  const auto dropped = [&](const Polygon& p) { return protocol == Protocol::iou && !is_valid_ring(p); };
  const auto area = [&](const Polygon& p) { return protocol == Protocol::iou ? ring_area(p) : signed_loop_area(p); };

  std::vector<Polygon> gts;
  std::vector<bool> ignored;
  for (std::size_t i = 0; i < gt.polygons.size(); ++i) {
    const Polygon p = read(gt.polygons[i]);
    if (dropped(p)) continue;
    gts.push_back(p);
    ignored.push_back(gt.ignore[i] != 0);
  }
  std::vector<Polygon> dets;
  std::vector<bool> filtered;
  for (const Polygon& detection : detections) {
    const Polygon d = read(detection);
    if (dropped(d)) continue;
    bool filter = false;
    for (std::size_t g = 0; g < gts.size(); ++g) {
      const double share = area(d) == 0 ? 0 : overlap_area(gts[g], d) / area(d);
      if (ignored[g] && share > 0.5) filter = true;
    }
    dets.push_back(d);
    filtered.push_back(filter);
  }
  ImageCounts counts;
  std::vector<bool> used(dets.size());
  for (std::size_t g = 0; g < gts.size(); ++g) {
    counts.gt_care += !ignored[g];
    bool found = false;
    for (std::size_t d = 0; d < dets.size(); ++d) {
      if (found || used[d] || ignored[g] || filtered[d]) continue;
      const double shared = overlap_area(gts[g], dets[d]);
      const double united = area(dets[d]) + area(gts[g]) - shared;
      if (united != 0 && shared / united > 0.5) {
        found = true;
        used[d] = true;
        ++counts.matched;
      }
    }
  }
  for (const bool filter : filtered) counts.det_care += !filter;
  return counts;
}

TEST("score/match_table: scores any subset as that subset alone, and as the scripts do") {
  Scene scene(11);
  int matched = 0;
  for (int i = 0; i < 1500; ++i) {
    const Protocol protocol = i % 2 == 0 ? Protocol::icdar2015 : Protocol::iou;
    const auto gts = scene.list(12);
    GroundTruth gt{polygons(gts), {}, {}};
    for (std::size_t k = 0; k < gts.size(); ++k) gt.ignore.push_back(scene.whole(0, 4) == 0);
    const auto detections = scene.list(25);
    const MatchTable table = build_match_table(protocol, gt, polygons(detections));
    const auto comparison = make_scorer({protocol}, gt)->compare({polygons(detections), {}, {}});
    const auto changing = comparison->changing_subset();
    std::vector<std::uint8_t> keep(detections.size());
    for (int subset = 0; subset < 6; ++subset) {
      const std::vector<std::uint8_t> before = keep;
      std::vector<Polygon> kept;
      std::vector<std::size_t> index;
      for (std::size_t d = 0; d < detections.size(); ++d) {
        keep[d] = subset == 0 || scene.whole(0, 2) > 0;
        if (keep[d] && !before[d]) changing->take(static_cast<std::uint32_t>(d));
        if (!keep[d] && before[d]) changing->drop(static_cast<std::uint32_t>(d));
        if (!keep[d]) continue;
        kept.push_back(detections[d]);
        index.push_back(d);
      }
      std::vector<std::int32_t> matched_gt;
      std::vector<std::int32_t> matched_alone;
      const ImageCounts counts = count_matches(table, keep, &matched_gt);
      CHECK(counts == count_matches(build_match_table(protocol, gt, polygons(kept)), {}, &matched_alone));
      CHECK(counts == literal_score(protocol, gt, kept));
      Tally tally;
      changing->tally({&tally, 1});
      CHECK_EQ(tally.recall_hits, counts.matched);
      CHECK_EQ(tally.recall_total, counts.gt_care);
      CHECK_EQ(tally.precision_hits, counts.matched);
      CHECK_EQ(tally.precision_total, counts.det_care);
      for (std::size_t k = 0; k < kept.size(); ++k) {
        CHECK_EQ(matched_gt[index[k]], matched_alone[k]);
        matched += matched_alone[k] >= 0;
      }
    }
  }
  CHECK(matched > 5000);
}

TEST("score/match_table: pairs come by ground truth, then by detection, all above half") {
  Scene scene(5);
  for (int i = 0; i < 200; ++i) {
    const auto gts = scene.list(15);
    const GroundTruth gt = build::ground_truth(gts);
    const MatchTable table = build_match_table(Protocol::iou, gt, polygons(scene.list(15)));
    for (std::size_t k = 0; k < table.pairs.size(); ++k) {
      CHECK(table.pairs[k].iou > 0.5);
      if (k == 0) continue;
      const auto& before = table.pairs[k - 1];
      CHECK(before.gt < table.pairs[k].gt || (before.gt == table.pairs[k].gt && before.det < table.pairs[k].det));
    }
  }
}

TEST("score/match_table: keep of another length is an error") {
  const MatchTable table = build_match_table(Protocol::iou, {}, polygons({build::box(0, 0, 1, 1)}));
  bool thrown = false;
  try {
    count_matches(table, std::vector<std::uint8_t>{1, 1});
  } catch (const std::invalid_argument&) {
    thrown = true;
  }
  CHECK(thrown);
}

}  // namespace
