#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "thresher/task.hpp"

namespace thresher {

/// Bootstrap resamples as counts: how often each image occurs in each, at [image * count + resample].
struct Resamples {
  std::span<const std::uint8_t> occurrences;
  std::size_t images = 0;
  std::size_t count = 0;
};

/// Columns with an amount on some images: column i has amounts[j] on image which[j] for j from offsets[i] to
/// offsets[i + 1] - 1.
struct SparseColumns {
  std::span<const std::uint32_t> which;
  std::span<const double> amounts;
  std::span<const std::uint32_t> offsets;

  [[nodiscard]] std::size_t size() const { return offsets.size() - 1; }
};

/// The sum of every column over the images of every resample, at [column * count + resample]. Additions follow the
/// order of the column, four at a time, ((a + b) + c) + d onto the sum, as packages/core/src/resamples.ts does:
/// the same bits, fractions too.
///
/// Throws std::invalid_argument where offsets or images do not fit; Cancelled once `task` is cancelled.
std::vector<double> resample_sums(const Resamples& resamples, const SparseColumns& columns, const Task* task = nullptr);

}  // namespace thresher
