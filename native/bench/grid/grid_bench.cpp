#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "grid_data.hpp"
#include "thresher/postprocess/postprocess.hpp"
#include "thresher/score/scorer.hpp"
#include "thresher/sweep/sweep_image.hpp"
#include "timing.hpp"
#ifdef THRESHER_BENCH_PEER
#include "peer/peer.hpp"
#endif

// Maps under one setting, and under a grid with its scoring; beside it the C++ peer, if it was built.
// Usage: thresher_grid_bench FOLDER [rounds] [quad|poly] [threads] [full]
// One JSON object a line: "what" was timed, of whom ("who"), and the milliseconds of a pass over all images.

namespace {

using namespace thresher;
using bench::Body;
using bench::Image;
using bench::measure_in_turn;
using bench::Timing;

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

using Scorers = std::vector<std::unique_ptr<Scorer>>;

Scorers scorers_of(const std::vector<Image>& images, Protocol protocol) {
  Scorers scorers;
  for (const Image& image : images) scorers.push_back(make_scorer({.protocol = protocol}, image.ground_truth));
  return scorers;
}

/// The first `part` of an image's rows, the rest blank, with the ground truth that lies in them.
Image first_rows(const Image& image, double part) {
  Image cut = image;
  const int rows = static_cast<int>(part * image.height);
  std::fill(cut.pixels.begin() + static_cast<std::ptrdiff_t>(rows) * image.width, cut.pixels.end(), 0.0F);
  cut.ground_truth = {};
  for (std::size_t i = 0; i < image.ground_truth.polygons.size(); ++i) {
    const auto& polygon = image.ground_truth.polygons[i];
    const auto lowest = std::ranges::max(polygon, {}, &PointD::y).y;
    if (lowest > part * image.size.height) continue;
    cut.ground_truth.polygons.push_back(polygon);
    cut.ground_truth.ignore.push_back(image.ground_truth.ignore[i]);
  }
  return cut;
}

class Bench {
 public:
  Bench(std::vector<Image> images, PostprocessMode mode, int rounds, int threads, bool full)
      : images_(std::move(images)), mode_(mode), rounds_(rounds), threads_(threads), full_(full) {}

  void report_all() {
    report_images();
    for (int threads = 1; threads <= threads_; threads *= 2) {
      report_setting(threads);
      report_grid(threads);
    }
    report_growth();
  }

 private:
  [[nodiscard]] PostprocessOptions usual() const { return {.mode = mode_, .box_thresh = 0.5, .unclip_ratio = 1.8}; }

  [[nodiscard]] std::size_t count_boxes(const std::vector<Image>& images) const {
    std::size_t boxes = 0;
    for (const Image& image : images) boxes += postprocess(image.map(), usual()).scores.size();
    return boxes;
  }

  void report_images() const {
    std::size_t peer_boxes = 0;
#ifdef THRESHER_BENCH_PEER
    for (const Image& image : images_) peer_boxes += bench::peer_boxes(image.map(), usual()).size();
#endif
    std::printf(R"({"what":"images","images":%zu,"boxes":%zu,"peer":%s,"peerBoxes":%zu})"
                "\n",
                images_.size(), count_boxes(images_), has_peer() ? "true" : "false", peer_boxes);
  }

  /// The peer knows quads only.
  [[nodiscard]] bool has_peer() const {
#ifdef THRESHER_BENCH_PEER
    return mode_.box_type == BoxType::quad;
#else
    return false;
#endif
  }

  static void report(const std::string& what, std::string_view who, std::size_t threads, const Timing& time,
                     double share = 1) {
    std::printf(R"({"what":%s,"who":"%s","threads":%zu,"ms":%.6g,"least":%.6g,"most":%.6g})"
                "\n",
                what.c_str(), std::string(who).c_str(), threads, time.median * share, time.least * share,
                time.most * share);
    std::fflush(stdout);
  }

  /// Both take fresh memory for every image.
  void report_setting(std::size_t threads) const {
    std::vector<Body> bodies{[&](std::size_t i, std::size_t) { postprocess(images_[i].map(), usual()); }};
#ifdef THRESHER_BENCH_PEER
    if (has_peer()) {
      bodies.emplace_back([&](std::size_t i, std::size_t) { bench::peer_boxes(images_[i].map(), usual()); });
    }
#endif
    const auto times = measure_in_turn(images_.size(), rounds_, threads, bodies);
    report(R"("setting")", "thresher", threads, times[0]);
    if (has_peer()) report(R"("setting")", "peer", threads, times[1]);
  }

