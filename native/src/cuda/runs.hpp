#pragma once

#include <cstddef>
#include <cstdint>

#include "active_words.hpp"
#include "bits.hpp"
#include "layout.hpp"

// Runs of foreground in the rows of bitmaps, in raster order, bitmap after bitmap.

namespace thresher::cuda {

/// The active words of all bitmaps in that order.
struct Items {
  Chunk chunk;
  const ActiveWord* active;
  const std::uint64_t* words;

  struct Item {
    Chunk::BitmapOf bitmap;
    ActiveWord word;
    Offset place;  ///< among all words of bitmaps
  };
  [[nodiscard]] THRESHER_HD Item at(std::size_t i) const {
    const Image* all = chunk.images;
    const Index levels = chunk.levels;
    const auto image = static_cast<Index>(
        owner(chunk.image_count, i, [all, levels](std::size_t k) { return all[k].first_active * levels; }));
    const Image& own = all[image];
    const Offset rest = i - own.first_active * levels;
    const Chunk::BitmapOf bitmap{image, static_cast<Index>(rest / own.active)};
    const ActiveWord word = active[own.first_active + rest % own.active];
    return {bitmap, word, chunk.bitmap_bits(bitmap) + own.place(word.word, word.y)};
  }
  [[nodiscard]] THRESHER_HD std::uint64_t starts(Offset place) const {
    return words[place] & ~(words[place] << 1 | words[place - 1] >> 63);
  }
  [[nodiscard]] THRESHER_HD std::uint64_t ends(Offset place) const {
    return words[place] & ~(words[place] >> 1 | words[place + 1] << 63);
  }
};

/// Step i is an item: how many runs start in it, and how many end.
struct CountRuns {
  Items items;
  std::uint32_t* starts;
  std::uint32_t* ends;

  THRESHER_HD void operator()(std::size_t i) const {
    const Offset place = items.at(i).place;
    starts[i] = count_ones(items.starts(place));
    ends[i] = count_ones(items.ends(place));
  }
};

/// Runs as columns: row among the rows of bitmaps, first pixel, and the one after the last.
struct Runs {
  Index* row;
  std::int32_t* begin;
  std::int32_t* end;
};

/// Step i is an item. As the k-th start belongs to the k-th end, the two are written without knowing of one another.
struct WriteRuns {
  Items items;
  const Offset* first_start;
  const Offset* first_end;
  Runs runs;

  THRESHER_HD void operator()(std::size_t i) const {
    const Items::Item item = items.at(i);
    const Image& image = items.chunk.images[item.bitmap.image];
    const Offset row =
        image.first_row + Offset{item.bitmap.level} * static_cast<Offset>(image.size.height) + item.word.y;
    const auto x = static_cast<std::int32_t>(item.word.word * 64);
    Offset run = first_start[i];
    for (std::uint64_t bits = items.starts(item.place); bits != 0; bits &= bits - 1) {
      runs.row[run] = static_cast<Index>(row);
      runs.begin[run++] = x + static_cast<std::int32_t>(lowest_one(bits));
    }
    run = first_end[i];
    for (std::uint64_t bits = items.ends(item.place); bits != 0; bits &= bits - 1) {
      runs.end[run++] = x + static_cast<std::int32_t>(lowest_one(bits)) + 1;
    }
  }
};

/// Step i is a row of bitmaps, or one past the last: the first run that is in it or after it.
struct FindRowStarts {
  const Index* run_row;
  Index run_count;
  Index* row_start;

  THRESHER_HD void operator()(std::size_t i) const {
    Index low = 0;
    Index high = run_count;
    while (low < high) {
      const Index middle = low + (high - low) / 2;
      if (run_row[middle] < i) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    row_start[i] = low;
  }
};

}  // namespace thresher::cuda
