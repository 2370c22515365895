#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "../geometry/overlap_steps.hpp"
#include "expansions.hpp"
#include "layout.hpp"
#include "rectangles.hpp"
#include "thresher/cuda/engine.hpp"

// Areas that boxes share with ground truth: pairs whose extents meet are counted, listed and computed one by one, as
// overlap_area() computes them.

namespace thresher::cuda {

/// A ground truth polygon of a chunk, its vertices among those of all.
struct Outline {
  Extent extent;
  Index first;
  Index size;
};

/// The ground truth of a chunk: image i has outlines[first[i] .. first[i + 1]).
struct GroundTruthTable {
  const Index* first;
  const Outline* outlines;
  const PointD* points;

  [[nodiscard]] THRESHER_HD std::span<const PointD> polygon(Index outline) const {
    return {points + outlines[outline].first, outlines[outline].size};
  }
};

/// Whose boxes are looked at.
struct BoxTable {
  const QuadCandidate* candidates;
  const ExpandedQuad* boxes;
  Index levels;

  [[nodiscard]] THRESHER_HD Index image(std::size_t i) const { return candidates[i].bitmap / levels; }

  /// visit(outline) for every ground truth whose extent meets that of box i, in order.
  template <class Visit>
  THRESHER_HD void visit_near(const GroundTruthTable& gt, std::size_t i, Visit visit) const {
    if (boxes[i].standing != Standing::found) return;
    const Extent extent = extent_of(boxes[i].corners);
    for (Index g = gt.first[image(i)]; g < gt.first[image(i) + 1]; ++g) {
      if (share_area(extent, gt.outlines[g].extent)) visit(g);
    }
  }
};

/// Step i is a box: how many ground truths are near.
struct CountPairs {
  GroundTruthTable gt;
  BoxTable table;
  std::uint32_t* counts;

  THRESHER_HD void operator()(std::size_t i) const {
    std::uint32_t count = 0;
    table.visit_near(gt, i, [&count](Index) { ++count; });
    counts[i] = count;
  }
};

/// A box and a ground truth, by their places in the chunk.
struct NearPair {
  Index box;
  Index outline;
};

/// Step i is a box, whose pairs begin at `first_pair`.
struct ListPairs {
  GroundTruthTable gt;
  BoxTable table;
  const Offset* first_pair;
  NearPair* pairs;

  THRESHER_HD void operator()(std::size_t i) const {
    NearPair* next = pairs + first_pair[i];
    table.visit_near(gt, i, [&next, i](Index g) { *next++ = {static_cast<Index>(i), g}; });
  }
};

/// No area is negative.
constexpr double kNoRoom = -1;

/// A ground truth of one image and the area that a box shares with it, or kNoRoom.
struct AreaCell {
  double area;
  Index gt;
  Index unused = 0;  ///< no padding that nobody wrote
};

/// Step i is a pair. kEdges is the room for edges; those for which less is enough are left to the step with less.
template <std::uint32_t kEdges, std::uint32_t kEnough>
struct SharePairs {
  GroundTruthTable gt;
  BoxTable table;
  const NearPair* pairs;
  AreaCell* cells;

  THRESHER_HD void operator()(std::size_t i) const {
    const NearPair pair = pairs[i];
    const std::span<const PointD> outline = gt.polygon(pair.outline);
    const std::size_t edges = outline.size() + 4;
    if (edges <= kEnough) return;
    AreaEstimate area;
    const bool has_room = edges <= kEdges && overlap_steps::slab_overlap<DoubleDouble, FixedLists<kEdges>>(
                                                 outline, table.boxes[pair.box].corners, area);
    cells[i] = {has_room ? area.area : kNoRoom, pair.outline - gt.first[table.image(pair.box)]};
  }
};

/// What a chunk's boxes at one ratio share with ground truth: box i has cells[ends[i - 1] .. ends[i]), by ground truth.
struct FoundAreas {
  std::vector<Offset> first;  ///< one a box and one more; empty where nothing is known
  std::vector<AreaCell> cells;

