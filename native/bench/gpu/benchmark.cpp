#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "cuda/hard_pictures.hpp"
#include "gpu_check.hpp"
#include "resident.hpp"
#include "thresher/postprocess/postprocess.hpp"
#include "thresher/score/scorer.hpp"
#include "thresher/sweep/sweep_image.hpp"

namespace bench {
namespace {

using namespace thresher;
using cuda::SizedMap;

struct DataSet {
  std::vector<Picture> maps;
  std::vector<SizedMap> sized;
  std::vector<std::unique_ptr<const Scorer>> scorers;
  double bytes = 0;
};

/// Pages of text; what one setting finds, moved a little, is the ground truth.
DataSet make_data(int count, Size size) {
  DataSet data;
  HardPictures pictures(5);
  for (int i = 0; i < count; ++i) {
    // A few patches of text lines, as painting a whole page line by line would take longer than the benchmark.
    Picture& map = data.maps.emplace_back(size.width, size.height);
    for (int top = 4; top + 96 < size.height; top += 100) {
      for (int left = 4; left + 196 < size.width; left += 200) {
        Picture patch(192, 92);
        pictures.text(patch);
        for (int y = 0; y < patch.height; ++y) {
          for (int x = 0; x < patch.width; ++x) map.at(left + x, top + y) = patch.at(x, y);
        }
      }
    }
  }
  for (const Picture& map : data.maps) {
    data.sized.push_back({map.view(), size});
    data.bytes += static_cast<double>(map.pixels.size() * sizeof(float));
    GroundTruth gt;
    const BoxSet boxes = postprocess(map.view(), {});
    for (std::size_t i = 0; i < boxes.polygons.size(); i += 2) {
      std::vector<PointD> polygon(boxes.polygons[i].begin(), boxes.polygons[i].end());
      for (PointD& point : polygon) point.x += 2;
      gt.polygons.push_back(polygon);
      gt.ignore.push_back(i % 10 == 0);
    }
    data.scorers.push_back(make_scorer({}, gt));
  }
  return data;
}

/// The maps with the ground truth of their scorers, so that the engine computes shared areas.
std::vector<SizedMap> with_ground_truth(std::span<const SizedMap> maps, const DataSet& data) {
  std::vector<SizedMap> result(maps.begin(), maps.end());
  for (std::size_t i = 0; i < result.size(); ++i) result[i].ground_truth = &data.scorers[i]->area_polygons();
  return result;
}

/// body(i) for every i on several threads.
template <class Body>
void spread(std::size_t size, unsigned threads, Body body) {
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> workers;
  for (unsigned t = 0; t < threads; ++t) {
    workers.emplace_back([&] {
      ImageSweeper sweep;
      for (std::size_t i = next++; i < size; i = next++) body(i, sweep);
    });
  }
  for (std::thread& worker : workers) worker.join();
}

/// Median of five runs after one to warm up.
template <class Work>
double seconds(Work work) {
  std::vector<double> runs;
  for (int run = 0; run < 6; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (run > 0) runs.push_back(took.count());
  }
  std::ranges::sort(runs);
  return runs[runs.size() / 2];
}

Grid fine_grid() {
  Grid grid{{}, {}, {1.0, 1.25, 1.5, 1.75, 2.0}, {1000}, {3}};
  for (int i = 0; i < 20; ++i) {
    grid.thresh.push_back(0.2 + 0.015 * i);
    grid.box_thresh.push_back(0.3 + 0.02 * i);
  }
  return grid;
}

class Rows {
 public:
  Rows(const char* data, double floor) : data_(data), floor_(floor) {}
  void row(const char* what, double took, double floor = 0) const {
    std::printf("%s\t%s\t%.6f\t%.6f\n", data_, what, took, floor);
    std::fflush(stdout);
  }
  void device_row(const char* what, double took) const { row(what, took, floor_); }

