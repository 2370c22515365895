#include "thresher/score/matcher.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

#include "check_ground_truth.hpp"
#include "effort.hpp"
#include "protocols.hpp"
#include "shared_areas.hpp"
#include "thresher/geometry/polygon_overlap.hpp"

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

/// Area of the box where both polygons can be: no more than that is shared.
double window_area(const Extent& a, const Extent& b) {
  const Extent window = intersection(a, b);
  return window.has_area() ? window.width() * window.height() : 0;
}

/// The two lists of polygons of a comparison.
struct Scene {
  const Shapes& gt;
  const Shapes& dets;
  const SharedAreas& areas;

  /// The shared area; right to the last bit where that decides, which is near a limit.
  template <class... Limits>
  [[nodiscard]] double shared_area(std::size_t g, std::size_t d, Limits... limits) const {
    if (const auto known = areas.find(g, d)) return *known;
    const AreaEstimate estimate = estimate_overlap_area(gt.polygons[g], dets.polygons[d]);
    return (is_far(estimate, limits) && ...) ? estimate.area : overlap_area(gt.polygons[g], dets.polygons[d]);
  }
};

/// Whether detection d lies in the don't-care region g for more than kMinDontCareShare.
bool is_covered(const Scene& scene, std::size_t g, std::size_t d) {
  const Shapes& gt = scene.gt;
  const Shapes& dets = scene.dets;
  const double window = window_area(gt.extents[g], dets.extents[d]);
  const double limit = kMinDontCareShare * dets.areas[d];
  if (window == 0 || dets.areas[d] == 0 || window < limit * (1 - kSlack)) return false;
  return scene.shared_area(g, d, limit) / dets.areas[d] > kMinDontCareShare;
}

/// What two polygons share, and the sum of their areas.
struct Overlap {
  double shared = 0;
  double areas = 0;

  [[nodiscard]] double iou() const {
    const double united = areas - shared;
    return united == 0 ? 0 : shared / united;
  }

  /// Whether the IoU exceeds kMinIou. The ICDAR script divides as iou() does; the other evaluators divide by the area
  /// of the geometric union, which at an IoU of exactly one half is not rounded twice: 3 * shared == areas there.
  [[nodiscard]] bool passes(Protocol protocol) const {
    return protocol == Protocol::icdar2015 ? iou() > kMinIou : 3 * shared > areas;
  }
};

/// Nothing shared without looking where the IoU cannot exceed kMinIou.
Overlap overlap_of(const Scene& scene, std::size_t g, std::size_t d) {
  const Shapes& gt = scene.gt;
  const Shapes& dets = scene.dets;
  const double areas = gt.areas[g] + dets.areas[d];
  const double window = window_area(gt.extents[g], dets.extents[d]);
  // iou > t is the same as areas * t / (1 + t) < shared < areas; the latter fails for self-crossing outlines only,
  // whose area can be less than what they share.
  const double limit = areas * (kMinIou / (1 + kMinIou));
  if (window == 0 || window < limit * (1 - kSlack)) return {0, areas};
  return {scene.shared_area(g, d, limit, areas), areas};
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
  check_ignore(gt);
  gt_ = shapes_of(protocol, gt.polygons, "ground truth");
  gt_roles_ = gt_roles(gt, gt_);
  index_ = ExtentIndex(gt_.extents);
}

MatchTable Matcher::match(const PolygonSet& detections, const KnownAreas& known) const {
  const Shapes dets = shapes_of(protocol_, detections, "detection");
  check_pairs(index_, gt_.size(), dets.extents);
  const SharedAreas areas(known, detections, dets.polygons);
  const Scene scene{gt_, dets, areas};
  MatchTable table{gt_roles_, std::vector<Role>(dets.size(), Role::care), {}};
  std::vector<std::uint32_t> near;
  for (std::size_t d = 0; d < dets.size(); ++d) {
    if (!dets.valid[d]) {
      table.det_roles[d] = Role::invalid;
      continue;
    }
    // What is not near shares nothing and so neither covers nor matches.
    index_.find(dets.extents[d], near);
    if (std::ranges::any_of(
            near, [&](std::uint32_t g) { return gt_roles_[g] == Role::dont_care && is_covered(scene, g, d); })) {
      table.det_roles[d] = Role::dont_care;
      continue;
    }
    for (const std::uint32_t g : near) {
      if (gt_roles_[g] != Role::care) continue;
      const Overlap overlap = overlap_of(scene, g, d);
      if (overlap.passes(protocol_)) table.pairs.push_back({g, static_cast<std::uint32_t>(d), overlap.iou()});
    }
  }
  std::ranges::sort(table.pairs, {}, [](const MatchTable::Pair& pair) { return std::pair(pair.gt, pair.det); });
  return table;
}

MatchTable build_match_table(Protocol protocol, const GroundTruth& gt, const PolygonSet& detections) {
  return Matcher(protocol, gt).match(detections);
}

}  // namespace thresher
