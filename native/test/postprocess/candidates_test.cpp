#include "thresher/postprocess/candidates.hpp"

#include <cmath>
#include <limits>

#include "check.hpp"
#include "picture.hpp"

using namespace thresher;

namespace {

constexpr PostprocessMode kQuad{};
constexpr PostprocessMode kPoly{.box_type = BoxType::poly};
constexpr std::uint64_t kAll = std::numeric_limits<std::uint64_t>::max();

/// A bar of 0.9 above a ring of 0.8 with a hole of 0.1.
Picture bar_and_ring() {
  Picture map(20, 20);
  for (int y = 1; y <= 4; ++y) {
    for (int x = 2; x <= 17; ++x) map.at(x, y) = 0.9F;
  }
  for (int y = 8; y <= 18; ++y) {
    for (int x = 3; x <= 13; ++x) map.at(x, y) = 0.8F;
  }
  for (int y = 11; y <= 15; ++y) {
    for (int x = 6; x <= 10; ++x) map.at(x, y) = 0.1F;
  }
  return map;
}

}  // namespace

TEST("postprocess/candidates: contour_limit") {
  CHECK_EQ(contour_limit(Variant::paddleocr, 1000), 1000U);
  CHECK_EQ(contour_limit(Variant::receipt, 0), 0U);
  CHECK_EQ(contour_limit(Variant::mmocr, 1000), 1001U);
  CHECK_EQ(contour_limit(Variant::mmocr, std::numeric_limits<int>::max()), 2147483648U);
  CHECK_EQ(contour_limit(Variant::mmocr, -1), 0U);
  CHECK_EQ(contour_limit(Variant::mhliao, std::numeric_limits<int>::min()), 0U);
}

TEST("postprocess/candidates: bottom first, holes among them") {
  const auto found = find_candidates(bar_and_ring().view(), kQuad, 0.5, kAll, 0);
  CHECK_EQ(found.size(), 3U);
  // The hole (its ring of foreground is 7 x 7 pixels, corners 6 apart), the ring, the bar.
  CHECK_EQ(found[0].contour, 0U);
  CHECK(std::abs(found[0].side - 6) < 0.5F);
  CHECK_EQ(found[1].side, 10.0F);
  CHECK_EQ(found[2].side, 3.0F);
  CHECK(std::abs(found[2].score - 0.9) < 1e-7);
  // Ring and hole: (121 - 25) pixels of 0.8 and 25 of 0.1.
  CHECK(std::abs(found[1].score - (96 * 0.8 + 25 * 0.1) / 121) < 1e-7);
  for (const Candidate& candidate : found) CHECK_EQ(candidate.polygon.size(), 4U);
}

TEST("postprocess/candidates: the limit keeps the bottom of the map, min_side drops small ones") {
  const Picture map = bar_and_ring();
  CHECK(find_candidates(map.view(), kQuad, 0.5, 0, 0).empty());
  CHECK_EQ(find_candidates(map.view(), kQuad, 0.5, 2, 0).back().side, 10.0F);
  const auto large = find_candidates(map.view(), kQuad, 0.5, kAll, 3.5);
  CHECK_EQ(large.size(), 2U);
  CHECK_EQ(large.back().contour, 1U);
  CHECK_EQ(find_candidates(map.view(), kQuad, 0.5, kAll, 3).size(), 3U);
}

TEST("postprocess/candidates: polygons need four vertices and have no minimal side") {
  Picture map(30, 20);
  for (int x = 2; x < 9; ++x) map.at(x, 2) = 1;  // a line: two points
  for (int y = 5; y < 15; ++y) {
    for (int x = 5; x < 25; ++x) map.at(x, y) = 0.7F;
  }
  const auto found = find_candidates(map.view(), kPoly, 0.5, kAll, 1e9);
  CHECK_EQ(found.size(), 1U);
  CHECK(std::isinf(found[0].side));
  CHECK_EQ(found[0].contour, 0U);
  CHECK(found[0].polygon == (std::vector<PointD>{{5, 5}, {5, 14}, {24, 14}, {24, 5}}));
}

TEST("postprocess/candidates: three vertices are too few") {
  CHECK(find_candidates(Picture{"....", ".#..", ".##.", "...."}.view(), kPoly, 0.5, kAll, 0).empty());
  CHECK_EQ(find_candidates(Picture{"....", ".##.", ".##.", "...."}.view(), kPoly, 0.5, kAll, 0).size(), 1U);
}

TEST("postprocess/candidates: MMOCR approximates five times as coarsely") {
  // A bump of one pixel; the contour is about 227 long, so the tolerance is 0.45, or 2.3 for MMOCR.
  Picture map(120, 30);
  for (int y = 5; y < 20; ++y) {
    for (int x = 5; x < 105; ++x) map.at(x, y) = 1;
  }
  for (int x = 40; x < 60; ++x) map.at(x, 4) = 1;
  const auto vertices = [&](Variant variant) {
    return find_candidates(map.view(), {.variant = variant, .box_type = BoxType::poly}, 0.5, kAll, 0)[0].polygon.size();
  };
  CHECK_EQ(vertices(Variant::mmocr), 4U);
  CHECK_EQ(vertices(Variant::paddleocr), 8U);
  CHECK_EQ(vertices(Variant::receipt), 8U);
}

TEST("postprocess/candidates: MMOCR's quads start from the approximated contour") {
  const auto found = find_candidates(bar_and_ring().view(), {.variant = Variant::mmocr}, 0.5, 1, 100);
  CHECK_EQ(found.size(), 1U);
  CHECK(std::isinf(found[0].side));
}

TEST("postprocess/candidates: slow scores a quad over its contour") {
  // An L: its rectangle takes in background, its contour does not.
  Picture map(30, 30);
  for (int y = 5; y < 25; ++y) {
    for (int x = 5; x < 25; ++x) map.at(x, y) = x < 10 || y >= 20 ? 1.0F : 0.0F;
  }
  const PostprocessMode slow{.score_mode = ScoreMode::slow};
  const double fast_score = find_candidates(map.view(), kQuad, 0.5, kAll, 3)[0].score;
  const double slow_score = find_candidates(map.view(), slow, 0.5, kAll, 3)[0].score;
  CHECK(fast_score < 0.5);
  CHECK(std::abs(slow_score - 1) < 1e-9);
}

TEST("postprocess/candidates: dilation grows the contour, not the scored pixels") {
  Picture map(12, 12);
  for (int y = 2; y < 8; ++y) {
    for (int x = 2; x < 8; ++x) map.at(x, y) = 1;
  }
  const auto found = find_candidates(map.view(), {.dilate = true}, 0.5, kAll, 3);
  CHECK_EQ(found[0].side, 6.0F);
  CHECK(std::abs(found[0].score - 36.0 / 49) < 1e-9);
}

TEST("postprocess/candidates: a cancelled task stops it") {
  Task task;
  task.cancelled = true;
  bool stopped = false;
  try {
    find_candidates(bar_and_ring().view(), kQuad, 0.5, kAll, 0, &task);
  } catch (const Cancelled&) {
    stopped = true;
  }
  CHECK(stopped);
}
