#include "scored.hpp"

namespace {

using namespace scored;
using build::box;
using build::ground_truth;

constexpr ProtocolOptions kCtw1500{.protocol = Protocol::ctw1500};

TEST("score/ctw1500: exactly half of a union matches") {
  expect(kCtw1500, ground_truth({box(0, 0, 10, 10)}), {box(0, 0, 10, 5)}, {1, 1, 1, 1});
  expect(kCtw1500, ground_truth({box(0, 0, 1000, 10)}), {box(0, 0, 499, 10)}, {0, 1, 0, 1});
}

TEST("score/ctw1500: one detection covers several ground truths and is one hit") {
  const auto gt = ground_truth({box(0, 0, 10, 10), box(0, 0, 10, 10), box(1, 0, 10, 10)});
  expect(kCtw1500, gt, {box(0, 0, 10, 10), box(0, 0, 10, 10)}, {1, 3, 1, 2});
  const auto why = explanation(kCtw1500, gt, detections({box(0, 0, 10, 10), box(0, 0, 10, 10), box(90, 0, 5, 5)}));
  CHECK(why.gt == (std::vector{Fate::merged, Fate::merged, Fate::merged}));
  CHECK(why.det == (std::vector{Fate::merged, Fate::overlapped, Fate::false_alarm}));
  CHECK_EQ(why.links.size(), 3U);
  CHECK_EQ(why.links[2].overlap, 90.0 / 110.0);
}

TEST("score/ctw1500: a detection in order takes what the next could have had") {
  const auto gt = ground_truth({box(0, 0, 10, 10), box(3, 0, 10, 10)});
  expect(kCtw1500, gt, {box(1, 0, 10, 10), box(0, 0, 10, 10)}, {1, 2, 1, 2});
  expect(kCtw1500, gt, {box(-2, 0, 10, 10), box(1, 0, 10, 10)}, {2, 2, 2, 2});
}

TEST("score/ctw1500: nothing is don't care") {
  expect(kCtw1500, ground_truth({box(0, 0, 10, 10)}, {1}), {box(0, 0, 10, 10)}, {1, 1, 1, 1});
  expect(kCtw1500, {build::polygons({box(0, 0, 10, 10)}), {}, {}}, {box(0, 0, 10, 10)}, {1, 1, 1, 1});
}

TEST("score/ctw1500: a bow-tie has no area and yet covers; what has no area at all matches nothing") {
  const build::Polygon bow_tie{{0, 0}, {10, 10}, {10, 0}, {0, 10}};
  const build::Polygon point{{3, 3}, {3, 3}, {3, 3}};
  expect(kCtw1500, ground_truth({bow_tie, point}), {box(0, 0, 10, 10), point, bow_tie}, {1, 2, 1, 3});
}

TEST("score/ctw1500: images without ground truth or detections") {
  expect(kCtw1500, ground_truth({}), {}, {0, 0, 0, 0});
  expect(kCtw1500, ground_truth({}), {box(0, 0, 9, 9)}, {0, 0, 0, 1});
  expect(kCtw1500, ground_truth({box(0, 0, 9, 9)}), {}, {0, 1, 0, 0});
  CHECK(refusal(kCtw1500, ground_truth({}), detections({box(3e9, 0, 1, 1)}))
            .ends_with("ctw1500 scores 32-bit integers."));
}

}  // namespace
