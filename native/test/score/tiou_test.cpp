#include "scored.hpp"

namespace {

using namespace scored;
using build::box;
using build::ground_truth;

constexpr ProtocolOptions kTiou{.protocol = Protocol::tiou};
constexpr ProtocolOptions kSiou{.protocol = Protocol::siou};

TEST("score/tiou: a cut ground truth costs recall twice, an IoU once") {
  const auto gt = ground_truth({box(0, 0, 100, 10)});
  expect(kTiou, gt, {box(0, 0, 80, 10)}, {0.8 * 0.8, 1, 0.8, 1});
  expect(kSiou, gt, {box(0, 0, 80, 10)}, {0.8, 1, 0.8, 1});
  // A cut of one hundredth is forgiven, and not a little more.
  expect(kTiou, gt, {box(0, 0, 99, 10)}, {0.99, 1, 0.99, 1});
  expect(kTiou, ground_truth({box(0, 0, 1000, 10)}), {box(0, 0, 989, 10)}, {0.989 * 0.989, 1, 0.989, 1});
}

TEST("score/tiou: other ground truth inside of a detection costs precision") {
  // The detection holds 20 pixels of the second and of the third, 5 of them twice, and 10 of the second in the first.
  const auto gt = ground_truth({box(0, 0, 100, 1), box(90, 0, 30, 1), box(115, 0, 20, 1)}, {0, 0, 1});
  const double iou = 100.0 / 130;
  // 30 of the detection's 130 pixels lie outside of the first and in the others.
  expect(kTiou, gt, {box(0, 0, 130, 1)}, {iou, 2, iou * (1 - 30.0 / 130), 1});
  expect(kSiou, gt, {box(0, 0, 130, 1)}, {iou, 2, iou, 1});
  // One hundredth is forgiven.
  expect(kTiou, ground_truth({box(0, 0, 99, 1), box(99, 0, 50, 1)}), {box(0, 0, 100, 1)}, {0.99, 2, 0.99, 1});
  expect(kTiou, ground_truth({box(0, 0, 98, 1), box(98, 0, 50, 1)}), {box(0, 0, 100, 1)}, {0.98, 2, 0.98 * 0.98, 1});
}

TEST("score/tiou: pairs are those of icdar2015") {
  expect(kTiou, ground_truth({box(0, 0, 10, 10)}), {box(0, 0, 10, 5)}, {0, 1, 0, 1});
  expect(kTiou, ground_truth({box(0, 0, 10, 10)}, {1}), {box(4, 0, 10, 10), box(5, 0, 10, 10)}, {0, 0, 0, 1});
  const auto gt = ground_truth({box(3, 0, 10, 10), box(5, 0, 10, 10)});
  const auto why = explanation(kSiou, gt, detections({box(4, 0, 10, 10), box(0, 0, 10, 10)}));
  CHECK_EQ(why.links.size(), 1U);
  CHECK_EQ(why.links[0].overlap, 0.8181818181818182);
  CHECK(why.gt == (std::vector{Fate::matched, Fate::missed}));
  CHECK(why.det == (std::vector{Fate::matched, Fate::false_alarm}));
}

TEST("score/tiou: what crosses itself is worth nothing where more is shared than it has") {
  const build::Polygon bow_tie{{0, 0}, {10, 10}, {10, 0}, {0, 10}};
  expect(kSiou, ground_truth({bow_tie}), {box(0, 0, 10, 10)}, {1, 1, 1, 1});
  expect(kTiou, ground_truth({bow_tie}), {box(0, 0, 10, 10)}, {0, 1, 1, 1});
  expect(kTiou, ground_truth({box(0, 0, 10, 10)}), {bow_tie}, {0.5, 1, 0, 1});
}

TEST("score/tiou: images without ground truth or detections") {
  for (const auto& options : {kTiou, kSiou}) {
    expect(options, ground_truth({}), {}, {0, 0, 0, 0});
    expect(options, ground_truth({}), {box(0, 0, 9, 9)}, {0, 0, 0, 1});
    expect(options, ground_truth({box(0, 0, 9, 9)}), {}, {0, 1, 0, 0});
  }
  CHECK(refusal(kSiou, ground_truth({box(3e9, 0, 1, 1)})).ends_with("; siou scores 32-bit integers."));
  CHECK(refusal(kTiou, ground_truth({}), detections({box(3e9, 0, 1, 1)})).ends_with("; tiou scores 32-bit integers."));
}

}  // namespace
