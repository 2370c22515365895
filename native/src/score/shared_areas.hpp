#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "thresher/geometry/point.hpp"
#include "thresher/geometry/polygon_overlap.hpp"
#include "thresher/geometry/region.hpp"
#include "thresher/score/known_areas.hpp"

namespace thresher {

/// The outlines of shapes with a `repaired` polygon, as far as overlap_area() of polygons is right for them; the others
/// empty.
template <class Shape>
PolygonSet plain_polygons(const std::vector<Shape>& shapes) {
  PolygonSet polygons;
  for (const Shape& shape : shapes) {
    if (shape.repaired.fill == Fill::even_odd) {
      polygons.push_back(shape.repaired.points);
    } else {
      polygons.close();
    }
  }
  return polygons;
}

/// What of a list's known areas holds for the detections as a protocol reads them: those of detections whose
/// coordinates it left as they came.
class SharedAreas {
 public:
  /// Nothing is known.
  SharedAreas() = default;
  /// `given` and `read` are the same detections before and after; `known` must outlive the object. Throws
  /// std::invalid_argument if `known` has neither no detection nor all of them.
  SharedAreas(const KnownAreas& known, const PolygonSet& given, const PolygonSet& read);

  [[nodiscard]] std::optional<double> find(std::size_t gt, std::size_t det) const {
    if (usable_.empty() || !usable_[det]) return std::nullopt;
    return known_->find(det, static_cast<std::uint32_t>(gt));
  }
  /// The area, computed where it is not known.
  [[nodiscard]] double area(std::size_t gt, std::span<const PointD> gt_polygon, std::size_t det,
                            std::span<const PointD> det_polygon) const {
    const std::optional<double> known = find(gt, det);
    return known ? *known : overlap_area(gt_polygon, det_polygon);
  }

 private:
  const KnownAreas* known_ = nullptr;
  std::vector<std::uint8_t> usable_;
};

}  // namespace thresher
