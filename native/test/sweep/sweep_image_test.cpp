#include "thresher/sweep/sweep_image.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "check.hpp"
#include "thresher/postprocess/postprocess.hpp"
#include "thresher/score/matcher.hpp"

namespace {

using namespace thresher;

/// A sweep with the protocol's scorer.
std::vector<Tally> sweep(MapView map, Size size, const GroundTruth& gt, const PostprocessMode& mode, Protocol protocol,
                         const Grid& grid, Task* task = nullptr) {
  return sweep_image(map, size, mode, *make_scorer({protocol}, gt), grid, task);
}

Tally tally_of(const ImageCounts& counts) {
  return {static_cast<double>(counts.matched), static_cast<double>(counts.gt_care), static_cast<double>(counts.matched),
          static_cast<double>(counts.det_care)};
}

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}

  int whole(int low, int high) { return std::uniform_int_distribution(low, high)(engine_); }
  double uniform(double low, double high) { return std::uniform_real_distribution(low, high)(engine_); }
  template <class T>
  T one_of(const std::vector<T>& values) {
    return values[static_cast<std::size_t>(whole(0, static_cast<int>(values.size()) - 1))];
  }
  /// One to `most` values, repeats among them.
  template <class T>
  std::vector<T> some_of(const std::vector<T>& values, int most) {
    std::vector<T> out(static_cast<std::size_t>(whole(1, most)));
    for (T& value : out) value = one_of(values);
    return out;
  }

 private:
  std::mt19937 engine_;
};

struct Map {
  Size size;
  std::vector<float> pixels;
  [[nodiscard]] MapView view() const { return {pixels.data(), size.width, size.height}; }
};

/// Turned text lines with soft edges, holes and specks.
Map random_map(Random& random) {
  Map map{{random.whole(40, 110), random.whole(40, 110)}, {}};
  map.pixels.resize(static_cast<std::size_t>(map.size.width) * static_cast<std::size_t>(map.size.height));
  struct Line {
    double x, y, length, thickness, turn, height;
  };
  std::vector<Line> lines(static_cast<std::size_t>(random.whole(2, 9)));
  for (Line& line : lines) {
    line = {random.uniform(0, map.size.width),
            random.uniform(0, map.size.height),
            random.uniform(4, 35),
            random.uniform(2, 8),
            random.uniform(-0.6, 0.6),
            random.uniform(0.3, 1)};
  }
  const double noise = random.one_of<double>({0, 0.02, 0.3});
  for (int y = 0; y < map.size.height; ++y) {
    for (int x = 0; x < map.size.width; ++x) {
      double p = random.uniform(0, noise);
      for (const Line& line : lines) {
        const double u = (x - line.x) * std::cos(line.turn) + (y - line.y) * std::sin(line.turn);
        const double v = (y - line.y) * std::cos(line.turn) - (x - line.x) * std::sin(line.turn);
        const double edge = std::max(std::fabs(u) / line.length, std::fabs(v + std::sin(u / 6)) / line.thickness);
        p = std::max(p, line.height / (1 + std::exp(8 * (edge - 1))));
      }
      if (noise > 0.1 && random.whole(0, 60) == 0) p = 0;
      map.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(map.size.width) + static_cast<std::size_t>(x)] =
          static_cast<float>(p);
    }
  }
  return map;
}

/// What a person might have drawn: the boxes of some setting, moved a little.
GroundTruth random_ground_truth(Random& random, const Map& map, Size size, const PostprocessMode& mode) {
  PostprocessOptions options;
  options.mode = mode;
  options.thresh = 0.3;
  options.box_thresh = 0.2;
  options.size = size;
  const BoxSet boxes = postprocess(map.view(), options);
  GroundTruth gt;
  for (std::size_t i = 0; i < boxes.polygons.size(); ++i) {
    const double dx = random.uniform(-4, 4);
    const double dy = random.uniform(-2, 2);
    std::vector<PointD> polygon;
    for (const PointD p : boxes.polygons[i]) polygon.push_back({p.x + dx, p.y + dy});
    gt.polygons.push_back(polygon);
    gt.ignore.push_back(random.whole(0, 4) == 0);
  }
  return gt;
}

std::vector<PostprocessMode> all_modes() {
  std::vector<PostprocessMode> modes;
  for (const Variant variant : {Variant::paddleocr, Variant::mhliao, Variant::receipt, Variant::mmocr}) {
    for (const BoxType box_type : {BoxType::quad, BoxType::poly}) {
      for (const ScoreMode score_mode : {ScoreMode::fast, ScoreMode::slow}) {
        modes.push_back({variant, box_type, score_mode, modes.size() % 3 == 0});
      }
    }
  }
  return modes;
}

/// Every setting by itself, in the grid's order.
std::vector<Tally> one_by_one(const Map& map, Size size, const GroundTruth& gt, const PostprocessMode& mode,
                              Protocol protocol, const Grid& grid) {
  std::vector<Tally> tallies;
  for (const double thresh : grid.thresh) {
    for (const double box_thresh : grid.box_thresh) {
      for (const double unclip_ratio : grid.unclip_ratio) {
        for (const int max_candidates : grid.max_candidates) {
          for (const double min_size : grid.min_size) {
            const BoxSet boxes =
                postprocess(map.view(), {mode, thresh, box_thresh, unclip_ratio, max_candidates, min_size, size});
            tallies.push_back(tally_of(count_matches(build_match_table(protocol, gt, boxes.polygons), {})));
          }
        }
      }
    }
  }
  return tallies;
}

