#pragma once

#include <cstdint>

#include "clip_line.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/host_device.hpp"

// What cv2.fillPoly sets for an edge and between two of them, one row by itself, so that rows can be taken in any
// order.

namespace thresher::fill_steps {

constexpr int kFractionBits = 16;
constexpr std::int64_t kOne = 1 << kFractionBits;

/// Pixels first <= x <= last.
struct Run {
  std::int64_t first;
  std::int64_t last;
};

/// The row's part of Bresenham's line from its left end to its right end: after i steps of the major coordinate the
/// minor one has taken ceil((2 i minor - major) / (2 major)), because an exact half steps late. False where it has
/// none.
THRESHER_HD inline bool on_line(const Line& line, std::int64_t y, Run& run) {
  const std::int64_t dx = line.to.x - line.from.x;
  const std::int64_t fall = line.to.y - line.from.y;
  const std::int64_t dy = fall < 0 ? -fall : fall;
  const std::int64_t down = (fall < 0 ? -1 : 1) * (y - line.from.y);  // rows walked
  if (down < 0 || down > dy) return false;
  if (dy > dx) {
    const std::int64_t numerator = 2 * dx * down - dy;
    const std::int64_t right = numerator <= 0 ? 0 : (numerator + 2 * dy - 1) / (2 * dy);
    run = {line.from.x + right, line.from.x + right};
    return true;
  }
  // The last step in a row, and the one after the last in the row before.
  const auto last_step = [&](std::int64_t row) {
    if (dy == 0) return dx;
    const std::int64_t step = dx * (2 * row + 1) / (2 * dy);
    return step < dx ? step : dx;
  };
  const std::int64_t first = down == 0 ? 0 : last_step(down - 1) + 1;
  const std::int64_t last = last_step(down);
  run = {line.from.x + first, line.from.x + last};
  return first <= last;
}

/// An edge that is not horizontal, for the interior: it crosses rows top.y <= y < bottom.y.
struct Slope {
  PointI top;
  PointI bottom;

  /// How far the crossing moves a row, in 16.16 fixed point.
  [[nodiscard]] THRESHER_HD std::int64_t step() const {
    return (std::int64_t{bottom.x} - top.x) * kOne / (std::int64_t{bottom.y} - top.y);
  }
  /// Where its upper end is, in 16.16 fixed point.
  [[nodiscard]] THRESHER_HD std::int64_t begin() const { return std::int64_t{top.x} * kOne; }
  /// Where the edge crosses a row, in 16.16 fixed point.
  [[nodiscard]] THRESHER_HD std::int64_t crossing(std::int64_t y) const { return begin() + step() * (y - top.y); }
};
THRESHER_HD inline Slope slope(const PointI& from, const PointI& to) {
  return {from.y < to.y ? from : to, from.y < to.y ? to : from};
}

/// The pixels whose centres lie between two crossings.
THRESHER_HD inline Run between(std::int64_t left, std::int64_t right) {
  return {(left + kOne - 1) >> kFractionBits, right >> kFractionBits};
}

}  // namespace thresher::fill_steps
