#include <cmath>

#include "scored.hpp"

namespace {

using namespace scored;
using build::box;
using build::ground_truth;
using build::Polygon;

constexpr ProtocolOptions kDeteval{.protocol = Protocol::deteval};
constexpr ProtocolOptions kIcdar2013{.protocol = Protocol::icdar2013};
constexpr ProtocolOptions kMtwi2018{.protocol = Protocol::mtwi2018};

std::vector<ProtocolOptions> all() {
  return {kDeteval, kIcdar2013, kMtwi2018};
}

TEST("score/deteval: a ground truth in two pieces") {
  const auto gt = ground_truth({box(0, 0, 100, 20)});
  const std::vector<Polygon> halves{box(0, 0, 50, 20), box(50, 0, 50, 20)};
  expect(kDeteval, gt, halves, {0.8, 1, 1.6, 2});
  expect(kIcdar2013, gt, halves, {0.8, 1, 1.6, 2});
  expect(kMtwi2018, gt, halves, {1, 1, 2 / (1 + std::log(2.0)), 2});
  const auto why = explanation(kDeteval, gt, detections(halves));
  CHECK(why.gt == std::vector{Fate::split});
  CHECK(why.det == (std::vector{Fate::split, Fate::split}));
  CHECK_EQ(why.links.size(), 2U);
}

TEST("score/deteval: two ground truths in one detection") {
  const auto gt = ground_truth({box(0, 0, 50, 20), box(50, 0, 50, 20)});
  expect(kDeteval, gt, {box(0, 0, 100, 20)}, {2, 2, 1, 1});
  // Without DetEval's further condition the first of them takes it as its only piece.
  expect(kIcdar2013, gt, {box(0, 0, 100, 20)}, {1, 2, 1, 1});
  const auto thirds = ground_truth({box(0, 0, 30, 20), box(30, 0, 30, 20), box(60, 0, 30, 20)});
  expect(kIcdar2013, thirds, {box(0, 0, 90, 20)}, {3, 3, 1, 1});
  expect(kMtwi2018, gt, {box(0, 0, 100, 20)}, {2 / (1 + std::log(2.0)), 2, 1, 1});
  const auto why = explanation(kMtwi2018, gt, detections({box(0, 0, 100, 20)}));
  CHECK(why.gt == (std::vector{Fate::merged, Fate::merged}));
  CHECK(why.det == std::vector{Fate::merged});
}

TEST("score/deteval: shares reached exactly are enough") {
  // 80 of 100 pixels of the ground truth, which are 40 in a hundred of the detection.
  expect(kIcdar2013, ground_truth({box(0, 0, 10, 10)}), {box(0, 0, 8, 25)}, {1, 1, 1, 1});
  expect(kIcdar2013, ground_truth({box(0, 0, 1000, 10)}), {box(0, 0, 799, 10)}, {0, 1, 0, 1});
  expect(kIcdar2013, ground_truth({box(0, 0, 1000, 1000)}), {box(0, 0, 1000, 2501)}, {0, 1, 0, 1});
  expect(kMtwi2018, ground_truth({box(0, 0, 10, 10)}), {box(0, 0, 7, 10)}, {1, 1, 1, 1});
}

TEST("score/deteval: a sum is rounded to four decimals before it is compared") {
  // 0.39995 twice is 0.7999, 0.399975 twice is 0.79995, which rounds to 0.8000: half to even, as NumPy.
  expect(kIcdar2013, ground_truth({box(0, 0, 20000, 2)}), {box(0, 0, 7999, 2), box(8000, 0, 7999, 2)}, {0, 1, 0, 2});
  expect(kIcdar2013, ground_truth({box(0, 0, 40000, 2)}), {box(0, 0, 15999, 2), box(16000, 0, 15999, 2)},
         {0.8, 1, 1.6, 2});
}

TEST("score/deteval: proper DetEval matches one-to-one only what overlaps nothing else") {
  const auto gt = ground_truth({box(0, 0, 100, 20)});
  // A second detection touches by one pixel's width.
  const std::vector<Polygon> dets{box(0, 0, 100, 20), box(99, 0, 50, 20)};
  // Not one-to-one; one-to-many of a single one, as there are two overlaps.
  expect(kDeteval, gt, dets, {1, 1, 1, 2});
  CHECK_EQ(explanation(kDeteval, gt, detections(dets)).counts.at(4).second, 1.0);
  // Below the tenth of a thousandth of rounding a lone detection of 0.79996 matches one-to-many, where another touches.
  const auto wide = ground_truth({box(0, 0, 25000, 4)});
  expect(kDeteval, wide, {box(0, 0, 19999, 4)}, {0, 1, 0, 1});
  expect(kDeteval, wide, {box(0, 0, 19999, 4), box(24999, 0, 5000, 4)}, {1, 1, 1, 2});
  expect(kIcdar2013, wide, {box(0, 0, 19999, 4)}, {1, 1, 1, 1});
}

TEST("score/deteval: what fits twice is no one-to-one match") {
  const auto gt = ground_truth({box(0, 0, 100, 20)});
  // Both fit; as pieces they are two, of which either would do.
  expect(kIcdar2013, gt, {box(0, 0, 100, 20), box(0, 0, 100, 20)}, {0.8, 1, 1.6, 2});
  // A detection under don't care still stands in the way of a match of its neighbour one-to-one.
  const auto under = ground_truth({box(0, 0, 100, 20), box(0, 0, 200, 20)}, {0, 1});
  expect(kIcdar2013, under, {box(0, 0, 100, 20)}, {0, 1, 0, 0});
}

TEST("score/deteval: don't care takes a detection above four tenths, in MTWI above half") {
  const auto gt = ground_truth({box(0, 0, 10, 10)}, {1});
  for (const auto& options : all()) {
    const bool mtwi = options.protocol == Protocol::mtwi2018;
    expect(options, gt, {box(6, 0, 10, 10)}, {0, 0, 0, 1});
    expect(options, gt, {box(5, 0, 10, 10)}, {0, 0, 0, mtwi ? 1.0 : 0.0});
    expect(options, gt, {box(4, 0, 10, 10)}, {0, 0, 0, 0});
  }
}

TEST("score/deteval: centres too far apart are no one-to-one match") {
  // A box with a needle, at whose far end all but a few vertices are.
  Polygon needle{{0, 0}, {100, 0}, {100, 20}, {0, 20}, {0, 10.1}};
  for (int i = 0; i <= 200; ++i) needle.push_back({-300, 10.1 - 0.001 * i});
  needle.push_back({0, 9.9});
  expect(kDeteval, ground_truth({needle}), {box(0, 0, 100, 20)}, {0, 1, 0, 1});
  // Without DetEval's further condition it is found again as a piece of which there is but one.
  expect(kIcdar2013, ground_truth({needle}), {box(0, 0, 100, 20)}, {1, 1, 1, 1});
}

TEST("score/deteval: images without ground truth or detections") {
  for (const auto& options : all()) {
    expect(options, ground_truth({}), {}, {0, 0, 0, 0});
    expect(options, ground_truth({}), {box(0, 0, 9, 9)}, {0, 0, 0, 1});
    expect(options, ground_truth({box(0, 0, 9, 9)}), {}, {0, 1, 0, 0});
  }
}

TEST("score/deteval: what is no valid polygon is as if it were not there") {
  const Polygon bow_tie{{0, 0}, {10, 10}, {10, 0}, {0, 10}};
  for (const auto& options : all()) {
    expect(options, ground_truth({bow_tie, box(0, 0, 10, 10)}), {bow_tie, box(0, 0, 10, 10)}, {1, 1, 1, 1});
    const auto why = explanation(options, ground_truth({bow_tie, box(0, 0, 10, 10)}), detections({bow_tie}));
    CHECK(why.gt == (std::vector{Fate::invalid, Fate::missed}));
    CHECK(why.det == std::vector{Fate::invalid});
  }
}

}  // namespace
