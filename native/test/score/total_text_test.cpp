#include "scored.hpp"

namespace {

using namespace scored;
using build::box;
using build::ground_truth;
using build::Polygon;

constexpr ProtocolOptions kTotalText{.protocol = Protocol::total_text};

TEST("score/total_text: one-to-one must exceed both thresholds") {
  expect(kTotalText, ground_truth({box(0, 0, 100, 10)}), {box(0, 0, 71, 10)}, {1, 1, 1, 1});
  expect(kTotalText, ground_truth({box(0, 0, 100, 10)}), {box(0, 0, 70, 10)}, {0, 1, 0, 1});
  // 61 and 60 hundredths of the detection.
  expect(kTotalText, ground_truth({box(0, 0, 61, 10)}), {box(0, 0, 100, 10)}, {1, 1, 1, 1});
  expect(kTotalText, ground_truth({box(0, 0, 60, 10)}), {box(0, 0, 100, 10)}, {0, 1, 0, 1});
}

TEST("score/total_text: shares are rounded to two decimals as numpy.round does, half to even") {
  // 0.705 becomes 70 hundredths and 0.7051 becomes 71.
  expect(kTotalText, ground_truth({box(0, 0, 1000, 10)}), {box(0, 0, 705, 10)}, {0, 1, 0, 1});
  expect(kTotalText, ground_truth({box(0, 0, 10000, 10)}), {box(0, 0, 7051, 10)}, {1, 1, 1, 1});
  // 0.695 becomes 70 hundredths (Python's own round would make it 69), which is enough where another one touches.
  const Polygon other = box(990, 0, 100, 10);
  expect(kTotalText, ground_truth({box(0, 0, 1000, 10)}), {box(0, 0, 695, 10), other}, {1, 1, 1, 2});
  expect(kTotalText, ground_truth({box(0, 0, 1000, 10)}), {box(0, 0, 694, 10), other}, {0, 1, 0, 2});
  // Less than half a hundredth is no overlap.
  expect(kTotalText, ground_truth({box(0, 0, 1000, 10)}), {box(0, 0, 695, 10), box(996, 0, 100, 10)}, {0, 1, 0, 2});
}

TEST("score/total_text: pieces and merged lines are worth 0.8 each") {
  const auto gt = ground_truth({box(0, 0, 100, 20)});
  expect(kTotalText, gt, {box(0, 0, 50, 20), box(50, 0, 50, 20)}, {0.8, 1, 1.6, 2});
  expect(kTotalText, gt, {box(0, 0, 35, 20), box(50, 0, 35, 20)}, {0.8, 1, 1.6, 2});
  expect(kTotalText, gt, {box(0, 0, 35, 20), box(50, 0, 34, 20)}, {0, 1, 0, 2});
  const auto line = ground_truth({box(0, 0, 50, 20), box(50, 0, 50, 20)});
  expect(kTotalText, line, {box(0, 0, 100, 20)}, {1.6, 2, 0.8, 1});
  CHECK(explanation(kTotalText, line, detections({box(0, 0, 100, 20)})).det == std::vector{Fate::merged});
  // Of each ground truth no more than 60 hundredths are asked for here.
  expect(kTotalText, line, {box(20, 0, 60, 20)}, {1.6, 2, 0.8, 1});
  expect(kTotalText, line, {box(21, 0, 58, 20)}, {0, 2, 0, 1});
}

TEST("score/total_text: a sum of many shares is added up in NumPy's order") {
  const auto gt = ground_truth({box(0, 0, 1000, 10)});
  const auto pieces = [](const std::vector<int>& hundredths) {
    std::vector<Polygon> out;
    double x = 0;
    for (const int share : hundredths) {
      out.push_back(box(x, 0, 10.0 * share, 10));
      x += 10.0 * share + 1;
    }
    return out;
  };
  // Both are 70 hundredths. numpy.sum gives 0.7 for the first, of which adding one after another makes
  // 0.6999999999999998, and 0.6999999999999998 for the second, of which that makes 0.7000000000000001.
  expect(kTotalText, gt, pieces({10, 10, 11, 5, 9, 5, 12, 8}), {0.8, 1, 6.4, 8});
  expect(kTotalText, gt, pieces({1, 5, 2, 3, 9, 9, 2, 4, 9, 10, 7, 9}), {0, 1, 0, 12});
}

TEST("score/total_text: the two shares may come from different detections") {
  // One holds all of the ground truth, which is too small a part of it; the other is a small part of the ground truth.
  const auto gt = ground_truth({box(0, 0, 100, 20)});
  const std::vector<Polygon> dets{box(0, 0, 100, 80), box(0, 0, 10, 20)};
  expect(kTotalText, gt, dets, {1, 1, 1, 2});
  const auto why = explanation(kTotalText, gt, detections(dets));
  CHECK_EQ(why.links.at(0).det, 0U);
  CHECK(why.det == (std::vector{Fate::matched, Fate::false_alarm}));
}

TEST("score/total_text: don't care takes a detection above half, of which one pixel more is asked") {
  const auto gt = ground_truth({box(0, 0, 10, 10)}, {1});
  expect(kTotalText, gt, {box(4, 0, 10, 10)}, {0, 0, 0, 0});
  // 51 of 100, but 51 of 101 too; 5 of 9 and of 10.
  expect(kTotalText, gt, {box(0, 9, 17, 3)}, {0, 0, 0, 1});
  expect(kTotalText, gt, {box(0, 5, 1, 9)}, {0, 0, 0, 1});
  expect(kTotalText, gt, {box(0, 4, 1, 9)}, {0, 0, 0, 0});
}

TEST("score/total_text: what crosses itself shares less than its loops, and is divided by what they leave") {
  // The outline winds around its left half twice, so that its area is counted twice and shared once.
  const Polygon twice{{0, 0}, {100, 0}, {100, 20}, {0, 20}, {0, 0}, {50, 0}, {50, 20}, {0, 20}};
  // 2000 of 3000 of the detection, all of the ground truth.
  expect(kTotalText, ground_truth({box(0, 0, 100, 20)}), {twice}, {1, 1, 1, 1});
  // Of a bow-tie with equal loops there is no area to divide by.
  const Polygon bow_tie{{0, 0}, {10, 10}, {10, 0}, {0, 10}};
  expect(kTotalText, ground_truth({box(0, 0, 10, 10)}), {bow_tie}, {0, 1, 0, 1});
}

TEST("score/total_text: coordinates lose their fraction, and 32 bits are the limit") {
  expect(kTotalText, ground_truth({box(0.9, 0.9, 100, 10)}), {box(-0.9, -0.9, 71.9, 11.8)}, {1, 1, 1, 1});
  CHECK(refusal(kTotalText, ground_truth({box(3e9, 0, 1, 1)}))
            .starts_with("ground truth 0 has a coordinate of 3000000000"));
}

TEST("score/total_text: images without ground truth or detections") {
  expect(kTotalText, ground_truth({}), {}, {0, 0, 0, 0});
  expect(kTotalText, ground_truth({}), {box(0, 0, 9, 9)}, {0, 0, 0, 1});
  expect(kTotalText, ground_truth({box(0, 0, 9, 9)}), {}, {0, 1, 0, 0});
  expect(kTotalText, ground_truth({box(0, 0, 9, 9)}, {1}), {}, {0, 0, 0, 0});
}

}  // namespace
