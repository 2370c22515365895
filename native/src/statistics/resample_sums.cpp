#include "thresher/statistics/resample_sums.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace thresher {
namespace {

/// Resamples that are worked on at once: their counts of all images, as doubles, then lie in the second-level cache.
constexpr std::size_t kTile = 128;

void check(const Resamples& resamples, const SparseColumns& columns) {
  const auto& [which, amounts, offsets] = columns;
  const bool fits = resamples.occurrences.size() == resamples.images * resamples.count && !offsets.empty() &&
                    offsets.front() == 0 && offsets.back() == which.size() && which.size() == amounts.size() &&
                    std::is_sorted(offsets.begin(), offsets.end());
  if (!fits) throw std::invalid_argument("resamples and columns do not fit each other");
  if (std::any_of(which.begin(), which.end(), [&](std::uint32_t image) { return image >= resamples.images; })) {
    throw std::invalid_argument("a column has an amount on an image that there is not");
  }
}

/// The counts of resamples `first` to `first` + `width` - 1 as doubles, at [image * kTile + resample].
void load_tile(const Resamples& resamples, std::size_t first, std::size_t width, std::vector<double>& tile) {
  for (std::size_t image = 0; image < resamples.images; ++image) {
    const std::uint8_t* counts = resamples.occurrences.data() + image * resamples.count + first;
    std::copy(counts, counts + width, tile.data() + image * kTile);
  }
}

void add_column(const std::vector<double>& tile, std::span<const std::uint32_t> which, std::span<const double> amounts,
                std::array<double, kTile>& sums) {
  std::size_t j = 0;
  for (; j + 3 < which.size(); j += 4) {
    const double* a = tile.data() + which[j] * kTile;
    const double* b = tile.data() + which[j + 1] * kTile;
    const double* c = tile.data() + which[j + 2] * kTile;
    const double* d = tile.data() + which[j + 3] * kTile;
    for (std::size_t r = 0; r < kTile; ++r) {
      sums[r] += amounts[j] * a[r] + amounts[j + 1] * b[r] + amounts[j + 2] * c[r] + amounts[j + 3] * d[r];
    }
  }
  for (; j < which.size(); ++j) {
    const double* a = tile.data() + which[j] * kTile;
    for (std::size_t r = 0; r < kTile; ++r) sums[r] += amounts[j] * a[r];
  }
}

}  // namespace

std::vector<double> resample_sums(const Resamples& resamples, const SparseColumns& columns, const Task* task) {
  check(resamples, columns);
  std::vector<double> result(columns.size() * resamples.count);
  std::vector<double> tile(resamples.images * kTile);
  std::array<double, kTile> sums{};
  for (std::size_t first = 0; first < resamples.count; first += kTile) {
    if (task != nullptr) task->check();
    const std::size_t width = std::min(kTile, resamples.count - first);
    load_tile(resamples, first, width, tile);
    for (std::size_t column = 0; column < columns.size(); ++column) {
      const std::size_t from = columns.offsets[column];
      const std::size_t length = columns.offsets[column + 1] - from;
      sums.fill(0);
      add_column(tile, columns.which.subspan(from, length), columns.amounts.subspan(from, length), sums);
      std::copy_n(sums.begin(), width, result.begin() + static_cast<std::ptrdiff_t>(column * resamples.count + first));
    }
  }
  return result;
}

}  // namespace thresher
