#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

#include "check.hpp"
#include "thresher/postprocess/postprocess.hpp"
#include "thresher/sweep/sweep_image.hpp"

// Whole grids under every protocol, with many neighbouring thresholds, against one setting at a time.

namespace {

using namespace thresher;

struct Map {
  Size size;
  std::vector<float> pixels;
  [[nodiscard]] MapView view() const { return {pixels.data(), size.width, size.height}; }
};

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  double uniform(double low, double high) { return std::uniform_real_distribution(low, high)(engine_); }
  int whole(int low, int high) { return std::uniform_int_distribution(low, high)(engine_); }

 private:
  std::mt19937 engine_;
};

/// Lines of words side by side, so that a threshold's boxes begin in other orders than its neighbour's; holes, specks
/// and, in some, plain noise.
Map page(Random& random) {
  Map map{{random.whole(30, 150), random.whole(30, 100)}, {}};
  map.pixels.assign(static_cast<std::size_t>(map.size.width) * static_cast<std::size_t>(map.size.height), 0);
  const double noise = random.whole(0, 5) == 0 ? 0.5 : 0.03;
  for (float& pixel : map.pixels) pixel = static_cast<float>(random.uniform(0, noise));
  for (int top = 2; top < map.size.height; top += random.whole(9, 16)) {
    for (int left = 2; left < map.size.width; left += random.whole(14, 40)) {
      const double width = random.uniform(4, 18);
      const double height = random.uniform(1.5, 5);
      const double slope = random.uniform(-0.15, 0.15);
      const double peak = random.uniform(0.3, 1);
      const bool hole = random.whole(0, 6) == 0;
      for (int y = std::max(top - 6, 0); y < std::min(top + 16, map.size.height); ++y) {
        for (int x = std::max(left - 8, 0); x < std::min(left + 44, map.size.width); ++x) {
          const double u = x - left - width;
          const double v = y - top - height - slope * u;
          const double edge = std::max(std::fabs(u) / width, std::fabs(v) / height);
          double p = peak / (1 + std::exp(9 * (edge - 1))) * (1 + 0.1 * std::sin(x * 3.1 + y * 1.7));
          if (hole && std::fabs(u) < 2 && std::fabs(v) < 1.5) p = 0.1;
          float& pixel = map.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(map.size.width) +
                                    static_cast<std::size_t>(x)];
          pixel = std::max(pixel, static_cast<float>(std::min(p, 1.0)));
        }
      }
    }
  }
  return map;
}

GroundTruth ground_truth(Random& random, const Map& map, const PostprocessMode& mode) {
  PostprocessOptions options{.mode = mode, .thresh = 0.3, .box_thresh = 0.3};
  options.mode.box_type = BoxType::quad;
  const BoxSet boxes = postprocess(map.view(), options);
  GroundTruth gt;
  for (std::size_t i = 0; i < boxes.polygons.size() && i < 12; ++i) {
    if (random.whole(0, 5) == 0) continue;
    std::vector<PointD> polygon;
    const double dx = random.uniform(-4, 4);
    for (const PointD p : boxes.polygons[i]) {
      polygon.push_back({std::nearbyint(p.x + dx), std::nearbyint(p.y + random.uniform(-2, 2))});
    }
    gt.polygons.push_back(polygon);
    gt.ignore.push_back(random.whole(0, 4) == 0);
    gt.texts.push_back(gt.ignore.back() ? U"###" : U"word");
  }
  return gt;
}

std::vector<Tally> one_by_one(const Map& map, const PostprocessMode& mode, const Scorer& scorer, const Grid& grid) {
  std::vector<Tally> tallies;
  for (const double thresh : grid.thresh) {
    for (const double box_thresh : grid.box_thresh) {
      for (const double ratio : grid.unclip_ratio) {
        for (const int max_candidates : grid.max_candidates) {
          for (const double min_size : grid.min_size) {
            const BoxSet boxes =
                postprocess(map.view(), {mode, thresh, box_thresh, ratio, max_candidates, min_size, {}});
            std::vector<Tally> levels(scorer.levels());
            scorer.compare({boxes.polygons, boxes.scores, {}})->tally({}, levels);
            tallies.insert(tallies.end(), levels.begin(), levels.end());
          }
        }
      }
    }
  }
  return tallies;
}

const std::vector<Protocol> kProtocols{
    Protocol::icdar2015, Protocol::iou,        Protocol::hmean_iou, Protocol::cleval,  Protocol::cleval_receipt,
    Protocol::deteval,   Protocol::icdar2013,  Protocol::mtwi2018,  Protocol::tedeval, Protocol::tiou,
    Protocol::siou,      Protocol::total_text, Protocol::ctw1500};

