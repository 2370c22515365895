#include "scored.hpp"

namespace {

using namespace scored;
using build::box;
using build::Polygon;

constexpr ProtocolOptions kTedeval{.protocol = Protocol::tedeval};

/// `lengths` are those of the transcriptions; 0 stands for don't care.
GroundTruth lines(const std::vector<Polygon>& polygons, const std::vector<std::size_t>& lengths) {
  GroundTruth gt = build::ground_truth(polygons);
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    gt.ignore[i] = lengths[i] == 0;
    gt.texts.emplace_back(lengths[i] == 0 ? U"###" : std::u32string(lengths[i], U'x'));
  }
  return gt;
}

TEST("score/tedeval: a match is worth the characters that it holds") {
  const auto gt = lines({box(0, 0, 100, 20)}, {10});
  expect(kTedeval, gt, {box(0, 0, 100, 20)}, {1, 1, 1, 1});
  // Characters stand at 5, 15, ..., 95; the left border belongs to a box and the right one does not.
  expect(kTedeval, gt, {box(0, 0, 60, 20)}, {0.6, 1, 0.6, 1});
  expect(kTedeval, gt, {box(0, 0, 65, 20)}, {0.6, 1, 0.6, 1});
  expect(kTedeval, gt, {box(0, 0, 66, 20)}, {0.7, 1, 0.7, 1});
  expect(kTedeval, gt, {box(35, 0, 65, 20)}, {0.7, 1, 0.7, 1});
}

TEST("score/tedeval: four tenths of each are enough") {
  const auto gt = lines({box(0, 0, 100, 20)}, {10});
  expect(kTedeval, gt, {box(0, 0, 40, 20)}, {0.4, 1, 0.4, 1});
  expect(kTedeval, gt, {box(0, 0, 39, 20)}, {0, 1, 0, 1});
  expect(kTedeval, gt, {box(0, 0, 250, 20)}, {1, 1, 1, 1});
  expect(kTedeval, gt, {box(0, 0, 251, 20)}, {0, 1, 0, 1});
}

TEST("score/tedeval: a ground truth in pieces, of which characters found twice do not count") {
  const auto gt = lines({box(0, 0, 100, 20)}, {10});
  expect(kTedeval, gt, {box(0, 0, 50, 20), box(50, 0, 50, 20)}, {1, 1, 1, 2});
  // 35, 45, 55 and 65 are in both.
  expect(kTedeval, gt, {box(0, 0, 70, 20), box(30, 0, 70, 20)}, {0.6, 1, 1.4, 2});
  const auto why = explanation(kTedeval, gt, detections({box(0, 0, 50, 20), box(50, 0, 50, 20)}));
  CHECK(why.gt == std::vector{Fate::split});
  CHECK(why.det == (std::vector{Fate::split, Fate::split}));
}

TEST("score/tedeval: ground truths in one detection") {
  const auto gt = lines({box(0, 0, 40, 20), box(50, 0, 60, 20)}, {4, 6});
  expect(kTedeval, gt, {box(0, 0, 110, 20)}, {2, 2, 1, 1});
  // Of the second the first four characters at 55 to 85.
  expect(kTedeval, gt, {box(0, 0, 90, 20)}, {1 + 4.0 / 6, 2, 0.8, 1});
  const auto why = explanation(kTedeval, gt, detections({box(0, 0, 110, 20)}));
  CHECK(why.gt == (std::vector{Fate::merged, Fate::merged}));
  CHECK(why.det == std::vector{Fate::merged});
}

TEST("score/tedeval: lines one below the other are not merged or split") {
  // As seen from the centre of the second, the first turns from its left end to its centre by 63 degrees.
  const auto two_lines = lines({box(0, 0, 100, 24), box(0, 25, 100, 25)}, {5, 5});
  expect(kTedeval, two_lines, {box(0, 0, 100, 50)}, {0, 2, 0, 1});
  expect(kTedeval, lines({box(0, 0, 100, 50)}, {5}), {box(0, 0, 100, 24), box(0, 26, 100, 24)}, {0, 1, 0, 2});
  // From 45 degrees on: half a line is as long as the lines are apart.
  expect(kTedeval, lines({box(0, 0, 48, 24), box(0, 24, 48, 24)}, {5, 5}), {box(0, 0, 48, 48)}, {0, 2, 0, 1});
  expect(kTedeval, lines({box(0, 0, 46, 24), box(0, 24, 46, 24)}, {5, 5}), {box(0, 0, 46, 48)}, {2, 2, 1, 1});
}

