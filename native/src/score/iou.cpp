#include <cstddef>

#include "protocols.hpp"
#include "thresher/geometry/extent.hpp"
#include "thresher/geometry/polygon_measure.hpp"
#include "thresher/geometry/polygon_validity.hpp"

// DetectionIoUEvaluator of MhLiao/DB (concern/icdar2015_eval/detection/iou.py) and of PaddleOCR (eval_det_iou.py):
// shapely polygons with float coordinates, of which those that are not valid and simple are left out.

namespace thresher {

Shapes iou_shapes(const PolygonSet& polygons) {
  Shapes shapes{polygons, {}, {}, {}};
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    const bool valid = is_valid_ring(polygons[i]);
    shapes.valid.push_back(valid);
    shapes.areas.push_back(valid ? ring_area(polygons[i]) : 0);
    shapes.extents.push_back(valid ? extent_of(polygons[i]) : Extent{});
  }
  return shapes;
}

}  // namespace thresher
