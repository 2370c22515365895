#include "thresher/postprocess/postprocess.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "all_modes.hpp"
#include "check.hpp"
#include "picture.hpp"

using namespace thresher;

namespace {

void paint(Picture& map, int x0, int y0, int x1, int y1, float value) {
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) map.at(x, y) = value;
  }
}

/// Two lines of text: 0.9 over 0.5.
Picture page() {
  Picture map(60, 40);
  paint(map, 10, 5, 30, 15, 0.9F);
  paint(map, 10, 25, 30, 35, 0.5F);
  return map;
}

std::size_t count(const Picture& map, const PostprocessOptions& options) {
  const BoxSet boxes = postprocess(map.view(), options);
  CHECK_EQ(boxes.polygons.size(), boxes.scores.size());
  return boxes.scores.size();
}

}  // namespace

TEST("postprocess/postprocess: a rectangle of text, by hand") {
  // Corners (10, 5) to (30, 15): area 200, perimeter 60, so 5 pixels outward at ratio 1.5.
  const Picture map = page();
  const BoxSet boxes = postprocess(map.view(), {});
  CHECK_EQ(boxes.scores.size(), 1U);
  CHECK(std::abs(boxes.scores[0] - 0.9) < 1e-7);
  const auto box = boxes.polygons[0];
  CHECK(std::vector<PointD>(box.begin(), box.end()) == (std::vector<PointD>{{5, 0}, {35, 0}, {35, 20}, {5, 20}}));
}

TEST("postprocess/postprocess: scaled to a given size") {
  const Picture map = page();
  const BoxSet boxes = postprocess(map.view(), {.size = Size{120, 400}});
  CHECK(boxes.polygons[0][2] == (PointD{70, 200}));
}

TEST("postprocess/postprocess: the bottom of the map comes first and is what max_candidates keeps") {
  const Picture map = page();
  const BoxSet both = postprocess(map.view(), {.box_thresh = 0.4});
  CHECK_EQ(both.scores.size(), 2U);
  CHECK(both.scores[0] < both.scores[1]);
  const BoxSet first = postprocess(map.view(), {.box_thresh = 0.4, .max_candidates = 1});
  CHECK_EQ(first.scores.size(), 1U);
  CHECK_EQ(first.scores[0], both.scores[0]);
  CHECK_EQ(count(map, {.box_thresh = 0.4, .max_candidates = 0}), 0U);
  CHECK_EQ(count(map, {.box_thresh = 0.4, .max_candidates = -5}), 0U);
  CHECK_EQ(count(map, {.box_thresh = 0.4, .max_candidates = std::numeric_limits<int>::max()}), 2U);
  // One more for MMOCR.
  CHECK_EQ(count(map, {.mode = {.variant = Variant::mmocr}, .box_thresh = 0.4, .max_candidates = 1}), 2U);
}

TEST("postprocess/postprocess: a score equal to box_thresh stays") {
  const Picture map = page();
  const double score = postprocess(map.view(), {}).scores[0];
  CHECK_EQ(count(map, {.box_thresh = score}), 1U);
  CHECK_EQ(count(map, {.box_thresh = std::nextafter(score, 1.0)}), 0U);
}

TEST("postprocess/postprocess: thresholds beyond the probabilities, and none at all") {
  const Picture map = page();
  CHECK_EQ(count(map, {.thresh = 1, .box_thresh = 0}), 0U);
  CHECK_EQ(count(map, {.thresh = 2, .box_thresh = 0}), 0U);
  CHECK_EQ(count(map, {.thresh = -1, .box_thresh = 0}), 1U);
  CHECK_EQ(count(map, {.box_thresh = 1.5}), 0U);
  CHECK_EQ(count(map, {.box_thresh = -1}), 2U);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_EQ(count(map, {.thresh = nan}), 0U);
  CHECK_EQ(count(map, {.box_thresh = nan}), 2U);
  CHECK_EQ(count(map, {.unclip_ratio = nan}), 0U);
}

TEST("postprocess/postprocess: min_size is tested before and, two more, after expansion") {
  Picture map(60, 40);
  paint(map, 10, 10, 40, 13, 0.9F);  // 30 x 3: d = 90 * 1.5 / 66 = 2.05, which adds 4 to 3
  CHECK_EQ(count(map, {.min_size = 3}), 1U);
  CHECK_EQ(count(map, {.min_size = 3.01}), 0U);
  // Hardly expanded, 3 is not 5.
  CHECK_EQ(count(map, {.unclip_ratio = 0.01, .min_size = 3}), 0U);
  CHECK_EQ(count(map, {.unclip_ratio = 0.01, .min_size = 1}), 1U);
}

