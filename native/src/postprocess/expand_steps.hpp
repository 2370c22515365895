#pragma once

#include <algorithm>
#include <cmath>
#include <span>

#include "../geometry/ring_steps.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/host_device.hpp"
#include "thresher/postprocess/options.hpp"

// The arithmetic of expand(), for the CPU and for devices.

namespace thresher::expand_steps {

/// Beyond this, differences of coordinates no longer fit the 32 bits that OpenCV's hull computes in.
constexpr double kFarthest = 1 << 29;

/// Area times ratio over perimeter; false if vertices would end up NaN or too far out.
THRESHER_HD inline bool offset_distance(std::span<const PointD> polygon, double ratio, double& distance) {
  const double length = ring_steps::length(polygon);
  if (length == 0) return false;
  distance = std::abs(ring_steps::signed_area(polygon)) * ratio / length;
  double reach = std::abs(distance);
  for (const PointD& point : polygon) {
    reach = std::max(reach, std::abs(distance) + std::max(std::abs(point.x), std::abs(point.y)));
  }
  return reach < kFarthest;
}

/// How a map coordinate becomes an image coordinate, along one axis.
struct Scale {
  int map;
  int image;
};

THRESHER_HD inline double ratio_of(Scale scale) {
  return static_cast<double>(scale.image) / static_cast<double>(scale.map);
}

/// A float32 array that NumPy 1 combines with a Python int: it stays float32 while the int fits 16 bits, and becomes
/// float64 beyond.
THRESHER_HD inline bool keeps_float32(int scalar) {
  return scalar <= 65535;
}

/// round(v / map * image), kept inside of the image, each step in the type that the reference's array has: float64
/// for polygons, float32 for quads.
THRESHER_HD inline double rounded_and_clipped(double value, Scale scale, BoxType box_type) {
  const bool single_share = box_type == BoxType::quad && keeps_float32(scale.map);
  const double share = single_share ? static_cast<float>(value) / static_cast<float>(scale.map) : value / scale.map;
  const double scaled = single_share && keeps_float32(scale.image)
                            ? static_cast<float>(share) * static_cast<float>(scale.image)
                            : share * scale.image;
  return std::min(std::max(0.0, std::nearbyint(scaled)), static_cast<double>(scale.image));
}

THRESHER_HD inline double to_image(double value, Scale scale, const PostprocessMode& mode) {
  switch (mode.variant) {
    case Variant::mmocr:
      return value * ratio_of(scale);
    case Variant::receipt:
      return std::nearbyint(value * ratio_of(scale)) + 0.0;  // + 0 turns -0 into 0
    default:
      return rounded_and_clipped(value, scale, mode.box_type);
  }
}

}  // namespace thresher::expand_steps
