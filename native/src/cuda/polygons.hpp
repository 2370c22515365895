#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "../geometry/approx_steps.hpp"
#include "border_starts.hpp"
#include "fills.hpp"
#include "layout.hpp"
#include "rectangles.hpp"

// Contours approximated by polygons, for the modes whose candidates those are.

namespace thresher::cuda {

/// An approximated contour on its way to becoming a box.
struct PolygonCandidate {
  Offset first_vertex;  ///< among vertices that many have in common
  Index vertices;
  Index border;   ///< place among the chunk's borders
  Index contour;  ///< place in its bitmap's list of contours
  Index bitmap;
  double score;
  Standing status;
  Index no_padding;  ///< whose bytes nobody would write, and initcheck complain of

  [[nodiscard]] THRESHER_HD Standing& standing() { return status; }
  [[nodiscard]] THRESHER_HD Standing standing() const { return status; }
};
static_assert(sizeof(PolygonCandidate) == 2 * sizeof(Offset) + 6 * sizeof(Index));

/// Step i is a contour. `pending` and `vertices` have room for as many as there are points.
struct ApproximateContours {
  const PointI* points;
  const Offset* first_point;
  double share;  ///< tolerance, as a share of the contour's length
  approx_steps::Stretch* pending;
  PointI* vertices;
  std::uint32_t* counts;
  std::uint32_t* keep;

  THRESHER_HD void operator()(std::size_t i) const {
    const Offset first = first_point[i];
    const std::span<const PointI> contour(points + first, first_point[i + 1] - first);
    const double epsilon = share * approx_steps::arc_length(contour);
    counts[i] =
        static_cast<std::uint32_t>(approx_steps::approximate(contour, epsilon, pending + first, vertices + first));
    keep[i] = counts[i] >= kFewestVertices ? 1 : 0;
  }

 private:
  static constexpr std::uint32_t kFewestVertices = 4;
};

/// Lists the polygons that are kept; `places` is the scan of `keep`.
struct ListPolygons {
  const BorderStart* starts;
  const Offset* first_point;
  const std::uint32_t* counts;
  const std::uint32_t* keep;
  const Offset* places;
  PolygonCandidate* out;

  THRESHER_HD void operator()(std::size_t i) const {
    if (keep[i] == 0) return;
    out[places[i]] = {first_point[i],   counts[i], static_cast<Index>(i), starts[i].contour,
                      starts[i].bitmap, 0,         Standing::found,       0};
  }
};

/// Step i is a polygon: what is filled for its score.
struct DescribePolygons {
  Chunk chunk;
  const PolygonCandidate* candidates;
  const PointI* vertices;

  THRESHER_HD FillShape operator()(std::size_t i) const {
    const PolygonCandidate& candidate = candidates[i];
    const PointI* const ring = vertices + candidate.first_vertex;
    std::int32_t top = ring[0].y;
    std::int32_t bottom = top;
    for (Index k = 1; k < candidate.vertices; ++k) {
      const std::int32_t y = ring[k].y;
      top = y < top ? y : top;
      bottom = y > bottom ? y : bottom;
    }
    return {candidate.first_vertex, candidate.vertices, candidate.bitmap / chunk.levels, top,
            static_cast<Index>(bottom - top + 1)};
  }
};

/// Step i is a polygon: how many vertices it has.
struct CountPolygonVertices {
  const PolygonCandidate* candidates;
  std::uint32_t* counts;

  THRESHER_HD void operator()(std::size_t i) const { counts[i] = candidates[i].vertices; }
};

/// Puts the vertices of the polygons that are left one after the other; `first_vertex` is the scan of their numbers.
struct GatherVertices {
  const PointI* vertices;
  const Offset* first_vertex;
  PolygonCandidate* candidates;
  PointI* out;

  THRESHER_HD void operator()(std::size_t i) const {
    PolygonCandidate& candidate = candidates[i];
    const PointI* const from = vertices + candidate.first_vertex;
    for (Index k = 0; k < candidate.vertices; ++k) out[first_vertex[i] + k] = from[k];
    candidate.first_vertex = first_vertex[i];
  }
};

/// The polygons of all contours, and the memory that their vertices are in.
template <class Executor>
struct PolygonMemory {
  typename Executor::template Buffer<PolygonCandidate> candidates;
  typename Executor::template Buffer<PointI> vertices;
};

/// Approximates `count` contours.
template <class Executor>
PolygonMemory<Executor> find_polygons(Executor& executor, const BorderStart* starts, std::size_t count,
                                      const PointI* points, std::size_t point_count, const Offset* first_point,
                                      double share) {
  PolygonMemory<Executor> found;
  found.vertices = executor.template buffer<PointI>(point_count);
  const auto counts = executor.template buffer<std::uint32_t>(count);
  const auto keep = executor.template buffer<std::uint32_t>(count);
  {
    const auto pending = executor.template buffer<approx_steps::Stretch>(point_count);
    executor.for_each(count, ApproximateContours{points, first_point, share, pending.data(), found.vertices.data(),
                                                 counts.data(), keep.data()});
  }
  const auto places = executor.template buffer<Offset>(count + 1);
  found.candidates =
      executor.template buffer<PolygonCandidate>(executor.exclusive_scan(keep.data(), count, places.data()));
  executor.for_each(
      count, ListPolygons{starts, first_point, counts.data(), keep.data(), places.data(), found.candidates.data()});
  return found;
}

/// Lets go of the vertices of polygons that are out.
template <class Executor>
void gather_vertices(Executor& executor, PolygonMemory<Executor>& polygons) {
  const std::size_t count = polygons.candidates.size();
  const auto counts = executor.template buffer<std::uint32_t>(count);
  executor.for_each(count, CountPolygonVertices{polygons.candidates.data(), counts.data()});
  const auto first_vertex = executor.template buffer<Offset>(count + 1);
  auto gathered = executor.template buffer<PointI>(executor.exclusive_scan(counts.data(), count, first_vertex.data()));
  executor.for_each(count, GatherVertices{polygons.vertices.data(), first_vertex.data(), polygons.candidates.data(),
                                          gathered.data()});
  polygons.vertices = std::move(gathered);
}

}  // namespace thresher::cuda
