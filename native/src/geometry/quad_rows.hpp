#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "clip_line.hpp"
#include "fill_steps.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/host_device.hpp"
#include "thresher/image.hpp"

namespace thresher {

/// What PolygonFill sets for a quadrilateral, one row by itself: each of its edges is walked in closed form, so that
/// rows can be taken in any order.
class QuadRows {
 public:
  using Run = fill_steps::Run;
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
      slopes_[i] = fill_steps::slope(from, to);
    }
  }

  /// The row's pixels, from left to right, without overlap or adjacency. How many runs.
  THRESHER_HD std::size_t row(std::int64_t y, Runs& runs) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      if (drawn_[i] && fill_steps::on_line(lines_[i], y, runs[count])) ++count;
    }
    between_crossings(y, runs, count);
    return joined(runs, count);
  }

 private:
  /// Pixels whose centres lie between successive pairs of crossings.
  THRESHER_HD void between_crossings(std::int64_t y, Runs& runs, std::size_t& count) const {
    std::array<std::int64_t, 4> crossings;
    std::size_t crossed = 0;
    for (const fill_steps::Slope& edge : slopes_) {
      if (y < edge.top.y || y >= edge.bottom.y) continue;
      const std::int64_t x = edge.crossing(y);
      std::size_t place = crossed++;
      for (; place > 0 && crossings[place - 1] > x; --place) crossings[place] = crossings[place - 1];
      crossings[place] = x;
    }
    for (std::size_t i = 0; i + 1 < crossed; i += 2) {
      const Run inside = fill_steps::between(crossings[i], crossings[i + 1]);
      const std::int64_t first = inside.first < 0 ? 0 : inside.first;
      const std::int64_t last = inside.last < size_.width - 1 ? inside.last : size_.width - 1;
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
  std::array<fill_steps::Slope, 4> slopes_;
};

}  // namespace thresher
