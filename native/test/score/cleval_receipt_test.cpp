#include "scored.hpp"

namespace {

using namespace scored;
using build::box;
using build::ground_truth;
using build::Polygon;

constexpr ProtocolOptions kReceipt{.protocol = Protocol::cleval_receipt};

Polygon turned(const Polygon& polygon, std::size_t by) {
  Polygon rest(polygon.begin() + static_cast<std::ptrdiff_t>(by), polygon.end());
  rest.insert(rest.end(), polygon.begin(), polygon.begin() + static_cast<std::ptrdiff_t>(by));
  return rest;
}

TEST("score/cleval-receipt: a box has as many characters as it is longer than wide") {
  for (const auto& [width, height, characters] :
       {std::array{100, 20, 5}, {20, 100, 5}, {100, 22, 5}, {100, 18, 6}, {60, 20, 3}, {20, 20, 1}, {5000, 10, 100}}) {
    const auto gt = ground_truth({box(0, 0, width, height)});
    expect(kReceipt, gt, {}, {0, static_cast<double>(characters), 0, 0});
  }
}

TEST("score/cleval-receipt: under NumPy 2 a ratio of three is three, and a half more rounds to four") {
  ProtocolOptions options = kReceipt;
  options.cleval.numpy2 = true;
  expect(options, ground_truth({box(0, 0, 60, 20)}), {}, {0, 3, 0, 0});
  expect(options, ground_truth({box(0, 0, 20, 60)}), {}, {0, 4, 0, 0});
  expect(options, ground_truth({box(0, 0, 20, 20)}), {}, {0, 2, 0, 0});
  expect(options, ground_truth({box(0, 0, 20, 100)}), {}, {0, 6, 0, 0});
}

TEST("score/cleval-receipt: the cost of a false alarm depends on the corner that comes first") {
  const auto gt = ground_truth({});
  expect(kReceipt, gt, {box(0, 0, 100, 20)}, {0, 0, 0, 5});
  expect(kReceipt, gt, {turned(box(0, 0, 100, 20), 3)}, {0, 0, 0, 1});
  expect(kReceipt, gt, {box(0, 0, 20, 100)}, {0, 0, 0, 1});
  expect(kReceipt, gt, {turned(box(0, 0, 20, 100), 3)}, {0, 0, 0, 5});
  expect(kReceipt, gt, {{{7, 7}, {7, 7}, {7, 7}, {7, 7}}}, {0, 0, 0, 100});
}

TEST("score/cleval-receipt: characters run along the first two corners, whatever the shape") {
  // 20 by 100 has five characters, all at the middle height.
  const auto gt = ground_truth({box(0, 0, 20, 100)});
  expect(kReceipt, gt, {box(0, 0, 20, 50)}, {0, 5, 0, 1});
  expect(kReceipt, gt, {box(0, 0, 20, 51)}, {5, 5, 5, 5});
}

TEST("score/cleval-receipt: nothing is don't care, and an image's penalties end at zero") {
  expect(kReceipt, ground_truth({box(0, 0, 100, 20)}, {1}), {box(0, 0, 100, 20)}, {5, 5, 5, 5});
  const std::vector<Polygon> thrice(3, box(0, 0, 20, 20));
  expect(kReceipt, ground_truth({box(0, 0, 20, 20)}), thrice, {0, 1, 1, 3});
}

TEST("score/cleval-receipt: ground truth is rounded, half to even") {
  // From 0.5 to 99.5 is from 0 to 100, and 20.4 is 20.
  const Polygon near{{0.5, -0.5}, {99.5, 0.2}, {99.6, 20.4}, {-0.4, 19.5}};
  expect(kReceipt, ground_truth({near}), {box(0, 0, 100, 20)}, {5, 5, 5, 5});
}

TEST("score/cleval-receipt: fewer than four corners are left out") {
  const Polygon triangle{{0, 0}, {50, 0}, {0, 50}};
  const auto gt = ground_truth({triangle, box(0, 0, 100, 20)});
  expect(kReceipt, gt, {triangle, box(0, 0, 100, 20)}, {5, 5, 5, 5});
  const auto why = explanation(kReceipt, gt, detections({triangle, box(0, 0, 100, 20)}));
  CHECK(why.gt == (std::vector{Fate::invalid, Fate::matched}));
  CHECK(why.det == (std::vector{Fate::invalid, Fate::matched}));
}

TEST("score/cleval-receipt: only the first 500 of the kept detections count") {
  const auto gt = ground_truth({box(0, 0, 100, 20)});
  std::vector<Polygon> list(500, box(300, 300, 20, 100));
  list.push_back(box(0, 0, 100, 20));
  const auto comparison = make_scorer(kReceipt, gt)->compare(detections(list));
  Tally tally;
  comparison->tally({}, {&tally, 1});
  expect(tally, {0, 5, 0, 500});
  std::vector<std::uint8_t> keep(501, 1);
  keep[7] = 0;
  comparison->tally(keep, {&tally, 1});
  expect(tally, {5, 5, 5, 504});
  // One that cannot be scored takes a place all the same.
  list[0] = {{0, 0}, {1, 1}, {2, 0}};
  make_scorer(kReceipt, gt)->compare(detections(list))->tally({}, {&tally, 1});
  expect(tally, {0, 5, 0, 499});
}

}  // namespace
