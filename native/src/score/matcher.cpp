#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "protocols.hpp"
#include "thresher/geometry/polygon_overlap.hpp"
#include "thresher/score/matcher.hpp"

namespace thresher {
namespace {

using Role = MatchTable::Role;

/// Both are compared strictly: exactly half is not enough.
constexpr double kMinIou = 0.5;
constexpr double kMinDontCareShare = 0.5;

/// Slack for the rounding of the areas that an estimate is compared with.
constexpr double kSlack = 1e-12;

Shapes shapes_of(Protocol protocol, const PolygonSet& polygons, const char* what) {
  switch (protocol) {
    case Protocol::icdar2015:
      return icdar2015_shapes(polygons, what);
    case Protocol::iou:
      return iou_shapes(polygons);
    default:
      throw std::invalid_argument("a protocol that does not match one to one by IoU");
  }
}

bool is_far(const AreaEstimate& estimate, double limit) {
  return std::fabs(estimate.area - limit) > estimate.error + kSlack * std::fabs(limit);
}

/// Two polygons of which it is asked how much they share.
struct Overlap {
  std::span<const PointD> a;
  std::span<const PointD> b;
  double window = 0;  // area of the box where both can be: no more than that is shared

  Overlap(const Shapes& p, std::size_t i, const Shapes& q, std::size_t j) : a(p.polygons[i]), b(q.polygons[j]) {
    const Extent box = intersection(p.extents[i], q.extents[j]);
    if (box.has_area()) window = box.width() * box.height();
  }

  /// The shared area; exact to the last bit where it decides, that is near one of the limits.
  template <class... Limits>
  [[nodiscard]] double area(Limits... limits) const {
    const AreaEstimate estimate = estimate_overlap_area(a, b);
    return (is_far(estimate, limits) && ...) ? estimate.area : overlap_area(a, b);
  }
};

bool is_covered(const Overlap& overlap, double det_area) {
  const double limit = kMinDontCareShare * det_area;
  if (overlap.window == 0 || det_area == 0 || overlap.window < limit * (1 - kSlack)) return false;
  return overlap.area(limit) / det_area > kMinDontCareShare;
}

/// Intersection over union; 0 without looking where it cannot exceed kMinIou.
double iou_of(const Overlap& overlap, double areas) {
  // iou > t is the same as areas * t / (1 + t) < shared < areas; the latter fails for self-crossing outlines only,
  // whose area can be less than what they share.
  const double limit = areas * (kMinIou / (1 + kMinIou));
  if (overlap.window == 0 || overlap.window < limit * (1 - kSlack)) return 0;
  const double shared = overlap.area(limit, areas);
  const double united = areas - shared;
  return united == 0 ? 0 : shared / united;
}

std::vector<Role> gt_roles(const GroundTruth& gt, const Shapes& shapes) {
  std::vector<Role> roles(shapes.size());
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    roles[i] = !shapes.valid[i] ? Role::invalid : gt.ignore[i] ? Role::dont_care : Role::care;
  }
  return roles;
}

}  // namespace

Matcher::Matcher(Protocol protocol, const GroundTruth& gt) : protocol_(protocol) {
  if (gt.ignore.size() != gt.polygons.size()) {
    throw std::invalid_argument("ground truth has " + std::to_string(gt.polygons.size()) + " polygons and " +
                                std::to_string(gt.ignore.size()) + " ignore flags.");
  }
  gt_ = shapes_of(protocol, gt.polygons, "ground truth");
  gt_roles_ = gt_roles(gt, gt_);
}

MatchTable Matcher::match(const PolygonSet& detections) const {
  const Shapes dets = shapes_of(protocol_, detections, "detection");
  MatchTable table{gt_roles_, std::vector<Role>(dets.size(), Role::care), {}};
  for (std::size_t d = 0; d < dets.size(); ++d) {
    if (!dets.valid[d]) {
      table.det_roles[d] = Role::invalid;
      continue;
    }
    for (std::size_t g = 0; g < gt_.size(); ++g) {
      if (gt_roles_[g] == Role::dont_care && is_covered({gt_, g, dets, d}, dets.areas[d])) {
        table.det_roles[d] = Role::dont_care;
        break;
      }
    }
  }
  for (std::size_t g = 0; g < gt_.size(); ++g) {
    if (gt_roles_[g] != Role::care) continue;
    for (std::size_t d = 0; d < dets.size(); ++d) {
      if (table.det_roles[d] != Role::care) continue;
      const double iou = iou_of({gt_, g, dets, d}, gt_.areas[g] + dets.areas[d]);
      if (iou > kMinIou) table.pairs.push_back({static_cast<std::uint32_t>(g), static_cast<std::uint32_t>(d), iou});
    }
  }
  return table;
}

MatchTable build_match_table(Protocol protocol, const GroundTruth& gt, const PolygonSet& detections) {
  return Matcher(protocol, gt).match(detections);
}

}  // namespace thresher
