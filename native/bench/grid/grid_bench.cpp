#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "grid_data.hpp"
#include "thresher/postprocess/postprocess.hpp"
#include "thresher/score/scorer.hpp"
#include "thresher/sweep/sweep_image.hpp"
#ifdef THRESHER_BENCH_PEER
#include "peer/peer.hpp"
#endif

// One thread: a map under one setting, and under a grid with its scoring; beside it the C++ peer, if it was built.
// Usage: thresher_grid_bench FOLDER [images] [rounds] [quad|poly]

namespace {

using namespace thresher;

/// Milliseconds of this thread's processor time an image: median and range over rounds.
struct Timing {
  double median = 0;
  double least = 0;
  double most = 0;
};

using Body = std::function<void(std::size_t)>;

/// Seconds. Of this thread alone: what OpenCV links keeps a pool of threads spinning while it starts, which the
/// process's clock would count.
double thread_seconds() {
  std::timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double time_round(std::size_t images, const Body& body) {
  const double start = thread_seconds();
  for (std::size_t i = 0; i < images; ++i) body(i);
  return 1e3 * (thread_seconds() - start) / static_cast<double>(images);
}

Timing timing_of(std::vector<double> times) {
  std::ranges::sort(times);
  return {times[times.size() / 2], times.front(), times.back()};
}

Timing measure(std::size_t images, int rounds, const Body& body) {
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) times.push_back(time_round(images, body));
  return timing_of(times);
}

/// Two that are compared, round by round in turn, so that both meet the same machine; a first round is not counted.
std::pair<Timing, Timing> measure_in_turn(std::size_t images, int rounds, const Body& one, const Body& other) {
  std::vector<double> times[2];
  for (int round = 0; round <= rounds; ++round) {
    for (const int which : {0, 1}) {
      const double time = time_round(images, which == 0 ? one : other);
      if (round > 0) times[which].push_back(time);
    }
  }
  return {timing_of(times[0]), timing_of(times[1])};
}

void report(const std::string& what, const Timing& time) {
  std::printf("%-46s %9.3f ms an image   [%.3f, %.3f]\n", what.c_str(), time.median, time.least, time.most);
  std::fflush(stdout);
}

/// `count` values from `start` on, in steps that keep the range of `standard` of them.
std::vector<double> range(double start, double step, int standard, int count) {
  std::vector<double> values;
  const double fine = step * standard / count;
  for (int i = 0; i < count; ++i) values.push_back(std::round((start + fine * i) * 1e6) / 1e6);
  return values;
}

Grid grid_of(int thresh, int box_thresh, int ratios) {
  return {range(0.15, 0.01, 20, thresh), range(0.2, 0.02, 20, box_thresh), range(1.6, 0.1, 5, ratios), {1000}, {3}};
}

struct Run {
  const bench::Images& images;
  PostprocessMode mode;
  int rounds;

  [[nodiscard]] Timing sweep(Protocol protocol, const Grid& grid) const {
    std::vector<std::unique_ptr<Scorer>> scorers;
    for (const auto& gt : images.ground_truths) scorers.push_back(make_scorer({.protocol = protocol}, gt));
    ImageSweeper sweep_image;
    return measure(images.size(), rounds, [&](std::size_t i) {
      sweep_image(images.map(i), {images.width, images.height}, mode, *scorers[i], grid);
    });
  }
};

void report_all(const Run& run) {
  const bench::Images& images = run.images;
  PostprocessOptions options{.mode = run.mode};
  options.unclip_ratio = 1.8;
  options.box_thresh = 0.5;
  // Both take fresh memory for every image.
  std::size_t count = 0;
  const Body one = [&](std::size_t i) { count += postprocess(images.map(i), options).scores.size(); };
#ifdef THRESHER_BENCH_PEER
  std::size_t peer_count = 0;
  const auto [single, peer] = measure_in_turn(images.size(), run.rounds, one, [&](std::size_t i) {
    peer_count += bench::peer_boxes(images.map(i), options).size();
  });
#else
  const Timing single = measure(images.size(), run.rounds, one);
#endif
  std::size_t boxes = 0;
  for (std::size_t i = 0; i < images.size(); ++i) boxes += postprocess(images.map(i), options).scores.size();
  std::printf("%zu maps of %d x %d, %.1f boxes a map\n", images.size(), images.width, images.height,
              static_cast<double>(boxes) / static_cast<double>(images.size()));
  report("one setting", single);
#ifdef THRESHER_BENCH_PEER
  report("one setting, OpenCV and Clipper", peer);
  if (run.mode.box_type == BoxType::quad && peer_count != count)
    std::printf("THE PEER FOUND %zu BOXES, NOT %zu\n", peer_count, count);
  // Every thresh of the grid, at two box_thresh and two ratios: the mean stands for the grid's 2,000 settings.
  const Grid sample{grid_of(20, 20, 5).thresh, {0.2, 0.58}, {1.6, 2.0}, {1000}, {3}};
  const Timing peer_grid = measure(images.size(), 1, [&](std::size_t i) {
    for (const double thresh : sample.thresh) {
      for (const double box_thresh : sample.box_thresh) {
        for (const double ratio : sample.unclip_ratio) {
          bench::peer_boxes(images.map(i), {run.mode, thresh, box_thresh, ratio, 1000, 3, {}});
        }
      }
    }
  });
  const double peer_ms = peer_grid.median / static_cast<double>(sample.size());
  std::printf("%-46s %9.3f ms a setting\n", "OpenCV and Clipper over the grid's range", peer_ms);
#else
  std::puts("no OpenCV or Clipper was found when this was built: the peer is absent");
#endif
  const Timing ours = run.sweep(Protocol::icdar2015, grid_of(20, 20, 5));
  report("20 x 20 x 5 grid, icdar2015", ours);
#ifdef THRESHER_BENCH_PEER
  std::printf("  one setting: 1/%.1f of the peer; the grid: 1/%.0f of the peer's 2,000 settings\n",
              peer.median / single.median, peer_ms * 2000 / ours.median);
#endif
  const Timing receipt = run.sweep(Protocol::cleval_receipt, grid_of(20, 20, 5));
  report("20 x 20 x 5 grid, cleval-receipt", receipt);
  std::printf("  %.2f times icdar2015\n", receipt.median / ours.median);
  const Timing twice_thresh = run.sweep(Protocol::icdar2015, grid_of(40, 20, 5));
  report("40 x 20 x 5 grid, icdar2015", twice_thresh);
  std::printf("  %+.1f %%\n", 100 * (twice_thresh.median / ours.median - 1));
  const Timing twice_box = run.sweep(Protocol::icdar2015, grid_of(20, 40, 5));
  report("20 x 40 x 5 grid, icdar2015", twice_box);
  std::printf("  %+.1f %%\n", 100 * (twice_box.median / ours.median - 1));
  report("20 x 20 x 10 grid, icdar2015", run.sweep(Protocol::icdar2015, grid_of(20, 20, 10)));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: thresher_grid_bench FOLDER [images] [rounds] [quad|poly]\n", stderr);
    return 2;
  }
  try {
    const bench::Images images = bench::read_images(argv[1], argc > 2 ? std::stoul(argv[2]) : 100);
    const PostprocessMode mode{.box_type = argc > 4 && std::string(argv[4]) == "poly" ? BoxType::poly : BoxType::quad};
    report_all({images, mode, argc > 3 ? std::stoi(argv[3]) : 5});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