/// A mode whose boxes a protocol takes.
PostprocessMode any_mode(Random& random, Protocol protocol) {
  const bool quads_only = protocol == Protocol::cleval || protocol == Protocol::tedeval;
  return {static_cast<Variant>(random.whole(0, 3)),
          quads_only || random.whole(0, 2) != 0 ? BoxType::quad : BoxType::poly,
          random.whole(0, 2) == 0 ? ScoreMode::slow : ScoreMode::fast, random.whole(0, 4) == 0};
}

/// Ascending neighbours, out of order and with repeats.
std::vector<double> thresholds(Random& random) {
  std::vector<double> values;
  double value = random.uniform(0.05, 0.4);
  for (int i = random.whole(1, 14); i > 0; --i) {
    values.push_back(value);
    value += random.whole(0, 3) == 0 ? 0.03 : 0.004;
  }
  if (random.whole(0, 2) == 0) std::swap(values.front(), values.back());
  if (random.whole(0, 3) == 0) values.push_back(values.front());
  return values;
}

TEST("sweep/image_sweeper: every protocol and mode counts as one setting at a time, scratch space used again") {
  Random random(23);
  ImageSweeper sweep_image;
  std::size_t settings = 0;
  std::size_t distinct = 0;
  for (int round = 0; round < 5; ++round) {
    for (const Protocol protocol : kProtocols) {
      const PostprocessMode mode = any_mode(random, protocol);
      const Map map = page(random);
      const auto scorer = make_scorer({.protocol = protocol}, ground_truth(random, map, mode));
      const Grid grid{thresholds(random),
                      {random.uniform(0, 0.5), 0.55, 0.3, random.uniform(0.3, 0.8)},
                      {1.5, random.uniform(0, 2.5)},
                      {1000, random.whole(0, 12)},
                      {3, random.uniform(0, 8)}};
      const auto tallies = sweep_image(map.view(), map.size, mode, *scorer, grid);
      CHECK(tallies == one_by_one(map, mode, *scorer, grid));
      settings += grid.size();
      for (std::size_t i = 1; i < tallies.size(); ++i) distinct += !(tallies[i] == tallies[i - 1]);
    }
  }
  CHECK(settings > 5000);
  CHECK(distinct > 2000);
}

TEST("sweep/image_sweeper: candidates that an engine found are tallied as the CPU's are, under every protocol") {
  Random random(29);
  ImageSweeper sweep_image;
  const auto engine = cuda::make_host_engine();
  for (int round = 0; round < 4; ++round) {
    for (const Protocol protocol : kProtocols) {
      const PostprocessMode mode = any_mode(random, protocol);
      const Map map = page(random);
      const auto scorer = make_scorer({.protocol = protocol}, ground_truth(random, map, mode));
      const Grid grid{thresholds(random),
                      {random.uniform(0, 0.5), 0.55},
                      {1.5, random.uniform(0, 2.5)},
                      {1000, random.whole(0, 12)},
                      {3, random.uniform(0, 8)}};
      const std::vector<cuda::SizedMap> maps{{map.view(), map.size, round == 0 ? nullptr : &scorer->area_polygons()}};
      const auto found = engine->find(maps, grid_request(grid, mode));
      Task task;
      CHECK(sweep_image(found[0], mode, *scorer, grid, &task) ==
            sweep_image(map.view(), map.size, mode, *scorer, grid));
      CHECK_EQ(task.done.load(), static_cast<int>(grid.thresh.size()));
    }
  }
}

/// Areas that an engine found, doubled.
cuda::ImageCandidates with_doubled_areas(cuda::ImageCandidates found) {
  for (KnownAreas& areas : found.areas) {
    KnownAreas doubled;
    for (std::size_t i = 0; i < areas.size(); ++i) {
      for (const auto& [gt, area] : areas[i]) doubled.add(gt, 2 * area);
      doubled.close();
    }
    areas = doubled;
  }
  return found;
}

TEST("sweep/image_sweeper: areas that an engine found are taken as they are, under every protocol that shares areas") {
  Random random(30);
  ImageSweeper sweep_image;
  const auto engine = cuda::make_host_engine();
  for (const Protocol protocol : kProtocols) {
    bool differs = false;
    for (int round = 0; round < 20 && !differs; ++round) {
      const Map map = page(random);
      const auto scorer = make_scorer({.protocol = protocol}, ground_truth(random, map, {}));
      const Grid grid{{0.25, 0.4, 0.5}, {0.3}, {1.0, 1.7}, {1000}, {3}};
      const std::vector<cuda::SizedMap> maps{{map.view(), map.size, &scorer->area_polygons()}};
      const auto found = engine->find(maps, grid_request(grid, {}));
      differs =
          sweep_image(found[0], {}, *scorer, grid) != sweep_image(with_doubled_areas(found[0]), {}, *scorer, grid);
    }
    CHECK(differs);
  }
}

