#include <algorithm>
#include <cstdio>
#include <vector>

#include "cuda/random_batches.hpp"
#include "gpu_check.hpp"
#include "thresher/postprocess/postprocess.hpp"

namespace bench {
namespace {

using namespace thresher;
using cuda::Work;

void report(const char* what, const Work& before, const Work& after) {
  const auto share = [](std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  };
  const std::uint64_t candidates = after.candidates - before.candidates;
  const std::uint64_t boxes = after.boxes - before.boxes;
  const std::uint64_t areas = after.areas - before.areas;
  std::printf(
      "%s: equal; %llu contours, %llu candidates (%.3f %% by the CPU), %llu boxes (%.3f %% by the CPU), %llu shared "
      "areas "
      "(%.3f %% left to the CPU)\n",
      what, static_cast<unsigned long long>(after.contours - before.contours),
      static_cast<unsigned long long>(candidates),
      share(after.candidates_redone - before.candidates_redone, candidates), static_cast<unsigned long long>(boxes),
      share(after.boxes_redone - before.boxes_redone, boxes), static_cast<unsigned long long>(areas),
      share(after.areas_left - before.areas_left, areas));
  std::fflush(stdout);
}

/// What one setting finds, moved a little.
PolygonSet ground_truth_of(const thresher::cuda::SizedMap& map) {
  PostprocessOptions options;
  options.size = map.size;
  const BoxSet boxes = postprocess(map.map, options);
  PolygonSet polygons;
  for (std::size_t i = 0; i < boxes.polygons.size(); ++i) {
    std::vector<PointD> polygon(boxes.polygons[i].begin(), boxes.polygons[i].end());
    for (PointD& point : polygon) point.x += 2.5;
    polygons.push_back(polygon);
  }
  return polygons;
}

}  // namespace

void run_equality(thresher::cuda::Engine& engine, const std::vector<OwnedMap>& maps, int generated, unsigned seed) {
  // A batch has two or three maps and one mode, which take turns.
  struct Part {
    const char* name;
    int largest;
    int share;  // of the generated maps, in percent
  };
  for (const Part& part : {Part{"generated, up to 24 px", 24, 60},
                           {"generated, up to 200 px", 200, 35},
                           {"generated, up to 700 px", 700, 5}}) {
    const Work before = engine.work();
    const int batches = std::max(generated * part.share / 250, static_cast<int>(all_modes().size()));
    agreement::check_batches(engine, {.seed = seed, .batches = batches, .largest = part.largest});
    report(part.name, before, engine.work());
  }
  const Work before = engine.work();
  std::vector<cuda::SizedMap> sized;
  for (const OwnedMap& map : maps) sized.push_back({map.view(), {2 * map.width, map.height + 77}});
  std::vector<PolygonSet> ground_truth;
  for (const cuda::SizedMap& map : sized) ground_truth.push_back(ground_truth_of(map));
  for (std::size_t i = 0; i < sized.size(); ++i) sized[i].ground_truth = &ground_truth[i];
  for (const PostprocessMode& mode : all_modes()) {
    cuda::Request request{.mode = mode,
                          .levels = {0.1F, 0.15F, 0.2F, 0.25F, 0.3F, 0.35F, 0.4F, 0.5F, 0.6F, 0.7F},
                          .unclip_ratio = {1, 1.5, 2, 2.5},
                          .contours = 1000,
                          .min_side = 3,
                          .box_thresh = 0.2};
    agreement::check(engine, sized, request);
  }
  if (!maps.empty()) report("given maps", before, engine.work());
}

}  // namespace bench