TEST("postprocess/postprocess: a hole whose mean reaches box_thresh is a box of its own") {
  Picture map(40, 40);
  paint(map, 5, 5, 34, 34, 0.6F);
  paint(map, 18, 18, 22, 22, 0.1F);
  CHECK_EQ(count(map, {.thresh = 0.29, .box_thresh = 0.25}), 2U);
  CHECK_EQ(count(map, {.thresh = 0.29, .box_thresh = 0.45}), 1U);
}

TEST("postprocess/postprocess: NaN under a candidate is kept, as no threshold is above it") {
  Picture map = page();
  map.at(20, 10) = std::numeric_limits<float>::quiet_NaN();
  const BoxSet boxes = postprocess(map.view(), {.box_thresh = 0.95});
  // The pixel's hole and the line round it, both with NaN as score; the hole is too small to be a quad.
  CHECK_EQ(boxes.scores.size(), 1U);
  CHECK(std::isnan(boxes.scores[0]));
}

TEST("postprocess/postprocess: the smallest maps, empty and full, in every mode") {
  for (const PostprocessMode& mode : all_modes()) {
    const PostprocessOptions options{.mode = mode, .box_thresh = 0, .min_size = 0};
    CHECK_EQ(postprocess({}, options).scores.size(), 0U);
    for (const Size size : {Size{1, 1}, Size{1, 9}, Size{9, 1}, Size{2, 2}}) {
      CHECK_EQ(count(Picture(size.width, size.height, 0), options), 0U);
      // No area, or (2 x 2) a single pixel's worth: at most one box comes of it.
      CHECK(count(Picture(size.width, size.height, 1), options) <= 1);
    }
    const Picture full(40, 30, 0.8F);
    CHECK_EQ(count(full, options), 1U);
    CHECK_EQ(count(Picture(40, 30, 0), options), 0U);
  }
}

TEST("postprocess/postprocess: noise in every mode keeps its promises") {
  RandomPictures pictures(9);
  for (int round = 0; round < 60; ++round) {
    const Picture map = pictures.next();
    for (const PostprocessMode& mode : all_modes()) {
      const PostprocessOptions options{.mode = mode, .box_thresh = 0.2, .min_size = 1, .size = Size{500, 300}};
      const BoxSet boxes = postprocess(map.view(), options);
      CHECK_EQ(boxes.polygons.size(), boxes.scores.size());
      const bool clips = mode.variant == Variant::paddleocr || mode.variant == Variant::mhliao;
      for (std::size_t i = 0; i < boxes.scores.size(); ++i) {
        CHECK(boxes.scores[i] >= 0.2 && boxes.scores[i] <= 1 + 1e-9);
        if (mode.box_type == BoxType::quad) CHECK_EQ(boxes.polygons[i].size(), 4U);
        for (const PointD& point : boxes.polygons[i]) {
          if (clips) CHECK(point.x >= 0 && point.x <= 500 && point.y >= 0 && point.y <= 300);
          if (mode.variant != Variant::mmocr) CHECK(point.x == std::floor(point.x) && point.y == std::floor(point.y));
        }
      }
    }
  }
}

TEST("postprocess/postprocess: what an engine finds gives the same boxes and scores") {
  RandomPictures pictures(10);
  const auto engine = cuda::make_host_engine();
  std::size_t boxes = 0;
  for (int round = 0; round < 60; ++round) {
    const Picture map = pictures.next();
    for (const PostprocessMode& mode : all_modes()) {
      const PostprocessOptions options{.mode = mode, .box_thresh = 0.2, .min_size = 1, .size = Size{500, 300}};
      const std::vector<cuda::SizedMap> maps{{map.view(), *options.size}};
      const BoxSet expected = postprocess(map.view(), options);
      Task task;
      const BoxSet found = found_boxes(engine->find(maps, postprocess_request(options))[0], options, &task);
      CHECK(found.scores == expected.scores);
      CHECK(found.polygons.points == expected.polygons.points);
      boxes += expected.scores.size();
    }
  }
  CHECK(boxes > 100);
}

TEST("postprocess/postprocess: a cancelled task stops it, with an engine too") {
  Task task;
  task.cancelled = true;
  const Picture map = page();
  const std::vector<cuda::SizedMap> maps{{map.view(), {60, 40}}};
  const auto found = cuda::make_host_engine()->find(maps, postprocess_request({}));
  const auto stopped = [](const auto& work) {
    try {
      work();
    } catch (const Cancelled&) {
      return true;
    }
    return false;
  };
  CHECK(stopped([&] { postprocess(map.view(), {}, &task); }));
  CHECK(stopped([&] { found_boxes(found[0], {}, &task); }));
}
