#pragma once

#include <cstdint>
#include <vector>

#include "thresher/score/matcher.hpp"

namespace build {

using thresher::PointD;
using Polygon = std::vector<PointD>;

inline Polygon box(double x, double y, double width, double height) {
  return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
}

inline thresher::PolygonSet polygons(const std::vector<Polygon>& list) {
  thresher::PolygonSet set;
  for (const Polygon& polygon : list) set.push_back(polygon);
  return set;
}

/// `ignore` may be left out where nothing is ignored.
inline thresher::GroundTruth ground_truth(const std::vector<Polygon>& list, std::vector<std::uint8_t> ignore = {}) {
  ignore.resize(list.size(), 0);
  return {polygons(list), std::move(ignore), {}};
}

}  // namespace build
