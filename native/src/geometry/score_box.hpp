#pragma once

#include <cmath>
#include <cstdint>
#include <span>

#include "thresher/geometry/point.hpp"
#include "thresher/host_device.hpp"

// The box that PolygonMean looks at, and coordinates in it.

namespace thresher::score_box {

THRESHER_HD inline int clipped(double value, int size) {
  const double last = size - 1;
  return static_cast<int>(value < 0.0 ? 0.0 : last < value ? last : value);
}

/// The pixels from floor(least) to ceil(greatest) of an axis, kept inside of the map.
struct Extent {
  int first;
  int size;
};
template <class T>
THRESHER_HD Extent extent(std::span<const Point<T>> polygon, T Point<T>::*axis, int map_size) {
  T least = polygon[0].*axis;
  T greatest = least;
  for (const Point<T>& point : polygon) {
    if (point.*axis < least) least = point.*axis;
    if (point.*axis > greatest) greatest = point.*axis;
  }
  const int first = clipped(std::floor(static_cast<double>(least)), map_size);
  const int last = clipped(std::ceil(static_cast<double>(greatest)), map_size);
  return {first, last - first + 1};
}

/// Shifted in the coordinate's own type, then truncated toward zero.
template <class T>
THRESHER_HD std::int32_t shifted(T value, int origin) {
  return static_cast<std::int32_t>(value - static_cast<T>(origin));
}

}  // namespace thresher::score_box
