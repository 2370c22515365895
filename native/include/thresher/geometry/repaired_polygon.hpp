#pragma once

#include <span>
#include <vector>

#include "thresher/geometry/point.hpp"
#include "thresher/geometry/region.hpp"

namespace thresher {

/// A polygon as shapely's evaluators clean it: itself where it is valid, and otherwise its buffer(0).
struct RepairedPolygon {
  std::vector<PointD> points;  ///< as given; the vertices of the hull where several parts were replaced by it
  Fill fill = Fill::even_odd;
  double area = 0;
  int parts = 0;  ///< pieces before any replacement; more than one is a MultiPolygon to shapely

  [[nodiscard]] Outline outline() const { return {points, fill}; }
};

/// GEOS from 3.9 on buffers an outline by 0 to what it winds around at least once in its own direction, the sign of
/// its signed area (what has none counts as running against the x-to-y direction): of a figure of eight one loop
/// remains, and what is wound around twice is no hole. (OffsetCurveSetBuilder and BufferSubgraph in operation/buffer.)
RepairedPolygon repair(std::span<const PointD> ring);

/// The same as MMOCR's poly_make_valid has it: several parts give way to the convex hull of them all.
RepairedPolygon repair_to_one_part(std::span<const PointD> ring);

/// Area that two share.
double overlap_area(const RepairedPolygon& a, const RepairedPolygon& b);

}  // namespace thresher
