#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace thresher {

/// A point in pixels, x to the right and y down.
template <class T>
struct Point {
  T x{};
  T y{};

  friend bool operator==(const Point&, const Point&) = default;
};

using PointI = Point<std::int32_t>;
using PointL = Point<std::int64_t>;
using PointF = Point<float>;
using PointD = Point<double>;

/// Polylines of differing lengths in two flat arrays: polyline i is points[offsets[i] .. offsets[i + 1]).
template <class T>
struct PolylineSet {
  std::vector<Point<T>> points;
  std::vector<std::uint32_t> offsets{0};

  [[nodiscard]] std::size_t size() const { return offsets.size() - 1; }
  [[nodiscard]] std::span<const Point<T>> operator[](std::size_t i) const {
    return {points.data() + offsets[i], offsets[i + 1] - offsets[i]};
  }
  void clear() {
    points.clear();
    offsets.assign(1, 0);
  }
  void push_back(std::span<const Point<T>> polyline) {
    points.insert(points.end(), polyline.begin(), polyline.end());
    close();
  }
  /// Ends the polyline whose points were appended to `points` directly.
  void close() { offsets.push_back(static_cast<std::uint32_t>(points.size())); }
};

using PolygonSet = PolylineSet<double>;
using ContourSet = PolylineSet<std::int32_t>;

}  // namespace thresher
