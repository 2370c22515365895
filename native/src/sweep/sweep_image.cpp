#include "thresher/sweep/sweep_image.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "candidate_levels.hpp"
#include "expanded_shapes.hpp"
#include "found_levels.hpp"
#include "grid_axes.hpp"
#include "list_union.hpp"
#include "subset_tallies.hpp"

namespace thresher {
namespace {

// Levels are compared with the ground truth together until their union has this many times the boxes of the first:
// beyond, what a tally costs more exceeds what comparisons cost less.
constexpr std::size_t kMostGrowth = 3;
constexpr std::size_t kFreeGrowth = 64;

}  // namespace

class ImageSweeper::Scratch {
 public:
  std::vector<Tally> sweep(MapView map, Size size, const PostprocessMode& mode, const Scorer& scorer, const Grid& grid,
                           Task* task) {
    static_cast<void>(grid.size());  // throws for a grid without settings
    const GridAxes axes(grid, mode.variant);
    candidates_.start(map, size, mode, axes.levels.values, axes.unclip_ratio.values,
                      {axes.limits.values.back(), axes.min_size.values.front(), axes.box_thresh.values.front()});
    return sweep(candidates_, mode, scorer, grid, axes, task);
  }

  std::vector<Tally> sweep(const cuda::ImageCandidates& found, const PostprocessMode& mode, const Scorer& scorer,
                           const Grid& grid, Task* task) {
    const GridAxes axes(grid, mode.variant);
    FoundLevels source(found, mode, axes.unclip_ratio.values);
    return sweep(source, mode, scorer, grid, axes, task);
  }

 private:
  /// One call: what to do, and where the tallies go.
  struct Run {
    CandidateSource& source;
    const PostprocessMode& mode;
    const Scorer& scorer;
    const Grid& grid;
    const GridAxes& axes;
    std::size_t scorer_levels;
    std::span<Tally> tallies;
    std::vector<std::vector<std::uint32_t>> threshes;  ///< places in the grid, by level
    Task* task;
  };

  /// A level's boxes, their places being handles in the union.
  struct Level {
    std::size_t level = 0;
    std::vector<BoundedBox> boxes;
  };

  std::vector<Tally> sweep(CandidateSource& source, const PostprocessMode& mode, const Scorer& scorer, const Grid& grid,
                           const GridAxes& axes, Task* task) {
    std::vector<Tally> tallies(grid.size() * scorer.levels());
    Run run{source, mode, scorer, grid, axes, scorer.levels(), tallies, {}, task};
    run.threshes.resize(axes.levels.size());
    for (std::uint32_t t = 0; t < grid.thresh.size(); ++t) run.threshes[axes.levels.places[t]].push_back(t);

    std::size_t first = 0;
    while (const std::size_t levels = source.next_window(task)) {
      count_bounds_met(run, levels);
      for (std::size_t ratio = 0; ratio < axes.unclip_ratio.size(); ++ratio) sweep_ratio(run, ratio, first, levels);
      for (std::size_t level = first; level < first + levels; ++level) {
        if (task != nullptr) task->done += static_cast<int>(run.threshes[level].size());
      }
      first += levels;
    }
    return tallies;
  }

  /// How many box_thresh each candidate of the window meets, at every ratio.
  void count_bounds_met(const Run& run, std::size_t levels) {
    box_met_.clear();
    for (std::size_t i = 0; i < levels; ++i) {
      for (const LevelCandidate& candidate : run.source.level(i)) {
        box_met_.push_back(bounds_met<double>(run.axes.box_thresh.values, candidate.score));
      }
    }
  }

  /// All levels of the window, the first of which is `first`, at one ratio.
  void sweep_ratio(const Run& run, std::size_t ratio, std::size_t first, std::size_t levels) {
    expanded_.start(run.source, ratio);
    item_memo_.clear();
    items_.clear();
    open_chunk();
    std::size_t place = 0;
    for (std::size_t i = 0; i < levels; ++i) {
      const std::span<const LevelCandidate> candidates = run.source.level(i);
      collect_boxes(run, candidates, std::span(box_met_).subspan(place, candidates.size()));
      place += candidates.size();
      if (chunk_size_ > 0 && union_.size() > kMostGrowth * first_size_ + kFreeGrowth) close_chunk(run, ratio);
      if (chunk_size_ == 0) first_size_ = boxes_.size();
      union_.add(list_, handles_);
      for (std::size_t b = 0; b < boxes_.size(); ++b) boxes_[b].place = handles_[b];
      if (chunk_.size() == chunk_size_) chunk_.emplace_back();
      chunk_[chunk_size_].level = first + i;
      std::swap(chunk_[chunk_size_].boxes, boxes_);
      ++chunk_size_;
    }
    close_chunk(run, ratio);
  }

  void open_chunk() {
    union_.clear();
    chunk_size_ = 0;
  }

  /// Fills boxes_ with a level's boxes that some setting keeps, and list_ with what stands for them in the union:
  /// items, or polygons where the protocol reads no scores.
  void collect_boxes(const Run& run, std::span<const LevelCandidate> candidates,
                     std::span<const std::uint32_t> box_met) {
    boxes_.clear();
    list_.clear();
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (run.task != nullptr) run.task->check();
      const LevelCandidate& candidate = candidates[i];
      const ExpandedShapes::Expansion& box = expanded_[candidate.shape];
      if (!box.exists) continue;
      const std::uint32_t size_met = sizes_met(run, run.source.side(candidate.shape), box.side);
      if (size_met == 0) continue;
      boxes_.push_back({0, candidate.contour, box_met[i], size_met});
      list_.push_back(run.scorer.reads_scores() ? item_of(box.polygon, candidate.score) : box.polygon);
    }
  }

