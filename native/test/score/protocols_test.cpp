#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "build.hpp"
#include "check.hpp"

// Expected counts, pairs and overlaps are those of golden_synth_iou.json: what PaddleOCR's DetectionIoUEvaluator gave.

namespace {

using namespace thresher;
using build::box;
using build::ground_truth;
using build::Polygon;
using build::polygons;

constexpr Protocol kBoth[] = {Protocol::icdar2015, Protocol::iou};

struct Scored {
  ImageCounts counts;
  std::vector<std::int32_t> matched_gt;
  MatchTable table;
};

Scored score(Protocol protocol, const GroundTruth& gt, const std::vector<Polygon>& detections) {
  Scored scored;
  scored.table = build_match_table(protocol, gt, polygons(detections));
  scored.counts = count_matches(scored.table, {}, &scored.matched_gt);
  return scored;
}

void expect(const Scored& scored, const ImageCounts& counts, const std::vector<std::int32_t>& matched_gt) {
  CHECK_EQ(scored.counts.matched, counts.matched);
  CHECK_EQ(scored.counts.gt_care, counts.gt_care);
  CHECK_EQ(scored.counts.det_care, counts.det_care);
  CHECK(scored.matched_gt == matched_gt);
}

TEST("score/iou: the evaluator's own sample") {
  const auto scored =
      score(Protocol::iou, ground_truth({box(0, 0, 1, 1), box(2, 2, 1, 1)}), {{{0.1, 0.1}, {1, 0}, {1, 1}, {0, 1}}});
  expect(scored, {1, 2, 1}, {0});
  CHECK_EQ(scored.table.pairs.size(), 1U);
  CHECK(std::fabs(scored.table.pairs[0].iou - 0.9) < 1e-15);
}

TEST("score/both: an overlap of exactly half does not match") {
  for (const Protocol protocol : kBoth) {
    expect(score(protocol, ground_truth({box(0, 0, 10, 10)}), {box(0, 0, 10, 5)}), {0, 1, 1}, {-1});
    // Turned by an angle whose sine is no binary fraction, half of the ground truth and twice of it.
    const Polygon whole{{0, 0}, {42, 14}, {37, 29}, {-5, 15}};
    const Polygon half{{0, 0}, {21, 7}, {16, 22}, {-5, 15}};
    expect(score(protocol, ground_truth({whole}), {half}), {0, 1, 1}, {-1});
    expect(score(protocol, ground_truth({half}), {whole}), {0, 1, 1}, {-1});
  }
}

TEST("score/both: exactly half at any angle, where rounding would decide otherwise") {
  // Turned rectangles of whole coordinates, moved along themselves by a third of their length.
  for (int x = 1; x <= 60; ++x) {
    for (int y = -60; y <= 60; y += 7) {
      const Polygon still{{0, 0}, {3.0 * x, 3.0 * y}, {3.0 * x - y, 3.0 * y + x}, {-1.0 * y, 1.0 * x}};
      Polygon moved = still;
      for (PointD& p : moved) p = {p.x + x, p.y + y};
      for (const Protocol protocol : kBoth) {
        CHECK_EQ(score(protocol, ground_truth({still}), {moved}).counts.matched, 0);
      }
    }
  }
}

TEST("score/both: an overlap just above half matches") {
  for (const Protocol protocol : kBoth) {
    const auto scored = score(protocol, ground_truth({box(0, 0, 1999, 1)}), {box(0, 0, 1000, 1)});
    expect(scored, {1, 1, 1}, {0});
    CHECK_EQ(scored.table.pairs[0].iou, 0.5002501250625313);
    expect(score(protocol, ground_truth({box(0, 0, 1999999999, 1)}), {box(0, 0, 1000000000, 1)}), {1, 1, 1}, {0});
  }
}

TEST("score/both: a detection half inside of don't care is not filtered") {
  for (const Protocol protocol : kBoth) {
    const auto gt = ground_truth({box(0, 0, 10, 10), box(50, 50, 10, 10)}, {1, 0});
    expect(score(protocol, gt, {box(5, 0, 10, 10), box(50, 50, 10, 10)}), {1, 1, 2}, {-1, 1});
    expect(score(protocol, gt, {box(4, 0, 10, 10), box(50, 50, 10, 10)}), {1, 1, 1}, {-1, 1});
  }
}

TEST("score/both: images without ground truth or detections") {
  for (const Protocol protocol : kBoth) {
    expect(score(protocol, ground_truth({}), {}), {0, 0, 0}, {});
    expect(score(protocol, ground_truth({}), {box(0, 0, 10, 10)}), {0, 0, 1}, {-1});
    expect(score(protocol, ground_truth({box(0, 0, 10, 10)}), {}), {0, 1, 0}, {});
    expect(score(protocol, ground_truth({box(0, 0, 10, 10)}, {1}), {box(0, 0, 10, 10)}), {0, 0, 0}, {-1});
  }
}

TEST("score/both: greedy in the given order, where the best matching has two") {
  const std::vector<Polygon> gt{box(3, 0, 10, 10), box(5, 0, 10, 10)};
  const std::vector<Polygon> detections{box(4, 0, 10, 10), box(0, 0, 10, 10)};
  for (const Protocol protocol : kBoth) {
    const auto scored = score(protocol, ground_truth(gt), detections);
    expect(scored, {1, 2, 2}, {0, -1});
    CHECK_EQ(scored.table.pairs.size(), 3U);
    CHECK_EQ(scored.table.pairs[0].iou, 0.8181818181818182);
    CHECK_EQ(scored.table.pairs[1].iou, 0.5384615384615384);
    CHECK_EQ(scored.table.pairs[2].iou, 0.8181818181818182);
    // The other way round both find a partner.
    expect(score(protocol, ground_truth({gt[1], gt[0]}), detections), {2, 2, 2}, {0, 1});
  }
}

TEST("score/both: a duplicate detection counts against precision") {
  for (const Protocol protocol : kBoth) {
    const auto gt = ground_truth({box(0, 0, 10, 10)});
    expect(score(protocol, gt, {box(0, 0, 10, 10), box(0, 0, 10, 10)}), {1, 1, 2}, {0, -1});
  }
}

TEST("score/iou: what is no valid polygon is as if it were not there") {
  const Polygon bow_tie{{20, 20}, {30, 30}, {30, 20}, {20, 30}};
  const Polygon spike{{0, 40}, {10, 40}, {20, 40}, {10, 40}, {10, 50}};
  const Polygon line{{0, 0}, {5, 5}, {9, 9}};
  const Polygon unread{{0, 0}, {std::numeric_limits<double>::quiet_NaN(), 5}, {9, 0}};
  const auto gt = ground_truth({bow_tie, box(0, 0, 10, 10), spike, line, unread});
  expect(score(Protocol::iou, gt, {box(0, 0, 10, 10)}), {1, 1, 1}, {1});
  expect(score(Protocol::iou, gt, {bow_tie, spike, line, unread, box(0, 0, 10, 10)}), {1, 1, 1}, {-1, -1, -1, -1, 1});
  // An invalid don't-care region filters nothing.
  expect(score(Protocol::iou, ground_truth({bow_tie}, {1}), {box(24, 20, 2, 3)}), {0, 0, 1}, {-1});
}

TEST("score/icdar2015: a bow-tie has no area and yet covers") {
  const Polygon bow_tie{{0, 0}, {10, 10}, {10, 0}, {0, 10}};
  // Of the square it shares 50; union = 0 + 100 - 50, so the overlap is 1.
  const auto scored = score(Protocol::icdar2015, ground_truth({bow_tie}), {box(0, 0, 10, 10)});
  expect(scored, {1, 1, 1}, {0});
  CHECK_EQ(scored.table.pairs[0].iou, 1);
  // With itself: shared 50, union -50.
  expect(score(Protocol::icdar2015, ground_truth({bow_tie}), {bow_tie}), {0, 1, 1}, {-1});
  // As a detection its own area is 0, so that no don't-care region holds a share of it.
  expect(score(Protocol::icdar2015, ground_truth({box(0, 0, 10, 10)}, {1}), {bow_tie}), {0, 0, 1}, {-1});
}

TEST("score/icdar2015: degenerate polygons are counted") {
  const Polygon point{{3, 3}, {3, 3}, {3, 3}, {3, 3}};
  const Polygon line{{0, 0}, {10, 0}, {20, 0}, {5, 0}};
  expect(score(Protocol::icdar2015, ground_truth({point, line}), {point, line, box(0, 0, 10, 10)}), {0, 2, 3},
         {-1, -1, -1});
}

TEST("score/icdar2015: coordinates lose their fraction toward zero") {
  const auto scored = score(Protocol::icdar2015, ground_truth({box(0, 0, 10, 10)}),
                            {{{0.9, 0.9}, {10.9, -0.9}, {10.2, 10.7}, {-0.99, 10.999}}});
  CHECK_EQ(scored.table.pairs.at(0).iou, 1);
}

TEST("score/icdar2015: polygons of any number of vertices") {
  const Polygon hexagon{{10, 0}, {30, 0}, {40, 10}, {30, 20}, {10, 20}, {0, 10}};
  // 600 of 800.
  const auto scored = score(Protocol::icdar2015, ground_truth({box(0, 0, 40, 20)}), {hexagon});
  CHECK_EQ(scored.table.pairs.at(0).iou, 0.75);
}

TEST("score/icdar2015: a coordinate beyond 32 bits is an error with its place") {
  for (const double bad : {2147483648.0, -2147483649.0, std::numeric_limits<double>::quiet_NaN(),
                           std::numeric_limits<double>::infinity()}) {
    std::string message;
    try {
      score(Protocol::icdar2015, ground_truth({box(0, 0, 10, 10)}), {box(0, 0, 1, 1), {{0, 0}, {1, bad}, {1, 1}}});
    } catch (const std::invalid_argument& error) {
      message = error.what();
    }
    CHECK(message.starts_with("detection 1 has a coordinate of "));
  }
  expect(score(Protocol::icdar2015, ground_truth({box(0, 0, 2147483647, 10)}), {box(-2147483648.0, 0, 10, 10)}),
         {0, 1, 1}, {-1});
}

TEST("score/iou: an IoU of exactly one half that no double holds is no match") {
  // 65/3 shared of 30 and 35.
  const Polygon gt{{8, -2}, {23, -2}, {23, 0}, {8, 0}};
  const Polygon det{{24, -1}, {21, 0}, {10, 2}, {7, -2}};
  expect(score(Protocol::iou, ground_truth({gt}), {det}), {0, 1, 1}, {-1});
}

TEST("score/both: a list of flags of another length is an error") {
  for (const Protocol protocol : kBoth) {
    bool thrown = false;
    try {
      build_match_table(protocol, {polygons({box(0, 0, 1, 1)}), {}, {}}, {});
    } catch (const std::invalid_argument&) {
      thrown = true;
    }
    CHECK(thrown);
  }
}

}  // namespace