  /// The grid, beside the peer over as many of its settings as are worth the wait: every thresh, and two box_thresh and
  /// two ratios around the middle of the grid, whose mean stands for all.
  void report_grid(std::size_t threads) const {
    const Grid grid = grid_of(20, 20, 5);
    report_protocol("icdar2015", Protocol::icdar2015, grid, threads);
    report_protocol("cleval-receipt", Protocol::cleval_receipt, grid, threads);
#ifdef THRESHER_BENCH_PEER
    if (!has_peer()) return;
    const Grid sample = full_ ? grid : Grid{grid.thresh, {0.2, 0.58}, {1.6, 2.0}, {1000}, {3}};
    const Body peer = [&](std::size_t i, std::size_t) {
      for (const double thresh : sample.thresh) {
        for (const double box_thresh : sample.box_thresh) {
          for (const double ratio : sample.unclip_ratio) {
            bench::peer_boxes(images_[i].map(), {mode_, thresh, box_thresh, ratio, 1000, 3, {}});
          }
        }
      }
    };
    const double share = static_cast<double>(grid.size()) / static_cast<double>(sample.size());
    report(R"("grid")", "peer", threads, measure_in_turn(images_.size(), 1, threads, {peer})[0], share);
#endif
  }

  void report_protocol(const char* name, Protocol protocol, const Grid& grid, std::size_t threads) const {
    const Scorers scorers = scorers_of(images_, protocol);
    std::vector<ImageSweeper> sweepers(threads);
    const Body body = [&](std::size_t i, std::size_t thread) {
      sweepers[thread](images_[i].map(), images_[i].size, mode_, *scorers[i], grid);
    };
    const Timing time = measure_in_turn(images_.size(), rounds_, threads, {body})[0];
    report(std::string(R"("grid","protocol":")") + name + '"', "thresher", threads, time);
  }

  /// One grid on some images, which is timed in turn with others.
  struct Growth {
    std::string axis;
    double value;
    Grid grid;
    const std::vector<Image>& images;
  };

  /// How the grid's time grows with each of its axes, and with the images and boxes that it is for; one thread.
  void report_growth() const {
    std::vector<Growth> axes;
    for (const int values : {5, 10, 20, 40}) axes.push_back({"thresh", 1.0 * values, grid_of(values, 20, 5), images_});
    for (const int values : {5, 10, 20, 40})
      axes.push_back({"box_thresh", 1.0 * values, grid_of(20, values, 5), images_});
    for (const int values : {1, 2, 5, 10})
      axes.push_back({"unclip_ratio", 1.0 * values, grid_of(20, 20, values), images_});
    report_in_turn(axes, images_.size());
    for (const std::size_t parts : {4U, 2U, 1U}) {
      const std::size_t count = images_.size() / parts;
      if (count > 0) report_in_turn({{"images", static_cast<double>(count), grid_of(20, 20, 5), images_}}, count);
    }
    std::vector<std::vector<Image>> cuts;
    for (const double part : {0.25, 0.5, 0.75, 1.0}) {
      cuts.emplace_back();
      for (const Image& image : images_) cuts.back().push_back(first_rows(image, part));
    }
    std::vector<Growth> boxes;
    for (const auto& cut : cuts) {
      const double count = static_cast<double>(count_boxes(cut)) / static_cast<double>(cut.size());
      boxes.push_back({"boxes a map", count, grid_of(20, 20, 5), cut});
    }
    report_in_turn(boxes, images_.size());
  }

  void report_in_turn(const std::vector<Growth>& growth, std::size_t count) const {
    ImageSweeper sweeper;
    std::vector<Scorers> scorers;
    for (const Growth& each : growth) scorers.push_back(scorers_of(each.images, Protocol::icdar2015));
    std::vector<Body> bodies;
    for (std::size_t g = 0; g < growth.size(); ++g) {
      bodies.emplace_back([&, g](std::size_t i, std::size_t) {
        const Image& image = growth[g].images[i];
        sweeper(image.map(), image.size, mode_, *scorers[g][i], growth[g].grid);
      });
    }
    const auto times = measure_in_turn(count, rounds_, 1, bodies);
    for (std::size_t g = 0; g < growth.size(); ++g) {
      report(R"("growth","axis":")" + growth[g].axis + R"(","value":)" + std::to_string(growth[g].value), "thresher", 1,
             times[g]);
    }
  }

  std::vector<Image> images_;
  PostprocessMode mode_;
  int rounds_;
  int threads_;
  [[maybe_unused]] bool full_;
};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.empty() || arguments.size() > 5) {
    std::fputs("usage: thresher_grid_bench FOLDER [rounds] [quad|poly] [threads] [full]\n", stderr);
    return 2;
  }
  try {
    const auto argument = [&](std::size_t i, const char* standard) {
      return i < arguments.size() ? arguments[i] : std::string(standard);
    };
    const PostprocessMode mode{.box_type = argument(2, "quad") == "poly" ? BoxType::poly : BoxType::quad};
    Bench(bench::read_images(arguments[0]), mode, std::stoi(argument(1, "5")), std::stoi(argument(3, "1")),
          argument(4, "") == "full")
        .report_all();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
