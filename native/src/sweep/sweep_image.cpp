#include "thresher/sweep/sweep_image.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>

#include "thresher/geometry/hull.hpp"
#include "thresher/postprocess/candidates.hpp"
#include "thresher/postprocess/expand.hpp"

namespace thresher {
namespace {

/// The lower bound that lets the most through. Bounds are compared so that NaN rejects nothing.
double loosest(const std::vector<double>& bounds) {
  const auto nan = std::find_if(bounds.begin(), bounds.end(), [](double v) { return std::isnan(v); });
  return nan != bounds.end() ? *nan : *std::min_element(bounds.begin(), bounds.end());
}

/// The first place that holds the same value as place i.
template <class T>
std::size_t first_like(const std::vector<T>& values, std::size_t i) {
  const auto first = std::find(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(i), values[i]);
  return static_cast<std::size_t>(std::distance(values.begin(), first));
}

/// What filters a box once it is expanded.
struct Traits {
  std::uint32_t contour = 0;
  double score = 0;
  float side = 0;
  float expanded_side = 0;
};

class ImageSweep {
 public:
  ImageSweep(MapView map, Size size, const PostprocessMode& mode, const Scorer& scorer, const Grid& grid,
             const Task* task)
      : map_(map), size_(size), mode_(mode), scorer_(scorer), grid_(grid), task_(task), levels_(scorer.levels()) {
    for (const int max_candidates : grid.max_candidates) limits_.push_back(contour_limit(mode.variant, max_candidates));
  }

  /// Fills the tallies of all settings with one value of thresh.
  void sweep_thresh(double thresh, std::span<Tally> tallies) {
    find_candidates_(map_, mode_, thresh, *std::max_element(limits_.begin(), limits_.end()), loosest(grid_.min_size),
                     candidates_, task_);
    const double box_thresh = loosest(grid_.box_thresh);
    std::erase_if(candidates_, [&](const Candidate& candidate) { return box_thresh > candidate.score; });

    for (std::size_t r = 0; r < grid_.unclip_ratio.size(); ++r) {
      const std::size_t same = first_like(grid_.unclip_ratio, r);
      if (same < r) {
        copy_ratio(same, r, tallies);
      } else {
        expand_candidates(grid_.unclip_ratio[r]);
        count_ratio(r, tallies);
      }
    }
  }

 private:
  [[nodiscard]] std::size_t index(std::size_t box_thresh, std::size_t ratio) const {
    return (box_thresh * grid_.unclip_ratio.size() + ratio) * block();
  }
  /// Number of tallies that share a box_thresh and a ratio.
  [[nodiscard]] std::size_t block() const { return limits_.size() * grid_.min_size.size() * levels_; }

  void expand_candidates(double ratio) {
    boxes_.polygons.clear();
    boxes_.scores.clear();
    traits_.clear();
    const double min_size = loosest(grid_.min_size);
    for (const Candidate& candidate : candidates_) {
      if (task_ != nullptr) task_->check();
      const auto box = expand(candidate, mode_, ratio, {map_.width, map_.height}, size_, hull_);
      if (!box || !keeps_expanded_side(mode_, box->side, min_size)) continue;
      boxes_.polygons.push_back(box->polygon);
      boxes_.scores.push_back(candidate.score);
      traits_.push_back({candidate.contour, candidate.score, candidate.side, box->side});
    }
  }

  void count_ratio(std::size_t ratio, std::span<Tally> tallies) {
    const auto comparison = scorer_.compare(boxes_);
    for (std::size_t b = 0; b < grid_.box_thresh.size(); ++b) {
      std::size_t next = index(b, ratio);
      for (const std::uint64_t limit : limits_) {
        for (const double min_size : grid_.min_size) {
          choose(grid_.box_thresh[b], limit, min_size);
          comparison->tally(keep_, tallies.subspan(next, levels_));
          next += levels_;
        }
      }
    }
  }

  void choose(double box_thresh, std::uint64_t limit, double min_size) {
    keep_.clear();
    for (const Traits& box : traits_) {
      keep_.push_back(box.contour < limit && !(box_thresh > box.score) && !(box.side < min_size) &&
                      keeps_expanded_side(mode_, box.expanded_side, min_size));
    }
  }

  void copy_ratio(std::size_t from, std::size_t to, std::span<Tally> tallies) const {
    for (std::size_t b = 0; b < grid_.box_thresh.size(); ++b) {
      std::ranges::copy(tallies.subspan(index(b, from), block()), tallies.subspan(index(b, to), block()).begin());
    }
  }

  MapView map_;
  Size size_;
  const PostprocessMode& mode_;
  const Scorer& scorer_;
  const Grid& grid_;
  const Task* task_;
  std::size_t levels_;
  std::vector<std::uint64_t> limits_;

  CandidateFinder find_candidates_;
  ConvexHull hull_;
  std::vector<Candidate> candidates_;
  Detections boxes_;
  std::vector<Traits> traits_;
  std::vector<std::uint8_t> keep_;
};

}  // namespace

std::vector<Tally> sweep_image(MapView map, Size size, const PostprocessMode& mode, const Scorer& scorer,
                               const Grid& grid, Task* task) {
  std::vector<Tally> tallies(grid.size() * scorer.levels());
  const std::size_t block = grid.settings_per_thresh() * scorer.levels();
  ImageSweep sweep(map, size, mode, scorer, grid, task);
  for (std::size_t t = 0; t < grid.thresh.size(); ++t) {
    const auto target = std::span(tallies).subspan(t * block, block);
    const std::size_t same = first_like(grid.thresh, t);
    if (same < t) {
      std::ranges::copy(std::span(tallies).subspan(same * block, block), target.begin());
    } else {
      sweep.sweep_thresh(grid.thresh[t], target);
    }
    if (task != nullptr) ++task->done;
  }
  return tallies;
}

}  // namespace thresher