  static std::uint32_t sizes_met(const Run& run, float side, float expanded_side) {
    const std::vector<double>& sizes = run.axes.min_size.values;
    const std::uint32_t met = bounds_met(sizes, side);
    std::uint32_t both = 0;
    while (both < met && keeps_expanded_side(run.mode, expanded_side, sizes[both])) ++both;
    return both;
  }

  /// A number for a polygon with its score, which makes a detection where the protocol reads scores.
  std::uint32_t item_of(std::uint32_t polygon, double score) {
    const std::array<std::uint64_t, 2> key{polygon, std::bit_cast<std::uint64_t>(score)};
    std::uint32_t& item = item_memo_[key];
    if (item == item_memo_.kNew) {
      item = static_cast<std::uint32_t>(items_.size());
      items_.push_back({polygon, score});
    }
    return item;
  }

  /// Compares the union of the chunk's levels and tallies each of them.
  void close_chunk(const Run& run, std::size_t ratio) {
    detections_.polygons.clear();
    detections_.scores.clear();
    detections_.known.clear();
    const KnownAreas* areas = run.source.areas(ratio);
    for (std::size_t i = 0; i < union_.size(); ++i) {
      std::uint32_t polygon = union_.item(i);
      if (run.scorer.reads_scores()) {
        const Item& item = items_[polygon];
        detections_.scores.push_back(item.score);
        polygon = item.polygon;
      }
      detections_.polygons.push_back(expanded_.polygon(polygon));
      if (areas != nullptr) detections_.known.push_back((*areas)[expanded_.shape(polygon)]);
    }
    subsets_.start(run.scorer.compare(detections_), union_.size(), run.scorer_levels);
    block_.resize(run.axes.box_thresh.size() * run.axes.limits.size() * run.axes.min_size.size() * run.scorer_levels);
    for (std::size_t i = 0; i < chunk_size_; ++i) {
      if (run.task != nullptr) run.task->check();
      for (BoundedBox& box : chunk_[i].boxes) box.place = union_.place(box.place);
      subsets_.fill(run.axes, chunk_[i].boxes, block_);
      distribute(run, chunk_[i].level, ratio);
    }
    open_chunk();
  }

  /// Copies block_ to all settings of the grid that it holds for.
  void distribute(const Run& run, std::size_t level, std::size_t ratio) const {
    const GridAxes& axes = run.axes;
    const std::size_t ratios = run.grid.unclip_ratio.size();
    const std::size_t block = axes.limits.places.size() * axes.min_size.places.size() * run.scorer_levels;
    for (const std::uint32_t t : run.threshes[level]) {
      for (std::size_t b = 0; b < axes.box_thresh.places.size(); ++b) {
        for (std::size_t r = 0; r < ratios; ++r) {
          if (axes.unclip_ratio.places[r] != ratio) continue;
          const std::size_t first = ((t * axes.box_thresh.places.size() + b) * ratios + r) * block;
          copy_block(run, axes.box_thresh.places[b], run.tallies.subspan(first, block));
        }
      }
    }
  }

  void copy_block(const Run& run, std::size_t box_thresh, std::span<Tally> out) const {
    const Axis<std::uint64_t>& limits = run.axes.limits;
    const Axis<double>& sizes = run.axes.min_size;
    std::size_t next = 0;
    for (const std::uint32_t l : limits.places) {
      for (const std::uint32_t m : sizes.places) {
        const std::size_t from = ((box_thresh * limits.size() + l) * sizes.size() + m) * run.scorer_levels;
        std::copy_n(block_.begin() + static_cast<std::ptrdiff_t>(from), run.scorer_levels,
                    out.begin() + static_cast<std::ptrdiff_t>(next));
        next += run.scorer_levels;
      }
    }
  }

  struct Item {
    std::uint32_t polygon;
    double score;
  };

  CandidateLevels candidates_;
  ExpandedShapes expanded_;
  SequenceMemo<std::uint64_t> item_memo_;
  std::vector<Item> items_;
  ListUnion union_;
  SubsetTallies subsets_;
  Detections detections_;
  std::vector<std::uint32_t> box_met_;
  std::vector<BoundedBox> boxes_;
  std::vector<std::uint32_t> list_;
  std::vector<std::uint32_t> handles_;
  std::vector<Level> chunk_;  ///< more than chunk_size_: their memory is kept
  std::size_t chunk_size_ = 0;
  std::size_t first_size_ = 0;
  std::vector<Tally> block_;
};

ImageSweeper::ImageSweeper() : scratch_(std::make_unique<Scratch>()) {}
ImageSweeper::~ImageSweeper() = default;
ImageSweeper::ImageSweeper(ImageSweeper&&) noexcept = default;
ImageSweeper& ImageSweeper::operator=(ImageSweeper&&) noexcept = default;

std::vector<Tally> ImageSweeper::operator()(MapView map, Size size, const PostprocessMode& mode, const Scorer& scorer,
                                            const Grid& grid, Task* task) {
  return scratch_->sweep(map, size, mode, scorer, grid, task);
}

std::vector<Tally> ImageSweeper::operator()(const cuda::ImageCandidates& found, const PostprocessMode& mode,
                                            const Scorer& scorer, const Grid& grid, Task* task) {
  return scratch_->sweep(found, mode, scorer, grid, task);
}

std::vector<Tally> sweep_image(MapView map, Size size, const PostprocessMode& mode, const Scorer& scorer,
                               const Grid& grid, Task* task) {
  return ImageSweeper{}(map, size, mode, scorer, grid, task);
}

}  // namespace thresher
