#pragma once

#include <cstdint>

#include "thresher/geometry/point.hpp"
#include "thresher/host_device.hpp"
#include "thresher/image.hpp"

namespace thresher {

struct Line {
  PointL from;
  PointL to;
};

THRESHER_HD inline bool contains(Size size, PointL p) {
  return p.x >= 0 && p.y >= 0 && p.x < size.width && p.y < size.height;
}

/// Which sides of [0, last] a coordinate lies beyond: -1, 0 or 1.
THRESHER_HD inline int beyond(std::int64_t value, std::int64_t last) {
  return value < 0 ? -1 : value > last ? 1 : 0;
}

/// How far the other coordinate moves when one moves by `step` along a line of slope rise / run: truncated toward
/// zero, from a double product and quotient as OpenCV forms them.
THRESHER_HD inline std::int64_t shift(std::int64_t step, std::int64_t rise, std::int64_t run) {
  return static_cast<std::int64_t>(static_cast<double>(step) * static_cast<double>(rise) / static_cast<double>(run));
}

/// Cuts a line to its part inside of the mask; false where there is none. After cv2.clipLine: Cohen-Sutherland, first
/// in y, then in x, the first end before the second and each cut seen by the next. The truncation makes a cut line's
/// pixels differ from those of the whole line, so that the order matters.
THRESHER_HD inline bool clip(Line& line, Size size) {
  auto& [a, b] = line;
  const std::int64_t right = size.width - 1;
  const std::int64_t bottom = size.height - 1;
  const auto shares_a_side = [&] {
    return beyond(a.x, right) * beyond(b.x, right) > 0 || beyond(a.y, bottom) * beyond(b.y, bottom) > 0;
  };
  if (shares_a_side()) return false;
  for (PointL* end : {&a, &b}) {
    if (const int side = beyond(end->y, bottom)) {
      const std::int64_t y = side < 0 ? 0 : bottom;
      end->x += shift(y - end->y, b.x - a.x, b.y - a.y);
      end->y = y;
    }
  }
  if (shares_a_side()) return false;
  for (PointL* end : {&a, &b}) {
    if (const int side = beyond(end->x, right)) {
      const std::int64_t x = side < 0 ? 0 : right;
      end->y += shift(x - end->x, b.y - a.y, b.x - a.x);
      end->x = x;
    }
  }
  return true;
}

}  // namespace thresher
