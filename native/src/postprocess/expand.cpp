#include "thresher/postprocess/expand.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "thresher/geometry/min_area_rect.hpp"
#include "thresher/geometry/polygon_measure.hpp"

namespace thresher {
namespace {

/// Beyond this, differences of coordinates no longer fit the 32 bits that OpenCV's hull computes in.
constexpr double kFarthest = 1 << 29;

/// Area times ratio over perimeter, or nothing if vertices would end up NaN or too far out.
std::optional<double> offset_distance(std::span<const PointD> polygon, double ratio) {
  const double length = ring_length(polygon);
  if (length == 0) return std::nullopt;
  const double distance = ring_area(polygon) * ratio / length;
  double reach = std::abs(distance);
  for (const PointD& point : polygon) {
    reach = std::max(reach, std::abs(distance) + std::max(std::abs(point.x), std::abs(point.y)));
  }
  if (!(reach < kFarthest)) return std::nullopt;
  return distance;
}

/// How a map coordinate becomes an image coordinate, along one axis.
struct Scale {
  int map;
  int image;
};

double ratio_of(Scale scale) {
  return static_cast<double>(scale.image) / static_cast<double>(scale.map);
}

/// A float32 array that NumPy 1 combines with a Python int: it stays float32 while the int fits 16 bits, and becomes
/// float64 beyond.
bool keeps_float32(int scalar) {
  return scalar <= 65535;
}

/// round(v / map * image), kept inside of the image, each step in the type that the reference's array has: float64
/// for polygons, float32 for quads.
double rounded_and_clipped(double value, Scale scale, BoxType box_type) {
  const bool single_share = box_type == BoxType::quad && keeps_float32(scale.map);
  const double share = single_share ? static_cast<float>(value) / static_cast<float>(scale.map) : value / scale.map;
  const double scaled = single_share && keeps_float32(scale.image)
                            ? static_cast<float>(share) * static_cast<float>(scale.image)
                            : share * scale.image;
  return std::min(std::max(0.0, std::nearbyint(scaled)), static_cast<double>(scale.image));
}

double to_image(double value, Scale scale, const PostprocessMode& mode) {
  switch (mode.variant) {
    case Variant::mmocr:
      return value * ratio_of(scale);
    case Variant::receipt:
      return std::nearbyint(value * ratio_of(scale)) + 0.0;  // + 0 turns -0 into 0
    default:
      return rounded_and_clipped(value, scale, mode.box_type);
  }
}

}  // namespace

bool Expander::operator()(std::span<const PointD> polygon, const PostprocessMode& mode, double unclip_ratio,
                          Size map_size, Size size, ExpandedBox& out) {
  const auto distance = offset_distance(polygon, unclip_ratio);
  if (!distance) return false;
  const auto& outlines = offset_(polygon, *distance);
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
    out.polygon.push_back({to_image(static_cast<double>(point.x), {map_size.width, size.width}, mode),
                           to_image(static_cast<double>(point.y), {map_size.height, size.height}, mode)});
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
