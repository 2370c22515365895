#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "clip_line.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/host_device.hpp"
#include "thresher/image.hpp"

namespace thresher {

/// What PolygonFill sets for a quadrilateral, one row by itself: each of its edges is walked in closed form, so that
/// rows can be taken in any order.
class QuadRows {
 public:
  /// Pixels first <= x <= last.
  struct Run {
    std::int64_t first;
    std::int64_t last;
  };
  /// Four edges' pixels, and two spans between their crossings.
  using Runs = std::array<Run, 6>;

  THRESHER_HD QuadRows(const std::array<PointI, 4>& corners, Size size) : size_(size) {
    for (std::size_t i = 0; i < 4; ++i) {
      const PointI from = corners[i == 0 ? 3 : i - 1];
      const PointI to = corners[i];
      Line line{{from.x, from.y}, {to.x, to.y}};
      if (contains(size, line.from) && contains(size, line.to)) {
        drawn_[i] = true;
      } else {
        drawn_[i] = clip(line, size);
      }
      lines_[i] = line.to.x < line.from.x ? Line{line.to, line.from} : line;
      const bool down = from.y < to.y;
      slopes_[i] = {down ? from : to, down ? to : from};
    }
  }

  /// The row's pixels, from left to right, without overlap or adjacency. How many runs.
  THRESHER_HD std::size_t row(std::int64_t y, Runs& runs) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      if (drawn_[i]) on_line(lines_[i], y, runs, count);
    }
    between_crossings(y, runs, count);
    return joined(runs, count);
  }

 private:
  static constexpr int kFractionBits = 16;

  struct Slope {
    PointI top;
    PointI bottom;
  };

  /// The row's part of Bresenham's line, walked from left to right: after i steps of the major coordinate the minor one
  /// has taken ceil((2 i minor - major) / (2 major)), because an exact half steps late.
  THRESHER_HD static void on_line(const Line& line, std::int64_t y, Runs& runs, std::size_t& count) {
    const std::int64_t dx = line.to.x - line.from.x;
    const std::int64_t fall = line.to.y - line.from.y;
    const std::int64_t dy = fall < 0 ? -fall : fall;
    const std::int64_t down = (fall < 0 ? -1 : 1) * (y - line.from.y);  // rows walked
    if (down < 0 || down > dy) return;
    if (dy > dx) {
      const std::int64_t numerator = 2 * dx * down - dy;
      const std::int64_t right = numerator <= 0 ? 0 : (numerator + 2 * dy - 1) / (2 * dy);
      runs[count++] = {line.from.x + right, line.from.x + right};
      return;
    }
    // The last step in a row, and the one after the last in the row before.
    const auto last_step = [&](std::int64_t row) {
      if (dy == 0) return dx;
      const std::int64_t step = dx * (2 * row + 1) / (2 * dy);
      return step < dx ? step : dx;
    };
    const std::int64_t first = down == 0 ? 0 : last_step(down - 1) + 1;
    const std::int64_t last = last_step(down);
    if (first <= last) runs[count++] = {line.from.x + first, line.from.x + last};
  }

  /// Pixels whose centres lie between successive pairs of crossings.
  THRESHER_HD void between_crossings(std::int64_t y, Runs& runs, std::size_t& count) const {
    std::array<std::int64_t, 4> crossings;
    std::size_t crossed = 0;
    for (const Slope& edge : slopes_) {
      if (y < edge.top.y || y >= edge.bottom.y) continue;
      const std::int64_t rise = std::int64_t{edge.bottom.y} - edge.top.y;
      const std::int64_t run = (std::int64_t{edge.bottom.x} - edge.top.x) * (1 << kFractionBits);
      const std::int64_t x = std::int64_t{edge.top.x} * (1 << kFractionBits) + run / rise * (y - edge.top.y);
      std::size_t place = crossed++;
      for (; place > 0 && crossings[place - 1] > x; --place) crossings[place] = crossings[place - 1];
      crossings[place] = x;
    }
    constexpr std::int64_t one = 1 << kFractionBits;
    for (std::size_t i = 0; i + 1 < crossed; i += 2) {
      const std::int64_t from = (crossings[i] + one - 1) >> kFractionBits;
      const std::int64_t to = crossings[i + 1] >> kFractionBits;
      const std::int64_t first = from < 0 ? 0 : from;
      const std::int64_t last = to < size_.width - 1 ? to : size_.width - 1;
      if (first <= last) runs[count++] = {first, last};
    }
  }

  THRESHER_HD static std::size_t joined(Runs& runs, std::size_t count) {
    for (std::size_t i = 1; i < count; ++i) {
      const Run run = runs[i];
      std::size_t place = i;
      for (; place > 0 && runs[place - 1].first > run.first; --place) runs[place] = runs[place - 1];
      runs[place] = run;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (kept > 0 && runs[i].first <= runs[kept - 1].last + 1) {
        if (runs[i].last > runs[kept - 1].last) runs[kept - 1].last = runs[i].last;
      } else {
        runs[kept++] = runs[i];
      }
    }
    return kept;
  }

  Size size_;
  std::array<bool, 4> drawn_{};
  std::array<Line, 4> lines_;
  std::array<Slope, 4> slopes_;
};

}  // namespace thresher
