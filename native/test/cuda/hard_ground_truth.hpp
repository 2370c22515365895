#pragma once

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "hard_pictures.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/image.hpp"

/// Ground truth that is hard on shared areas, over an image of some size: quads upright and turned, outlines of many
/// vertices, crossing ones, degenerate ones and such as no protocol reads.
inline thresher::PolygonSet hard_ground_truth(HardPictures& random, thresher::Size size) {
  using namespace thresher;
  PolygonSet polygons;
  const auto x = [&] { return static_cast<double>(random.below(size.width + 1)); };
  const auto y = [&] { return static_cast<double>(random.below(size.height + 1)); };
  for (int i = random.below(8); i > 0; --i) {
    std::vector<PointD> polygon;
    const int kind = random.below(10);
    if (kind < 3) {
      const double left = x(), top = y(), right = left + x() / 2 + 1, bottom = top + y() / 2 + 1;
      polygon = {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
    } else if (kind < 6) {
      const PointD centre{x(), y()};
      const double radius = 1 + std::hypot(x(), y()) / 2;
      const double turn = random.fraction();
      // Quads, outlines as those of curved text, and more than a device has room for.
      const int corners = kind == 3 ? 4 : kind == 4 ? 5 + random.below(16) : 21 + random.below(20);
      for (int k = 0; k < corners; ++k) {
        const double angle = (k + turn) * 2 * std::numbers::pi / corners;
        const double reach = radius * (0.7 + 0.3 * random.fraction());
        polygon.push_back({centre.x + reach * std::cos(angle), centre.y + reach * std::sin(angle)});
      }
    } else if (kind < 9) {
      for (int k = 3 + random.below(8); k > 0; --k) polygon.push_back({x(), y()});
    } else {
      const double odd[] = {1e101, std::numeric_limits<double>::quiet_NaN(), 0};
      polygon = {{0, 0}, {x(), odd[random.below(3)]}, {0, y()}};
      if (random.below(2) == 0) polygon.pop_back();
    }
    polygons.push_back(polygon);
  }
  return polygons;
}