  [[nodiscard]] std::span<const AreaCell> of(std::size_t box) const {
    if (first.empty()) return {};
    return std::span(cells).subspan(first[box], first[box + 1] - first[box]);
  }
};

/// The stage over one chunk, in the memory of an executor.
template <class Executor>
class OverlapStage {
 public:
  /// The chunk's ground truth, where its maps have any.
  OverlapStage(Executor& executor, std::span<const SizedMap> maps) : executor_(executor), maps_(maps.size()) {
    std::vector<Index> first{0};
    std::vector<Outline> outlines;
    std::vector<PointD> points;
    for (const SizedMap& map : maps) {
      if (map.ground_truth != nullptr) add(*map.ground_truth, outlines, points);
      first.push_back(static_cast<Index>(outlines.size()));
    }
    if (points.empty()) return;
    first_ = uploaded(first);
    outlines_ = uploaded(outlines);
    points_ = uploaded(points);
  }

  FoundAreas find(const typename Executor::template Buffer<QuadCandidate>& candidates,
                  const typename Executor::template Buffer<ExpandedQuad>& boxes, Index levels) {
    FoundAreas found;
    const std::size_t count = boxes.size();
    if (points_.size() == 0 || count == 0) return found;
    const GroundTruthTable gt{first_.data(), outlines_.data(), points_.data()};
    const BoxTable table{candidates.data(), boxes.data(), levels};
    const auto counts = executor_.template buffer<std::uint32_t>(count);
    executor_.for_each(count, CountPairs{gt, table, counts.data()});
    const auto first_pair = executor_.template buffer<Offset>(count + 1);
    const Offset size = executor_.exclusive_scan(counts.data(), count, first_pair.data());
    if (size > kMostPairsOfMap * maps_) return found;
    const auto pairs = executor_.template buffer<NearPair>(size);
    executor_.for_each(count, ListPairs{gt, table, first_pair.data(), pairs.data()});
    const auto cells = executor_.template buffer<AreaCell>(size);
    executor_.for_each(size, SharePairs<kQuads, 0>{gt, table, pairs.data(), cells.data()});
    if (largest_ + 4 > kQuads) {
      executor_.for_each(size, SharePairs<kMost, kQuads>{gt, table, pairs.data(), cells.data()});
    }
    found.first.resize(count + 1);
    executor_.download(first_pair.data(), count + 1, found.first.data());
    found.cells.resize(size);
    executor_.download(cells.data(), size, found.cells.data());
    return found;
  }

 private:
  static constexpr std::uint32_t kQuads = overlap_steps::kEdgesOfQuads;
  static constexpr std::uint32_t kMost = overlap_steps::kMostFixedEdges;
  /// Thousands of boxes over thousands of ground truths in one place are the scorer's, which refuses them.
  static constexpr Offset kMostPairsOfMap = Offset{1} << 20;

  void add(const PolygonSet& polygons, std::vector<Outline>& outlines, std::vector<PointD>& points) {
    for (std::size_t i = 0; i < polygons.size(); ++i) {
      const std::span<const PointD> polygon = polygons[i];
      // Of what overlap_area() refuses, nothing is known; an empty extent meets none.
      const bool known = polygon.size() >= 3 && overlap_steps::are_in_range(polygon);
      outlines.push_back({known ? extent_of(polygon) : Extent{}, static_cast<Index>(points.size()),
                          static_cast<Index>(known ? polygon.size() : 0)});
      if (!known) continue;
      points.insert(points.end(), polygon.begin(), polygon.end());
      largest_ = std::max(largest_, polygon.size());
    }
  }

  template <class T>
  auto uploaded(const std::vector<T>& values) {
    auto memory = executor_.template buffer<T>(values.size());
    executor_.upload(values.data(), values.size(), memory.data());
    return memory;
  }

  Executor& executor_;
  std::size_t maps_;
  std::size_t largest_ = 0;  ///< vertices of an outline
  typename Executor::template Buffer<Index> first_;
  typename Executor::template Buffer<Outline> outlines_;
  typename Executor::template Buffer<PointD> points_;
};

}  // namespace thresher::cuda