TEST("sweep/sweep_image: every setting counts as it does alone") {
  Random random(17);
  int settings = 0;
  int matched = 0;
  int distinct = 0;
  for (int round = 0; round < 12; ++round) {
    for (const PostprocessMode& mode : all_modes()) {
      const Map map = random_map(random);
      const Size size = random.whole(0, 1) == 0 ? map.size : Size{map.size.width * 3 / 2, map.size.height * 2};
      const GroundTruth gt = random_ground_truth(random, map, size, mode);
      const Protocol protocol = random.one_of<Protocol>({Protocol::icdar2015, Protocol::iou});
      const Grid grid{random.some_of<double>({0.1, 0.2, 0.3, 0.3, 0.45, 0.7, 2}, 3),
                      random.some_of<double>({0, 0.25, 0.5, 0.6, 0.7, 0.9}, 4),
                      random.some_of<double>({0, 0.7, 1.5, 1.5, 2, 2.6}, 3),
                      random.some_of<int>({-1, 0, 1, 3, 8, 1000}, 3), random.some_of<double>({-3, 0, 3, 5, 9}, 3)};
      const auto counts = sweep(map.view(), size, gt, mode, protocol, grid);
      const auto expected = one_by_one(map, size, gt, mode, protocol, grid);
      CHECK_EQ(counts.size(), grid.size());
      CHECK(counts == expected);
      settings += static_cast<int>(counts.size());
      for (std::size_t i = 0; i < counts.size(); ++i) {
        matched += static_cast<int>(counts[i].recall_hits);
        distinct += i > 0 && !(counts[i] == counts[i - 1]);
      }
    }
  }
  // The comparison says little unless the settings differ and something matches.
  CHECK(settings > 5000);
  CHECK(matched > 1000);
  CHECK(distinct > 500);
}

TEST("sweep/sweep_image: NaN among the bounds rejects nothing, as alone") {
  Random random(4);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const PostprocessMode& mode : all_modes()) {
    const Map map = random_map(random);
    const GroundTruth gt = random_ground_truth(random, map, map.size, mode);
    const Grid grid{{0.3, nan}, {0.9, nan, 0.4}, {1.5, nan}, {1000}, {9, nan, 3}};
    CHECK(sweep(map.view(), map.size, gt, mode, Protocol::iou, grid) ==
          one_by_one(map, map.size, gt, mode, Protocol::iou, grid));
  }
}

TEST("sweep/sweep_image: an empty map and an empty ground truth") {
  const Grid grid{{0.3, 0.5}, {0.6}, {1.5}, {1000}, {3}};
  GroundTruth gt;
  gt.polygons.push_back(std::vector<PointD>{{0, 0}, {9, 0}, {9, 9}, {0, 9}});
  gt.ignore = {0};
  const std::vector<Tally> nothing_found(2, {0, 1, 0, 0});
  CHECK(sweep({}, {}, gt, {}, Protocol::icdar2015, grid) == nothing_found);
  const std::vector<float> dark(64 * 64, 0.0F);
  CHECK(sweep({dark.data(), 64, 64}, {64, 64}, gt, {}, Protocol::icdar2015, grid) == nothing_found);
  const std::vector<float> bright(64 * 64, 1.0F);
  const std::vector<Tally> one_found(2, {0, 0, 0, 1});
  CHECK(sweep({bright.data(), 64, 64}, {64, 64}, {}, {}, Protocol::icdar2015, grid) == one_found);
}

TEST("sweep/sweep_image: a parameter without values is an error that names it") {
  const Grid whole{{0.3}, {0.6}, {1.5}, {1000}, {3}};
  for (int axis = 0; axis < 5; ++axis) {
    Grid grid = whole;
    if (axis == 0) grid.thresh.clear();
    if (axis == 1) grid.box_thresh.clear();
    if (axis == 2) grid.unclip_ratio.clear();
    if (axis == 3) grid.max_candidates.clear();
    if (axis == 4) grid.min_size.clear();
    const std::vector<std::string> names{"thresh", "box_thresh", "unclip_ratio", "max_candidates", "min_size"};
    std::string message;
    try {
      sweep({}, {}, {}, {}, Protocol::iou, grid);
    } catch (const std::invalid_argument& error) {
      message = error.what();
    }
    CHECK(message.find(": " + names[static_cast<std::size_t>(axis)] + " has no value") != std::string::npos);
  }
}

TEST("sweep/sweep_image: reports finished values of thresh") {
  Task task;
  task.done = 40;  // other images before this one
  const std::vector<float> dark(64 * 64, 0.0F);
  const Grid grid{{0.2, 0.3, 0.2}, {0.6}, {1.5}, {1000}, {3}};
  sweep({dark.data(), 64, 64}, {64, 64}, {}, {}, Protocol::iou, grid, &task);
  CHECK_EQ(task.done.load(), 43);
}

TEST("sweep/sweep_image: stops when it is cancelled") {
  Random random(9);
  const Map map = random_map(random);
  Grid grid{{}, {0.6}, {1.5}, {1000}, {3}};
  for (int i = 0; i < 2'000'000; ++i) grid.thresh.push_back(0.1 + i * 1e-7);
  Task task;
  std::thread other([&] {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (task.done == 0 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    task.cancelled = true;
  });
  bool cancelled = false;
  try {
    sweep(map.view(), map.size, {}, {}, Protocol::iou, grid, &task);
  } catch (const Cancelled&) {
    cancelled = true;
  }
  other.join();
  CHECK(cancelled);
  CHECK(task.done < 2'000'000);
}

}  // namespace
