#pragma once

#include <cstddef>
#include <cstdint>

#include "components.hpp"
#include "layout.hpp"

// Where borders start, in the order of cv2.findContours' list: descending by start pixel. A run that is its set's root
// starts an outer border at its first pixel, and one before a gap that is its set's root a hole's border at its last;
// in raster order one follows the other, as runs do. (OpenCV meets the outer border first where both are one pixel.)

namespace thresher::cuda {

struct BorderStart {
  Offset bits;  ///< of its bitmap, among the words of bitmaps
  Offset bit;   ///< of the start pixel, in its bitmap
  std::int32_t x;
  std::int32_t y;
  Index bitmap;   ///< image * levels + level
  Index contour;  ///< place in the list of contours
  Index is_hole;
  Index no_padding;  ///< whose bytes nobody would write, and initcheck complain of
};

/// Step i is a run: how many borders start at it.
struct CountBorders {
  RunTable table;
  const Index* run_parent;
  const Index* gap_parent;
  std::uint32_t* counts;

  [[nodiscard]] THRESHER_HD bool starts_outer(Index i) const { return run_parent[i] == i; }
  [[nodiscard]] THRESHER_HD bool starts_hole(Index i) const { return table.has_gap(i) && gap_parent[i + 1] == i + 1; }
  THRESHER_HD void operator()(std::size_t step) const {
    const auto i = static_cast<Index>(step);
    counts[i] = (starts_outer(i) ? 1U : 0U) + (starts_hole(i) ? 1U : 0U);
  }
};

/// Step i is a bitmap: how many of its borders are looked at.
struct LimitBorders {
  RunTable table;
  const Offset* first_border;  ///< scan of CountBorders' counts
  Offset limit;
  Offset* ends;  ///< of the bitmap's borders in raster order
  std::uint32_t* kept;

  THRESHER_HD void operator()(std::size_t i) const {
    const Index levels = table.chunk.levels;
    const Image& image = table.chunk.images[i / levels];
    const auto height = static_cast<Offset>(image.size.height);
    const Offset row = image.first_row + i % levels * height;
    const Offset begin = first_border[table.row_start[row]];
    const Offset end = first_border[table.row_start[row + height]];
    ends[i] = end;
    kept[i] = static_cast<std::uint32_t>(end - begin < limit ? end - begin : limit);
  }
};

/// Step i is a run: lists the borders that start at it and are looked at.
struct ListBorders {
  CountBorders borders;
  const Offset* first_border;
  const Offset* ends;        ///< by bitmap
  const Offset* first_kept;  ///< scan of LimitBorders' counts
  BorderStart* out;

  THRESHER_HD void operator()(std::size_t step) const {
    const auto i = static_cast<Index>(step);
    const RunTable& table = borders.table;
    if (borders.counts[i] == 0) return;
    const Chunk::RowOf row = table.chunk.row_of(table.runs.row[i]);
    const Image& image = table.chunk.images[row.bitmap.image];
    const Index bitmap = row.bitmap.image * table.chunk.levels + row.bitmap.level;
    Offset border = first_border[i];
    const auto put = [&](std::int32_t x, Index is_hole) {
      const Offset contour = ends[bitmap] - 1 - border++;
      if (contour >= first_kept[bitmap + 1] - first_kept[bitmap]) return;
      const Offset bit = image.place(0, row.y) * 64 + static_cast<Offset>(x);
      out[first_kept[bitmap] + contour] = {
          table.chunk.bitmap_bits(row.bitmap), bit,     x, static_cast<std::int32_t>(row.y), bitmap,
          static_cast<Index>(contour),         is_hole, 0};
    };
    if (borders.starts_outer(i)) put(table.runs.begin[i], 0);
    if (borders.starts_hole(i)) put(table.runs.end[i] - 1, 1);
  }
};

}  // namespace thresher::cuda
