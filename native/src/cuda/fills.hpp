#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "../geometry/fill_steps.hpp"
#include "layout.hpp"
#include "sorting.hpp"
#include "thresher/geometry/point.hpp"

// Polygons filled as PolygonFill does it, in work that goes with their edges' rows: each edge puts what it draws and
// where it crosses into the rows that it meets, and each row sorts what it got. Vertices lie in the map, so that
// nothing needs to be clipped.

namespace thresher::cuda {

/// A polygon to fill, among points that many have in common.
struct FillShape {
  Offset first_point;
  Index points;
  Index image;
  std::int32_t top;
  Index rows;
};

/// What an edge draws of a row.
struct Drawn {
  std::int32_t first;
  std::int32_t last;
};

/// In the place of a crossing, where an edge has none.
constexpr std::int64_t kNoCrossing = std::numeric_limits<std::int64_t>::max();

/// Adds to *at, at once with others; what was there before. Only used so that the order does not show in a result.
THRESHER_HD inline std::uint32_t add(std::uint32_t* at, std::uint32_t value) {
#ifdef __CUDA_ARCH__
  return atomicAdd(at, value);
#else
  return std::atomic_ref(*at).fetch_add(value, std::memory_order_relaxed);
#endif
}

/// The edges of all shapes one after the other, and their rows.
struct FillEdges {
  const PointI* points;
  const FillShape* shapes;
  Offset count;              ///< of shapes
  const Offset* first_edge;  ///< scan of their numbers of points
  const Offset* first_row;   ///< scan of their numbers of rows

  struct Edge {
    PointI from;
    PointI to;
    Offset row;  ///< place of the highest row
    std::int32_t top;
    std::int32_t bottom;
  };
  [[nodiscard]] THRESHER_HD Edge edge(Offset i) const {
    const Offset* first = first_edge;
    const std::size_t owned = owner(count, i, [first](std::size_t k) { return first[k]; });
    const FillShape& shape = shapes[owned];
    const PointI* ring = points + shape.first_point;
    const Offset place = i - first_edge[owned];
    const PointI from = ring[place == 0 ? shape.points - 1 : place - 1];
    const PointI to = ring[place];
    const std::int32_t top = from.y < to.y ? from.y : to.y;
    const std::int32_t bottom = from.y < to.y ? to.y : from.y;
    return {from, to, first_row[owned] + static_cast<Offset>(top - shape.top), top, bottom};
  }
};

/// Step i is an edge: counts it in every row that it meets. The counts start from 0.
struct CountEdgeRows {
  FillEdges edges;
  std::uint32_t* counts;  ///< by row

  THRESHER_HD void operator()(std::size_t i) const {
    const FillEdges::Edge edge = edges.edge(i);
    for (std::int32_t y = edge.top; y <= edge.bottom; ++y) add(counts + edge.row + (y - edge.top), 1);
  }
};

/// Step i is an edge: puts what it draws, and where it crosses, into its rows. Counts CountEdgeRows' counts down to 0.
struct PutEdgeRows {
  FillEdges edges;
  const Offset* first_entry;  ///< scan of the counts
  std::uint32_t* counts;
  Drawn* drawn;
  std::int64_t* crossings;

  THRESHER_HD void operator()(std::size_t i) const {
    const FillEdges::Edge edge = edges.edge(i);
    const bool leftward = edge.to.x < edge.from.x;
    const PointI left = leftward ? edge.to : edge.from;
    const PointI right = leftward ? edge.from : edge.to;
    const Line line{{left.x, left.y}, {right.x, right.y}};
    const fill_steps::Slope slope = fill_steps::slope(edge.from, edge.to);
    const std::int64_t step = edge.top < edge.bottom ? slope.step() : 0;
    std::int64_t crossing = slope.begin();
    for (std::int32_t y = edge.top; y <= edge.bottom; ++y, crossing += step) {
      const Offset row = edge.row + static_cast<Offset>(y - edge.top);
      const Offset entry = first_entry[row] + add(counts + row, 0 - 1U) - 1;
      fill_steps::Run run{};
      fill_steps::on_line(line, y, run);
      drawn[entry] = {static_cast<std::int32_t>(run.first), static_cast<std::int32_t>(run.last)};
      crossings[entry] = y < edge.bottom ? crossing : kNoCrossing;
    }
  }
};

/// Step i is a row: puts its entries in order, whichever came first.
struct SortEntries {
  const Offset* first_entry;
  Drawn* drawn;
  std::int64_t* crossings;

  THRESHER_HD void operator()(std::size_t i) const {
    const Offset first = first_entry[i];
    const auto count = static_cast<std::size_t>(first_entry[i + 1] - first);
    sort(drawn + first, count, [](Drawn a, Drawn b) { return a.first < b.first; });
    sort(crossings + first, count, [](std::int64_t a, std::int64_t b) { return a < b; });
  }
};

/// The rows and pixels of filled shapes, once their entries are in order.
struct FilledRows {
  Chunk chunk;
  const FillShape* shapes;
  const Offset* first_row;
  const Offset* first_entry;
  const Drawn* drawn;
  const std::int64_t* crossings;

  /// visit(pixel) from left to right, in one of a shape's rows.
  template <class Visit>
  THRESHER_HD void row(std::size_t i, Offset y, Visit visit) const {
    const FillShape& shape = shapes[i];
    const Image& image = chunk.images[shape.image];
    const float* pixels = image.pixels + (static_cast<Offset>(shape.top) + y) * static_cast<Offset>(image.size.width);
    const Offset end = first_entry[first_row[i] + y + 1];
    Offset next_drawn = first_entry[first_row[i] + y];
    Offset next_crossing = next_drawn;
    std::int64_t x = 0;
    for (;;) {
      // Of what edges draw and of what lies between them, what begins first.
      const bool inside = next_crossing + 1 < end && crossings[next_crossing + 1] != kNoCrossing;
      if (!inside && next_drawn == end) return;
      fill_steps::Run run{};
      if (inside) run = fill_steps::between(crossings[next_crossing], crossings[next_crossing + 1]);
      if (!inside || (next_drawn < end && drawn[next_drawn].first < run.first)) {
        run = {drawn[next_drawn].first, drawn[next_drawn].last};
        ++next_drawn;
      } else {
        next_crossing += 2;
      }
      for (x = x < run.first ? run.first : x; x <= run.last; ++x) visit(pixels[x]);
    }
  }
};

}  // namespace thresher::cuda
