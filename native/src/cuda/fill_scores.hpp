#pragma once

#include <cstddef>
#include <cstdint>

#include "fills.hpp"
#include "layout.hpp"
#include "rectangles.hpp"
#include "scores.hpp"

// Means of the map over filled polygons.

namespace thresher::cuda {

/// Step i is a rectangle: its contour, which is filled for a slow score.
struct DescribeContours {
  Chunk chunk;
  const QuadCandidate* candidates;
  const Offset* first_point;
  const std::int32_t* tops;
  const std::uint32_t* row_counts;

  THRESHER_HD FillShape operator()(std::size_t i) const {
    const Index border = candidates[i].border;
    const Offset first = first_point[border];
    return {first, static_cast<Index>(first_point[border + 1] - first), candidates[i].bitmap / chunk.levels,
            tops[border], row_counts[border]};
  }
};

/// Step i is a candidate: notes what is filled for it. `Describe` is DescribeContours or DescribePolygons.
template <class Describe>
struct ListFills {
  Describe describe;
  FillShape* shapes;
  std::uint32_t* edges;
  std::uint32_t* rows;

  THRESHER_HD void operator()(std::size_t i) const {
    shapes[i] = describe(i);
    edges[i] = shapes[i].points;
    rows[i] = shapes[i].rows;
  }
};

/// Scores `count` candidates over polygons among `points`, and takes those that stay.
template <class Executor, class Describe, class Candidate>
auto score_fills(Executor& executor, const Chunk& chunk, const PointI* points, const Describe& describe,
                 Candidate* candidates, std::size_t count, double box_thresh) {
  const auto shapes = executor.template buffer<FillShape>(count);
  const auto edge_counts = executor.template buffer<std::uint32_t>(count);
  const auto row_counts = executor.template buffer<std::uint32_t>(count);
  executor.for_each(count, ListFills<Describe>{describe, shapes.data(), edge_counts.data(), row_counts.data()});
  const auto first_edge = executor.template buffer<Offset>(count + 1);
  const auto first_row = executor.template buffer<Offset>(count + 1);
  const Offset edge_count = executor.exclusive_scan(edge_counts.data(), count, first_edge.data());
  const Offset row_count = executor.exclusive_scan(row_counts.data(), count, first_row.data());

  const FillEdges edges{points, shapes.data(), count, first_edge.data(), first_row.data()};
  const auto entry_counts = executor.template zeros<std::uint32_t>(row_count);
  executor.for_each(edge_count, CountEdgeRows{edges, entry_counts.data()});
  const auto first_entry = executor.template buffer<Offset>(row_count + 1);
  const Offset entries = executor.exclusive_scan(entry_counts.data(), row_count, first_entry.data());
  const auto drawn = executor.template buffer<Drawn>(entries);
  const auto crossings = executor.template buffer<std::int64_t>(entries);
  executor.for_each(edge_count,
                    PutEdgeRows{edges, first_entry.data(), entry_counts.data(), drawn.data(), crossings.data()});
  executor.for_each(row_count, SortEntries{first_entry.data(), drawn.data(), crossings.data()});

  const FilledRows rows{chunk, shapes.data(), first_row.data(), first_entry.data(), drawn.data(), crossings.data()};
  return score_rows(executor, candidates, count, rows, first_row.data(), row_count, box_thresh);
}

}  // namespace thresher::cuda