TEST("score/tedeval: high boxes are read along their height") {
  const auto high = lines({box(0, 0, 20, 100)}, {10});
  expect(kTedeval, high, {box(0, 0, 20, 60)}, {0.6, 1, 0.6, 1});
  // Up to half again as high as wide they are read across: all characters lie at half of the height.
  expect(kTedeval, lines({box(0, 0, 20, 30)}, {10}), {box(0, 0, 20, 16)}, {1, 1, 1, 1});
  expect(kTedeval, lines({box(0, 0, 20, 30)}, {10}), {box(0, 0, 20, 15)}, {0, 1, 0, 1});
  expect(kTedeval, lines({box(0, 0, 20, 32)}, {16}), {box(0, 0, 20, 16)}, {0.5, 1, 0.5, 1});
}

TEST("score/tedeval: don't care is cut out of what overlaps it") {
  const auto gt = lines({box(0, 0, 40, 20), box(40, 0, 60, 20)}, {4, 0});
  // 40 of 100 are not counted as don't care on the whole (24 of 64), and then the rest is all ground truth.
  expect(kTedeval, gt, {box(0, 0, 64, 20)}, {1, 1, 1, 1});
  // 60 of 100 are.
  expect(kTedeval, gt, {box(0, 0, 100, 20)}, {0, 1, 0, 0});
  // Don't care gives way to ground truth that counts.
  expect(kTedeval, lines({box(0, 0, 40, 20), box(0, 0, 100, 20)}, {4, 0}), {box(0, 0, 40, 20)}, {1, 1, 1, 1});
  // Two don't-care regions of which either is too little take a detection together.
  const auto both = lines({box(0, 0, 30, 20), box(40, 0, 30, 20)}, {0, 0});
  expect(kTedeval, both, {box(0, 0, 100, 20)}, {0, 0, 0, 0});
  expect(kTedeval, both, {box(-120, 0, 151, 20)}, {0, 0, 0, 1});
}

TEST("score/tedeval: a character in a part that was cut out is not found") {
  // The middle of a dart's line, from (0, 50) to (60, 10), lies outside of it but for its first character.
  const Polygon dart{{0, 0}, {100, 0}, {20, 20}, {0, 100}};
  const Polygon detection = box(0, 0, 60, 60);
  expect(kTedeval, lines({dart}, {5}), {detection}, {1, 1, 1, 1});
  // Don't care holds the second and the third, at (18, 38) and (30, 30).
  expect(kTedeval, lines({dart, box(10, 25, 30, 15)}, {5, 0}), {detection}, {0.6, 1, 0.6, 1});
}

TEST("score/tedeval: images without ground truth or detections") {
  expect(kTedeval, lines({}, {}), {}, {0, 0, 0, 0});
  expect(kTedeval, lines({}, {}), {box(0, 0, 9, 9)}, {0, 0, 0, 1});
  expect(kTedeval, lines({box(0, 0, 9, 9)}, {2}), {}, {0, 1, 0, 0});
  expect(kTedeval, lines({box(0, 0, 9, 9)}, {0}), {}, {0, 0, 0, 0});
}

TEST("score/tedeval: degenerate and self-crossing quadrilaterals") {
  const Polygon point{{3, 3}, {3, 3}, {3, 3}, {3, 3}};
  const Polygon bow_tie{{0, 0}, {10, 10}, {10, 0}, {0, 10}};
  expect(kTedeval, lines({point, bow_tie}, {3, 3}), {point, bow_tie, box(0, 0, 10, 10)}, {0, 2, 0, 3});
  expect(kTedeval, lines({bow_tie, box(0, 0, 10, 10)}, {0, 3}), {point, bow_tie, box(0, 0, 10, 10)}, {1, 1, 1, 3});
}

TEST("score/tedeval: what it cannot read is an error with its place") {
  const auto quad = lines({box(0, 0, 9, 9)}, {2});
  CHECK_EQ(refusal(kTedeval, quad, detections({box(0, 0, 1, 1), {{0, 0}, {1, 0}, {1, 1}}})),
           "detection 1 has 3 vertices; tedeval reads quadrilaterals.");
  CHECK_EQ(refusal(kTedeval, build::ground_truth({box(0, 0, 9, 9)})),
           "ground truth has 1 polygons and 0 transcriptions; tedeval counts characters.");
  GroundTruth silent = quad;
  silent.texts[0].clear();
  CHECK_EQ(refusal(kTedeval, silent),
           "ground truth 0 has no transcription; tedeval counts characters. Ignore it or give its text.");
}

}  // namespace
