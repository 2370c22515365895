#include "tedeval_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "thresher/geometry/extent.hpp"
#include "thresher/geometry/point_in_polygon.hpp"
#include "thresher/geometry/polygon_overlap.hpp"
#include "thresher/geometry/region.hpp"

// Decisions at exactly 45 degrees hang on rounding, so the angles follow the script operation by operation.

namespace thresher {
namespace {

PointD middle(PointD a, PointD b) {
  return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

double distance(PointD a, PointD b) {
  const double dx = std::fabs(a.x - b.x);
  const double dy = std::fabs(a.y - b.y);
  return std::sqrt(dx * dx + dy * dy);
}

/// Centre of gravity as Polygon3 computes it.
PointD center_of(std::span<const PointD> polygon) {
  double x = 0;
  double y = 0;
  double turn = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const PointD from = polygon[i];
    const PointD to = polygon[i + 1 < polygon.size() ? i + 1 : 0];
    const double cross = from.x * to.y - to.x * from.y;
    x += (from.x + to.x) * cross;
    y += (from.y + to.y) * cross;
    turn += cross;
  }
  const double area = signed_loop_area(polygon);
  const double scale = 6 * area * (turn > 0 ? 1 : -1);
  if (scale == 0) return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  return {area * (x / scale) / area, area * (y / scale) / area};
}

/// Degrees between the directions from `apex` to two points, 0 to 180.
double angle_between(PointD a, PointD apex, PointD b) {
  const double radians = std::atan2(b.y - apex.y, b.x - apex.x) - std::atan2(a.y - apex.y, a.x - apex.x);
  double degrees = radians * (180 / std::numbers::pi);
  if (degrees < 0) degrees += 360;
  return degrees > 180 ? 360 - degrees : degrees;
}

/// As atan2 has it: along the x axis where there is none.
PointD direction(PointD from, PointD to) {
  return from == to ? PointD{1, 0} : PointD{to.x - from.x, to.y - from.y};
}

/// Whether two points lie in directions from `apex` that as lines meet at 45 degrees or more. The arc tangents are
/// taken only where rounding could decide.
bool turns_by_45(PointD a, PointD apex, PointD b) {
  const PointD u = direction(apex, a);
  const PointD v = direction(apex, b);
  const double across = std::fabs(u.x * v.y - u.y * v.x);
  const double along = std::fabs(u.x * v.x + u.y * v.y);
  constexpr double slack = 1e-9;
  if (across > along * (1 + slack)) return true;
  if (across < along * (1 - slack)) return false;
  const double angle = angle_between(a, apex, b);
  return std::min(angle, 180 - angle) >= 45;
}

}  // namespace

CharCenters char_centers(std::span<const PointD> quad, std::size_t count) {
  const Extent box = extent_of(quad);
  const bool vertical = box.width() != 0 && box.height() / box.width() > 1.5;
  const PointD start = vertical ? middle(quad[3], quad[2]) : middle(quad[0], quad[3]);
  const PointD end = vertical ? middle(quad[0], quad[1]) : middle(quad[1], quad[2]);
  const auto chars = static_cast<double>(count);
  const PointD unit{(end.x - start.x) / chars, (end.y - start.y) / chars};
  CharCenters centers;
  for (std::size_t i = 0; i < count; ++i) {
    const auto steps = static_cast<double>(i);
    centers.push_back({start.x + unit.x / 2 + unit.x * steps, start.y + unit.y / 2 + unit.y * steps});
  }
  return centers;
}

Pivot pivot_of(std::span<const PointD> quad) {
  return {middle(quad[0], quad[3]), center_of(quad), (distance(quad[0], quad[2]) + distance(quad[1], quad[3])) / 2};
}

bool are_on_several_lines(std::span<const Pivot* const> pivots) {
  for (const Pivot* turned : pivots) {
    for (const Pivot* seen_from : pivots) {
      if (seen_from != turned && turns_by_45(turned->start, seen_from->center, turned->center)) return true;
    }
  }
  return false;
}

bool DontCareRegion::holds(PointD p) const {
  return is_inside(outline, p.x, p.y) &&
         std::none_of(holes.begin(), holes.end(), [&](const auto& hole) { return is_inside(hole, p.x, p.y); });
}

double overlap_area(const DontCareRegion& region, std::span<const PointD> polygon, Effort& cutting) {
  std::vector<Outline> outlines{{polygon}, {region.outline}};
  const Extent extent = extent_of(polygon);
  for (const auto& hole : region.holes) {
    if (intersection(extent, extent_of(hole)).has_area()) outlines.push_back({hole});
  }
  if (outlines.size() == 2) return overlap_area(region.outline, polygon);
  const auto belongs = [](std::span<const std::uint8_t> held) {
    return held[0] && held[1] && std::none_of(held.begin() + 2, held.end(), [](auto h) { return h != 0; });
  };
  return measure_region(outlines, belongs, cutting).area;
}

CutPolygon::CutPolygon(std::span<const PointD> polygon, double polygon_area, std::vector<const DontCareRegion*> regions,
                       Effort& cutting)
    : outline(polygon), cuts(std::move(regions)), area(polygon_area), center(center_of(polygon)) {
  if (cuts.empty()) return;
  std::vector<Outline> parts{{polygon}};
  std::vector<std::size_t> ends;  // of each region's parts, its own outline first
  const Extent extent = extent_of(polygon);
  for (const DontCareRegion* cut : cuts) {
    parts.push_back({cut->outline});
    for (const auto& hole : cut->holes) {
      if (intersection(extent, extent_of(hole)).has_area()) parts.push_back({hole});
    }
    ends.push_back(parts.size());
    outlines += 1 + cut->holes.size();
  }
  const auto belongs = [&](std::span<const std::uint8_t> held) {
    if (!held[0]) return false;
    std::size_t first = 1;
    for (const std::size_t end : ends) {
      if (held[first] && std::none_of(held.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                                      held.begin() + static_cast<std::ptrdiff_t>(end), [](auto h) { return h != 0; })) {
        return false;
      }
      first = end;
    }
    return true;
  };
  const RegionMeasure measure = measure_region(parts, belongs, cutting);
  area = measure.area;
  center = measure.centroid;
}

bool CutPolygon::holds(PointD p) const {
  return is_inside(outline, p.x, p.y) &&
         std::none_of(cuts.begin(), cuts.end(), [&](const DontCareRegion* cut) { return cut->holds(p); });
}

}  // namespace thresher
