#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "effort.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/score/ground_truth.hpp"
#include "thresher/score/shapes.hpp"

namespace thresher {

/// Points along a text line at which its characters are taken to be.
using CharCenters = std::vector<PointD>;

/// `count` points evenly along the middle of a quadrilateral TL, TR, BR, BL; from bottom to top where the box around
/// it is more than half again as high as wide.
CharCenters char_centers(std::span<const PointD> quad, std::size_t count);

/// How a quadrilateral lies in its line: where it begins, and its centre of gravity (NaN if its loops cancel).
struct Pivot {
  PointD start;
  PointD center;
  double diagonal = 0;  ///< mean of the two
};
Pivot pivot_of(std::span<const PointD> quad);

/// Whether boxes that would be joined stand on several lines: whether one of them turns by 45 degrees or more, either
/// way, as seen from the centre of another.
bool are_on_several_lines(std::span<const Pivot* const> pivots);

/// Don't-care ground truth less the ground truth that counts and overlaps it.
struct DontCareRegion {
  std::span<const PointD> outline;
  std::vector<std::span<const PointD>> holes;
  double area = 0;

  [[nodiscard]] bool holds(PointD p) const;
};

/// Area that a polygon shares with such a region.
double overlap_area(const DontCareRegion& region, std::span<const PointD> polygon, Effort& cutting);

/// A detection less the don't-care regions that it overlaps.
struct CutPolygon {
  std::span<const PointD> outline;
  std::vector<const DontCareRegion*> cuts;
  double area = 0;
  PointD center;
  std::size_t outlines = 1;  ///< its own and those of the regions

  CutPolygon(std::span<const PointD> polygon, double polygon_area, std::vector<const DontCareRegion*> regions,
             Effort& cutting);
  [[nodiscard]] bool holds(PointD p) const;
};

}  // namespace thresher
