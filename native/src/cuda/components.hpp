#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "layout.hpp"
#include "runs.hpp"

// Connected components by union-find over runs (foreground, 8-connected) and over the gaps between runs of a row
// (background, 4-connected). A root is the least of its set whatever the order of unions, so that it is the first run
// or gap in raster order: where OpenCV's scan meets an outer border, or a hole's.

namespace thresher::cuda {

THRESHER_HD inline Index load(const Index* at) {
#ifdef __CUDA_ARCH__
  return *static_cast<const volatile Index*>(at);
#else
  return std::atomic_ref(*const_cast<Index*>(at)).load(std::memory_order_relaxed);
#endif
}

/// Lowers *at to `value` if that is less; what was there before.
THRESHER_HD inline Index lower(Index* at, Index value) {
#ifdef __CUDA_ARCH__
  return atomicMin(at, value);
#else
  std::atomic_ref target(*at);
  Index before = target.load(std::memory_order_relaxed);
  while (value < before && !target.compare_exchange_weak(before, value, std::memory_order_relaxed)) {
  }
  return before;
#endif
}

/// Sets as trees of parents; parents only ever become less.
struct Sets {
  Index* parent;

  [[nodiscard]] THRESHER_HD Index find(Index i) const {
    for (;;) {
      const Index up = load(parent + i);
      if (up == i) return i;
      const Index further = load(parent + up);
      if (further != up) lower(parent + i, further);
      i = up;
    }
  }

  THRESHER_HD void unite(Index a, Index b) const {
    for (;;) {
      a = find(a);
      b = find(b);
      if (a == b) return;
      const Index child = a < b ? b : a;
      const Index root = a < b ? a : b;
      const Index before = lower(parent + child, root);
      if (before == child) return;
      // No root any more: what it was put under meanwhile belongs with the other.
      a = before;
      b = root;
    }
  }
};

struct MakeSets {
  Index* parent;
  THRESHER_HD void operator()(std::size_t i) const { parent[i] = static_cast<Index>(i); }
};

/// Where runs are, and which row follows which.
struct RunTable {
  Chunk chunk;
  Runs runs;
  const Index* row_start;
  Index run_count;

  /// Whether another run of its row follows run i, after a gap that is i + 1 among gaps.
  [[nodiscard]] THRESHER_HD bool has_gap(Index i) const { return i + 1 < run_count && runs.row[i + 1] == runs.row[i]; }
  /// The first run of [from, to) that ends after x; `to` without one.
  [[nodiscard]] THRESHER_HD Index first_ending_after(Index from, Index to, std::int32_t x) const {
    while (from < to) {
      const Index middle = from + (to - from) / 2;
      if (runs.end[middle] <= x) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
};

/// Step i is a run, which is united with those above that it touches, if only by a corner.
struct JoinRuns {
  RunTable table;
  Sets sets;

  THRESHER_HD void operator()(std::size_t step) const {
    const auto i = static_cast<Index>(step);
    const Index row = table.runs.row[i];
    if (table.chunk.row_of(row).y == 0) return;
    const Index to = table.row_start[row];
    const std::int32_t begin = table.runs.begin[i] - 1;
    const std::int32_t end = table.runs.end[i] + 1;
    for (Index above = table.first_ending_after(table.row_start[row - 1], to, begin);
         above < to && table.runs.begin[above] < end; ++above) {
      sets.unite(i, above);
    }
  }
};

/// Step i is a run, whose gap is united with the gaps above that it touches by an edge, and with the background
/// outside, set 0, where that touches it from above or below.
struct JoinGaps {
  RunTable table;
  Sets sets;

  THRESHER_HD void operator()(std::size_t step) const {
    const auto i = static_cast<Index>(step);
    if (!table.has_gap(i)) return;
    const Index gap = i + 1;
    const Index row = table.runs.row[i];
    const std::int32_t begin = table.runs.end[i];
    const std::int32_t end = table.runs.begin[i + 1];
    const Chunk::RowOf at = table.chunk.row_of(row);
    const bool at_edge = at.y == 0 || at.y + 1 == static_cast<Index>(table.chunk.images[at.bitmap.image].size.height);
    if (at_edge || reaches_outside(row - 1, begin, end) || reaches_outside(row + 1, begin, end)) sets.unite(gap, 0);
    if (at.y == 0) return;

    // The first run that ends beyond `begin` may have the first gap before it.
    const Index from = table.row_start[row - 1];
    const Index to = table.row_start[row];
    Index above = table.first_ending_after(from, to, begin);
    if (above > from) --above;
    for (; above + 1 < to && table.runs.end[above] < end; ++above) {
      if (table.runs.begin[above + 1] > begin) sets.unite(gap, above + 1);
    }
  }

 private:
  /// Whether pixels from `begin` to before `end` reach beyond the runs of a row.
  [[nodiscard]] THRESHER_HD bool reaches_outside(Index row, std::int32_t begin, std::int32_t end) const {
    const Index from = table.row_start[row];
    const Index to = table.row_start[row + 1];
    return from == to || begin < table.runs.begin[from] || end > table.runs.end[to - 1];
  }
};

}  // namespace thresher::cuda
