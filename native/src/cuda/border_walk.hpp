#pragma once

#include <cstddef>
#include <cstdint>

#include "bits.hpp"
#include "border_starts.hpp"
#include "layout.hpp"
#include "thresher/geometry/point.hpp"

// Border following as BorderFinder does it, each border by itself: as all starts are known, nothing needs to be marked.

namespace thresher::cuda {

// Directions run counter-clockwise on the screen from 0 = right; y points down.
THRESHER_HD inline int step_x(unsigned direction) {
  return direction == 2 || direction == 6 ? 0 : direction < 2 || direction == 7 ? 1 : -1;
}
THRESHER_HD inline int step_y(unsigned direction) {
  return direction == 0 || direction == 4 ? 0 : direction < 4 ? -1 : 1;
}

/// The three bits from `bit` on.
THRESHER_HD inline unsigned three_bits(const std::uint64_t* words, Offset bit) {
  const auto shift = static_cast<unsigned>(bit % 64);
  const std::uint64_t rest = shift > 61 ? words[bit / 64 + 1] << (64 - shift) : 0;
  return static_cast<unsigned>((words[bit / 64] >> shift | rest) & 7U);
}

/// The eight neighbours of a pixel, bit d being the one in direction d.
THRESHER_HD inline unsigned neighbours(const std::uint64_t* words, Offset bit, Offset row_bits) {
  const unsigned above = three_bits(words, bit - 1 - row_bits);
  const unsigned middle = three_bits(words, bit - 1);
  const unsigned below = three_bits(words, bit - 1 + row_bits);
  return middle >> 2 | (above & 4) >> 1 | (above & 2) << 1 | (above & 1) << 3 | (middle & 1) << 4 | (below & 1) << 5 |
         (below & 2) << 5 | (below & 4) << 5;
}

/// The first neighbour counter-clockwise after the direction `back`; there is one.
THRESHER_HD inline unsigned next_direction(unsigned ring, unsigned back) {
  const unsigned from = back + 1;
  return (from + lowest_one((ring | ring << 8) >> from)) & 7;
}

/// Calls visit(PointI) for each turning point of a border, in order.
template <class Visit>
THRESHER_HD void walk_border(const std::uint64_t* words, Offset row_bits, const BorderStart& start, Visit visit) {
  constexpr unsigned right = 0;
  constexpr unsigned left = 4;
  const unsigned background = start.is_hole != 0 ? right : left;
  const unsigned first = neighbours(words, start.bit, row_bits);
  PointI at{start.x, start.y};
  if (first == 0) {
    visit(at);
    return;
  }
  unsigned direction = background;
  do {
    direction = (direction - 1) & 7;
  } while ((first >> direction & 1) == 0);

  const auto moved = [row_bits](Offset bit, unsigned towards) {
    return bit + static_cast<Offset>(step_y(towards)) * row_bits + static_cast<Offset>(step_x(towards));
  };
  const Offset last = moved(start.bit, direction);
  Offset current = start.bit;
  unsigned arrival = direction ^ 4;
  for (;;) {
    const unsigned next = next_direction(neighbours(words, current, row_bits), direction);
    if (next != arrival) visit(at);
    arrival = next;
    const Offset following = moved(current, next);
    if (following == start.bit && current == last) return;
    at = {at.x + step_x(next), at.y + step_y(next)};
    current = following;
    direction = next ^ 4;
  }
}

struct BorderWords {
  Chunk chunk;
  const std::uint64_t* words;
  const BorderStart* starts;

  template <class Visit>
  THRESHER_HD void walk(std::size_t i, Visit visit) const {
    const BorderStart start = starts[i];
    walk_border(words + start.bits, chunk.images[start.bitmap / chunk.levels].stride() * 64, start, visit);
  }
};

/// Step i is a border: how many turning points it has, and rows.
struct MeasureBorders {
  BorderWords borders;
  std::uint32_t* points;
  std::uint32_t* rows;
  std::int32_t* tops;

  THRESHER_HD void operator()(std::size_t i) const {
    std::uint32_t count = 0;
    std::int32_t top = borders.starts[i].y;
    std::int32_t bottom = top;
    borders.walk(i, [&](PointI point) {
      ++count;
      top = point.y < top ? point.y : top;
      bottom = point.y > bottom ? point.y : bottom;
    });
    points[i] = count;
    rows[i] = static_cast<std::uint32_t>(bottom - top + 1);
    tops[i] = top;
  }
};

/// Writes the points; `first_point` is the scan of their numbers.
struct WriteBorders {
  BorderWords borders;
  const Offset* first_point;
  PointI* points;

  THRESHER_HD void operator()(std::size_t i) const {
    PointI* out = points + first_point[i];
    borders.walk(i, [&out](PointI point) { *out++ = point; });
  }
};

}  // namespace thresher::cuda
