#include "thresher/postprocess/expand.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "expand_steps.hpp"
#include "thresher/geometry/min_area_rect.hpp"

namespace thresher {
bool Expander::operator()(std::span<const PointD> polygon, const PostprocessMode& mode, double unclip_ratio,
                          Size map_size, Size size, ExpandedBox& out) {
  double distance = 0;
  if (!expand_steps::offset_distance(polygon, unclip_ratio, distance)) return false;
  const auto& outlines = offset_(polygon, distance);
  if (outlines.empty() || (outlines.size() > 1 && mode.variant != Variant::receipt)) return false;

  outline_.clear();
  for (const PointL& point : outlines[0]) {
    outline_.push_back({static_cast<std::int32_t>(point.x), static_cast<std::int32_t>(point.y)});
  }
  const MiniBox box = mini_box(min_area_rect(outline_, hull_));
  if (!std::isfinite(box.side)) return false;

  out.side = box.side;
  out.polygon.clear();
  const auto append = [&](const auto& point) {
    out.polygon.push_back({expand_steps::to_image(static_cast<double>(point.x), {map_size.width, size.width}, mode),
                           expand_steps::to_image(static_cast<double>(point.y), {map_size.height, size.height}, mode)});
  };
  if (mode.box_type == BoxType::quad) {
    std::ranges::for_each(box.corners, append);
  } else {
    std::ranges::for_each(outline_, append);
  }
  return true;
}

std::optional<ExpandedBox> expand(const Candidate& candidate, const PostprocessMode& mode, double unclip_ratio,
                                  Size map_size, Size size) {
  ExpandedBox box;
  if (!Expander{}(candidate.polygon, mode, unclip_ratio, map_size, size, box)) return std::nullopt;
  return box;
}

bool keeps_expanded_side(const PostprocessMode& mode, float side, double min_size) {
  if (mode.variant == Variant::mmocr && mode.box_type == BoxType::poly) return true;
  return !(side < min_size + 2);
}

}  // namespace thresher