TEST("sweep/image_sweeper: more thresholds than memory is meant for at a time") {
  Random random(31);
  const Map map = page(random);
  const auto scorer = make_scorer({}, ground_truth(random, map, {}));
  Grid grid{{}, {0.4}, {1.5}, {1000}, {3}};
  for (int i = 0; i < 300; ++i) grid.thresh.push_back(0.05 + 0.003 * i);
  CHECK(sweep_image(map.view(), map.size, {}, *scorer, grid) == one_by_one(map, {}, *scorer, grid));
}

TEST("sweep/image_sweeper: threads that take images in turn count as one thread does") {
  Random random(47);
  const PostprocessMode mode{};
  const Grid grid{{0.2, 0.3, 0.31, 0.4}, {0.3, 0.6}, {1.5, 2}, {1000}, {3, 5}};
  for (const Protocol protocol : kProtocols) {
    std::vector<Map> maps;
    std::vector<std::unique_ptr<const Scorer>> scorers;
    std::vector<std::vector<Tally>> alone;
    ImageSweeper sweep_alone;
    for (int i = 0; i < 8; ++i) {
      // Two to a scorer, which threads share.
      if (i % 2 == 0) {
        maps.push_back(page(random));
        scorers.push_back(make_scorer({.protocol = protocol}, ground_truth(random, maps.back(), mode)));
      }
      const Map& map = maps.back();
      alone.push_back(sweep_alone(map.view(), map.size, mode, *scorers.back(), grid));
    }
    std::vector<std::vector<Tally>> together(alone.size());
    std::atomic<std::size_t> next{0};
    Task task;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        ImageSweeper sweep_image;
        for (std::size_t i = next++; i < together.size(); i = next++) {
          const Map& map = maps[i / 2];
          together[i] = sweep_image(map.view(), map.size, mode, *scorers[i / 2], grid, &task);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(together == alone);
    CHECK_EQ(task.done.load(), static_cast<int>(together.size() * grid.thresh.size()));
  }
}

/// Ends a sweep at one of its comparisons: there, by an exception, or soon after, by a cancelled task.
class EndingScorer : public Scorer {
 public:
  EndingScorer(const Scorer& scorer, int left, Task* task) : scorer_(scorer), left_(left), task_(task) {}

  [[nodiscard]] std::size_t levels() const override { return scorer_.levels(); }
  [[nodiscard]] std::unique_ptr<Comparison> compare(const Detections& detections) const override {
    if (left_-- == 0) {
      if (task_ == nullptr) throw std::invalid_argument("refused");
      task_->cancelled = true;
    }
    return scorer_.compare(detections);
  }

 private:
  const Scorer& scorer_;
  mutable int left_;
  Task* task_;
};

TEST("sweep/image_sweeper: after a sweep that was cancelled or threw, scratch space is as good as new") {
  Random random(59);
  ImageSweeper sweep_image;
  int cancelled = 0;
  int thrown = 0;
  for (const Protocol protocol : {Protocol::icdar2015, Protocol::cleval, Protocol::hmean_iou}) {
    for (int left = 0; left < 6; ++left) {
      const PostprocessMode mode{};
      const Map map = page(random);
      const auto scorer = make_scorer({.protocol = protocol}, ground_truth(random, map, mode));
      Grid grid{{}, {0.3, 0.6}, {1.5, 2}, {1000, 3}, {3}};
      // More than one window of levels, so that sweeps end in the middle of all that there is.
      for (int i = 0; i < 90; ++i) grid.thresh.push_back(0.15 + 0.005 * i);
      Task task;
      try {
        sweep_image(map.view(), map.size, mode, EndingScorer(*scorer, left, &task), grid, &task);
      } catch (const Cancelled&) {
        ++cancelled;
      }
      const Map next = page(random);
      const auto next_scorer = make_scorer({.protocol = protocol}, ground_truth(random, next, mode));
      const Grid small{{0.2, 0.3, 0.4}, {0.3, 0.6}, {1.5, 2}, {1000, 3}, {3}};
      CHECK(sweep_image(next.view(), next.size, mode, *next_scorer, small) ==
            one_by_one(next, mode, *next_scorer, small));
      try {
        sweep_image(next.view(), next.size, mode, EndingScorer(*next_scorer, left, nullptr), grid);
      } catch (const std::invalid_argument&) {
        ++thrown;
      }
      CHECK(sweep_image(map.view(), map.size, mode, *scorer, small) == one_by_one(map, mode, *scorer, small));
    }
  }
  CHECK(cancelled >= 9);
  CHECK(thrown >= 9);
}

}  // namespace