 private:
  const char* data_;
  double floor_;
};

void measure(cuda::Engine& engine, bool on_device, unsigned threads, int count, Size size, Bandwidth bandwidth) {
  const std::string data_name =
      std::to_string(count) + " maps of " + std::to_string(size.height) + " x " + std::to_string(size.width);
  const char* const name = data_name.c_str();
  const DataSet data = make_data(count, size);
  const Grid grid = fine_grid();
  const Grid one{{0.3}, {0.6}, {1.5}, {1000}, {3}};
  const Rows rows(name, bandwidth.read > 0 ? data.bytes / bandwidth.read : 0);
  std::unique_ptr<Resident> resident;
  std::span<const SizedMap> maps = data.sized;
  if (on_device) {
    rows.row("upload", seconds([&] {
               resident.reset();
               resident = make_resident(data.sized);
             }),
             data.bytes / bandwidth.upload);
    maps = resident->maps();
  }
  struct Case {
    const char* what;
    PostprocessMode mode;
    const Grid* settings;
  };
  for (const auto& [what, mode, settings] : {Case{"one setting", {}, &one},
                                             {"grid 20 x 20 x 5", {}, &grid},
                                             {"one setting, slow scores", {.score_mode = ScoreMode::slow}, &one},
                                             {"one setting, polygons", {.box_type = BoxType::poly}, &one}}) {
    const std::string label = what;
    const cuda::Request request = grid_request(*settings, mode);
    std::vector<cuda::ImageCandidates> found;
    rows.device_row((label + ", boxes, engine, maps there").c_str(),
                    seconds([&] { found = engine.find(maps, request); }));
    const auto there = with_ground_truth(maps, data);
    rows.device_row((label + ", boxes and shared areas, engine, maps there").c_str(),
                    seconds([&] { found = engine.find(there, request); }));
    std::vector<std::vector<Tally>> expected(data.sized.size());
    std::vector<std::vector<Tally>> tallied(data.sized.size());
    const auto tally = [&] {
      spread(found.size(), threads, [&](std::size_t i, ImageSweeper& sweep) {
        tallied[i] = sweep(found[i], mode, *data.scorers[i], *settings);
      });
    };
    rows.row((label + ", tallies alone, shared areas known").c_str(), seconds(tally));
    for (auto& image : found) image.areas.clear();
    rows.row((label + ", tallies alone, shared areas by the CPU").c_str(), seconds(tally));
    const double upload = bandwidth.upload > 0 ? data.bytes / bandwidth.upload : 0;
    rows.row((label + ", end to end, engine, maps on the host, shared areas by the CPU").c_str(), seconds([&] {
               found = engine.find(data.sized, request);
               tally();
             }),
             upload);
    const auto here = with_ground_truth(data.sized, data);
    rows.row((label + ", end to end, engine, maps on the host").c_str(), seconds([&] {
               found = engine.find(here, request);
               tally();
             }),
             upload);
    rows.row((label + ", end to end, CPU").c_str(), seconds([&] {
               spread(expected.size(), threads, [&](std::size_t i, ImageSweeper& sweep) {
                 expected[i] = sweep(data.sized[i].map, size, mode, *data.scorers[i], *settings);
               });
             }));
    if (tallied != expected) throw std::runtime_error(label + ": other tallies than the CPU's");
  }
  const cuda::Work work = engine.work();
  std::printf("%s\tcandidates redone by the CPU\t%llu\tof %llu\n", name,
              static_cast<unsigned long long>(work.candidates_redone),
              static_cast<unsigned long long>(work.candidates));
  std::printf("%s\tboxes redone by the CPU\t%llu\tof %llu\n", name, static_cast<unsigned long long>(work.boxes_redone),
              static_cast<unsigned long long>(work.boxes));
  std::printf("%s\tshared areas left to the CPU\t%llu\tof %llu\n", name,
              static_cast<unsigned long long>(work.areas_left), static_cast<unsigned long long>(work.areas));
}

}  // namespace

void run_benchmark(cuda::Engine& engine, bool on_device, unsigned threads, double scale) {
  Bandwidth bandwidth;
  if (on_device) bandwidth = measure_bandwidth();
  std::printf("data\twhat\tseconds\tfloor_seconds\n");
  std::printf(
      "machine\tupload bytes a second\t%.4g\t\nmachine\tread bytes a second\t%.4g\t\nmachine\tCPU threads\t%u\t\n",
      bandwidth.upload, bandwidth.read, threads);
  const auto scaled = [scale](int count) { return std::max(1, static_cast<int>(count * scale)); };
  measure(engine, on_device, threads, scaled(500), {1280, 736}, bandwidth);
  measure(engine, on_device, threads, scaled(100), {1024, 1024}, bandwidth);
}

}  // namespace bench
