#include "thresher/geometry/polygon_mean.hpp"

#include <cstdint>

#include "score_box.hpp"
#include "span_sum.hpp"

namespace thresher {

template <class T>
std::span<const PointI> PolygonMean::find_region(MapView map, std::span<const Point<T>> polygon) {
  const score_box::Extent columns = score_box::extent(polygon, &Point<T>::x, map.width);
  const score_box::Extent rows = score_box::extent(polygon, &Point<T>::y, map.height);
  region_.assign({{columns.first, rows.first}, {columns.size, rows.size}});
  for (const Point<T>& point : polygon) {
    region_.push_back({score_box::shifted(point.x, columns.first), score_box::shifted(point.y, rows.first)});
  }
  return region_;
}

template <class T>
double PolygonMean::mean(MapView map, std::span<const Point<T>> polygon) {
  if (polygon.empty() || map.width <= 0 || map.height <= 0) return 0;
  const std::span<const PointI> region = find_region(map, polygon);
  const PointI origin = region[0];
  const std::span<const PixelRun> runs = fill_(region.subspan(2), {region[1].x, region[1].y});
  std::int64_t count = 0;
  for (const PixelRun& run : runs) count += run.end - run.begin;
  const double sum = span_sum(map.row(origin.y) + origin.x, static_cast<std::size_t>(map.width), runs);
  return sum * (count > 0 ? 1.0 / static_cast<double>(count) : 0.0);
}

std::span<const PointI> PolygonMean::region(MapView map, std::span<const PointF> polygon) {
  return find_region(map, polygon);
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
