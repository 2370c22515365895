#include <array>
#include <cmath>
#include <limits>

#include "scored.hpp"

namespace {

using namespace scored;
using build::box;
using build::ground_truth;

ProtocolOptions hmean_iou(std::vector<double> thresholds = {0.3}, bool max_matching = false) {
  return {.protocol = Protocol::hmean_iou,
          .hmean_iou = {.max_matching = max_matching, .score_thresholds = std::move(thresholds)}};
}

TEST("score/hmean_iou: MMOCR's own two images have 3 of 5 and 3 of 4") {
  const auto first = tallies(
      hmean_iou({}), ground_truth({box(0, 0, 1, 1), box(2, 0, 1, 1), box(10, 0, 1, 1), box(1, 0, 1, 1)}, {0, 0, 0, 1}),
      detections({box(0, 0, 1, 1), box(2, 0.1, 1, 1), box(1, 1, 1, 1), box(1, -0.5, 1, 1)}, {1, 1, 1, 0.001}));
  const auto second = tallies(hmean_iou({}), ground_truth({box(0, 0, 1, 1)}),
                              detections({box(0, 0, 1, 1), box(0, 0, 1, 1)}, {1, 0.95}));
  CHECK_EQ(first.size(), 7U);
  for (std::size_t level = 0; level < 7; ++level) {
    expect(first[level], {2, 3, 2, 3});
    expect(second[level], {1, 1, 1, 2});
  }
}

TEST("score/hmean_iou: a match matrix of three pairs gives one match in order and two at best") {
  // Ground truth 0 overlaps both detections, 1 only the first, each by more than half.
  const auto gt = ground_truth({box(3, 0, 10, 10), box(5, 0, 10, 10)});
  const auto dets = detections({box(4, 0, 10, 10), box(0, 0, 10, 10)}, {1, 1});
  expect(tallies(hmean_iou(), gt, dets)[0], {1, 2, 1, 2});
  expect(tallies(hmean_iou({0.3}, true), gt, dets)[0], {2, 2, 2, 2});
  const auto why = explanation(hmean_iou({0.3}, true), gt, dets);
  CHECK_EQ(why.links.size(), 2U);
  CHECK_EQ(why.links[0].det, 1U);
  CHECK_EQ(why.links[1].det, 0U);
  CHECK(explanation(hmean_iou(), gt, dets).det[1] == Fate::false_alarm);
}

TEST("score/hmean_iou: scores are float32 and thresholds double") {
  const auto gt = ground_truth({box(0, 0, 10, 10)});
  const auto kept = [&](double score, double threshold) {
    return tallies(hmean_iou({threshold}), gt, detections({box(0, 0, 10, 10)}, {score}))[0].precision_total == 1;
  };
  CHECK(kept(0.3, 0.3));   // float32(0.3) lies above
  CHECK(!kept(0.7, 0.7));  // float32(0.7) lies below
  CHECK(!kept(0.9, 0.9));
  CHECK(kept(0.5, 0.5));
  CHECK(kept(std::numeric_limits<double>::quiet_NaN(), 0.5));  // not less
  CHECK(kept(0.3 - 1e-10, 0.3));
}

TEST("score/hmean_iou: no float32 lies between a default threshold and numpy.arange's") {
  // numpy.arange(0.3, 0.9, 0.1)
  constexpr std::array arange{
      0.3, 0.4, 0.5, 0.6000000000000001, 0.7000000000000002, 0.8000000000000003, 0.9000000000000001};
  const auto gt = ground_truth({});
  for (std::size_t level = 0; level < arange.size(); ++level) {
    auto score = static_cast<float>(arange[level]);
    for (const float direction : {-1.0F, 1.0F}) {
      float s = score;
      for (int step = 0; step < 3; ++step, s = std::nextafter(s, direction * 2)) {
        const auto levels = tallies(hmean_iou({}), gt, detections({box(0, 0, 1, 1)}, {static_cast<double>(s)}));
        CHECK_EQ(levels[level].precision_total == 1, !(static_cast<double>(s) < arange[level]));
      }
    }
  }
}

TEST("score/hmean_iou: detections without scores count at every threshold") {
  const auto levels =
      tallies(hmean_iou({0.1, 0.99}), ground_truth({box(0, 0, 10, 10)}), detections({box(0, 0, 10, 10)}));
  expect(levels[0], {1, 1, 1, 1});
  expect(levels[1], {1, 1, 1, 1});
}

TEST("score/hmean_iou: exactly half of a union does not match, nor of a detection is don't care") {
  expect(hmean_iou(), ground_truth({box(0, 0, 10, 10)}), {box(0, 0, 10, 5)}, {0, 1, 0, 1});
  const auto gt = ground_truth({box(0, 0, 10, 10)}, {1});
  expect(hmean_iou(), gt, {box(5, 0, 10, 10)}, {0, 0, 0, 1});
  expect(hmean_iou(), gt, {box(4, 0, 10, 10)}, {0, 0, 0, 0});
  // 1e-5 is added to the detection's area: 6 of 12 pixels, and a little more.
  expect(hmean_iou(), gt, {box(4, 0, 12, 1)}, {0, 0, 0, 1});
  // A share of 0.50000025 of a detection of 20 pixels is a share of 0.5 of a little more than that.
  expect(hmean_iou(), gt, {{{-9.99999, 0}, {10, 0}, {10, 1}, {-9.99999, 1}}}, {0, 0, 0, 1});
}

TEST("score/hmean_iou: an IoU of exactly half is no match where no double holds the areas either") {
  // Turned by an angle whose sine is no binary fraction: half of the ground truth and twice of it.
  const build::Polygon whole{{0, 0}, {42, 14}, {37, 29}, {-5, 15}};
  const build::Polygon half{{0, 0}, {21, 7}, {16, 22}, {-5, 15}};
  expect(hmean_iou(), ground_truth({whole}), {half}, {0, 1, 0, 1});
  expect(hmean_iou(), ground_truth({half}), {whole}, {0, 1, 0, 1});
  for (float x = 0.1F; x < 40; x *= 1.37F) {
    const double w = static_cast<double>(x);
    expect(hmean_iou(), ground_truth({box(0, 0, 2 * w, 1)}), {box(0, 0, w, 1)}, {0, 1, 0, 1});
    expect(hmean_iou(), ground_truth({box(0, 0, w, 1)}), {box(0, 0, 2 * w, 1)}, {0, 1, 0, 1});
  }
}

TEST("score/hmean_iou: what crosses itself is mended, not dropped") {
  // Of a bow-tie with loops of 30 and 67.5 pixels, the one remains whose direction is the outline's.
  const build::Polygon uneven{{0, 0}, {15, 15}, {15, 0}, {0, 10}};
  const build::Polygon larger{{6, 6}, {15, 15}, {15, 0}};
  expect(hmean_iou(), ground_truth({uneven}), {larger}, {1, 1, 1, 1});
  // Two squares joined by a bridge of no area fall apart, and their hull stands for them.
  const build::Polygon bridged{{0, 0},   {10, 0}, {20, 0}, {30, 0},  {30, 10},
                               {20, 10}, {20, 0}, {10, 0}, {10, 10}, {0, 10}};
  expect(hmean_iou(), ground_truth({bridged}), {box(0, 0, 30, 10)}, {1, 1, 1, 1});
  CHECK_EQ(explanation(hmean_iou(), ground_truth({bridged}), detections({box(0, 0, 30, 10)})).links[0].overlap, 1.0);
  // Nothing remains of a line, but it counts.
  expect(hmean_iou(), ground_truth({{{0, 0}, {5, 5}, {9, 9}}}), {{{0, 0}, {5, 5}, {9, 9}}}, {0, 1, 0, 1});
}

TEST("score/hmean_iou: below the threshold is as if it were not there") {
  const auto gt = ground_truth({box(0, 0, 10, 10), box(50, 0, 10, 10)}, {0, 1});
  const auto scorer = make_scorer(hmean_iou({0.3, 0.6}), gt);
  const auto comparison =
      scorer->compare(detections({box(0, 0, 10, 10), box(0, 0, 10, 9), box(50, 0, 5, 5)}, {0.5, 0.8, 0.9}));
  const auto low = comparison->explain({}, 0);
  CHECK(low.gt == (std::vector{Fate::matched, Fate::dont_care}));
  CHECK(low.det == (std::vector{Fate::matched, Fate::false_alarm, Fate::dont_care}));
  const auto high = comparison->explain({}, 1);
  CHECK(high.det == (std::vector{Fate::invalid, Fate::matched, Fate::dont_care}));
  CHECK_EQ(high.links.at(0).overlap, 0.9);
}

TEST("score/hmean_iou: what it cannot read is an error with its place") {
  const auto gt = ground_truth({box(0, 0, 10, 10)});
  CHECK_EQ(refusal(hmean_iou(), gt, detections({box(0, 0, 1, 1), {{0, 0}, {1, 1}}})),
           "detection 1 has 2 vertices; hmean-iou reads three at least.");
  CHECK(
      refusal(hmean_iou(), ground_truth({box(0, 0, 1e300, 1)})).starts_with("ground truth 0 has a coordinate of 1000"));
  CHECK_EQ(refusal(hmean_iou(), gt, detections({box(0, 0, 1, 1)}, {0.5, 0.5})), "there are 2 scores for 1 detections.");
  CHECK_EQ(refusal(hmean_iou(), {build::polygons({box(0, 0, 1, 1)}), {}, {}}),
           "ground truth has 1 polygons and 0 ignore flags.");
}

}  // namespace
