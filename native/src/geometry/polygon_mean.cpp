#include "thresher/geometry/polygon_mean.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "span_sum.hpp"

namespace thresher {
namespace {

int clipped(double value, int size) {
  return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(size - 1)));
}

/// The pixels from floor(least) to ceil(greatest) of an axis, kept inside of the map.
struct Extent {
  int first;
  int size;
};
template <class T>
Extent extent(std::span<const Point<T>> polygon, T Point<T>::*axis, int map_size) {
  const auto [least, greatest] = std::ranges::minmax(polygon, {}, axis);
  const int first = clipped(std::floor(static_cast<double>(least.*axis)), map_size);
  const int last = clipped(std::ceil(static_cast<double>(greatest.*axis)), map_size);
  return {first, last - first + 1};
}

/// Shifted in the coordinate's own type, then truncated toward zero.
template <class T>
std::int32_t shifted(T value, int origin) {
  return static_cast<std::int32_t>(value - static_cast<T>(origin));
}

}  // namespace

template <class T>
double PolygonMean::mean(MapView map, std::span<const Point<T>> polygon) {
  if (polygon.empty() || map.width <= 0 || map.height <= 0) return 0;
  const Extent columns = extent(polygon, &Point<T>::x, map.width);
  const Extent rows = extent(polygon, &Point<T>::y, map.height);
  local_.clear();
  for (const Point<T>& point : polygon) {
    local_.push_back({shifted(point.x, columns.first), shifted(point.y, rows.first)});
  }

  const std::span<const PixelRun> runs = fill_(local_, {columns.size, rows.size});
  std::int64_t count = 0;
  for (const PixelRun& run : runs) count += run.end - run.begin;
  const double sum = span_sum(map.row(rows.first) + columns.first, static_cast<std::size_t>(map.width), runs);
  return sum * (count > 0 ? 1.0 / static_cast<double>(count) : 0.0);
}

double PolygonMean::operator()(MapView map, std::span<const PointF> polygon) {
  return mean(map, polygon);
}
double PolygonMean::operator()(MapView map, std::span<const PointI> polygon) {
  return mean(map, polygon);
}

double polygon_mean(MapView map, std::span<const PointF> polygon) {
  return PolygonMean{}(map, polygon);
}
double polygon_mean(MapView map, std::span<const PointI> polygon) {
  return PolygonMean{}(map, polygon);
}

}  // namespace thresher
