#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "agreement.hpp"
#include "all_modes.hpp"
#include "hard_ground_truth.hpp"
#include "hard_pictures.hpp"

namespace agreement {

/// Batches of random maps under random requests.
struct Batches {
  std::uint32_t seed = 1;
  int batches = 1;
  int largest = 24;  ///< side of a map, in pixels
  double caution = 1;
};
inline void check_batches(thresher::cuda::Engine& engine, const Batches& wanted) {
  using namespace thresher;
  HardPictures pictures(wanted.seed);
  HardPictures ground_truths(wanted.seed + 1000);
  const auto modes = all_modes();
  for (int round = 0; round < wanted.batches; ++round) {
    std::vector<Picture> maps;
    std::vector<cuda::SizedMap> sized;
    for (int i = 1 + pictures.below(4); i > 0; --i) maps.push_back(pictures.next(wanted.largest));
    for (const Picture& map : maps) {
      sized.push_back({map.view(), {map.width + pictures.below(900), map.height * (1 + pictures.below(3))}});
    }
    // Of some maps, whose places must not move.
    std::vector<PolygonSet> ground_truth(sized.size());
    for (std::size_t i = 0; i < sized.size(); ++i) {
      if (ground_truths.below(3) == 0) continue;
      ground_truth[i] = hard_ground_truth(ground_truths, sized[i].size);
      sized[i].ground_truth = &ground_truth[i];
    }
    cuda::Request request{.mode = modes[static_cast<std::size_t>(round) % modes.size()],
                          .levels = {},
                          .unclip_ratio = {},
                          .contours = static_cast<std::uint64_t>(pictures.below(3) == 0 ? pictures.below(20) : 1000),
                          .min_side = pictures.below(5) * 0.75,
                          .box_thresh = pictures.below(6) * 0.15,
                          .caution = wanted.caution};
    for (int i = 1 + pictures.below(5); i > 0; --i) request.levels.push_back(pictures.fraction());
    std::ranges::sort(request.levels);
    request.levels.erase(std::ranges::unique(request.levels).begin(), request.levels.end());
    for (int i = pictures.below(4); i > 0; --i) request.unclip_ratio.push_back(pictures.fraction() * 8);
    check(engine, sized, request);
  }
}

}  // namespace agreement
