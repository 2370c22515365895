#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "thresher/postprocess/options.hpp"
#include "thresher/sweep/grid.hpp"

namespace thresher {

/// One parameter's values without repeats, and where each of the grid's is among them.
template <class T>
struct Axis {
  std::vector<T> values;
  std::vector<std::uint32_t> places;  ///< one a value of the grid

  [[nodiscard]] std::size_t size() const { return values.size(); }
};

/// A grid as it is worked through. Bounds ascend, so that what one lets through the lower ones do, too. A bound of
/// NaN, which rejects nothing, is -infinity.
struct GridAxes {
  Axis<float> levels;          ///< thresh, as it is compared with pixels
  Axis<double> box_thresh;     ///< ascending
  Axis<double> unclip_ratio;   ///< in the grid's order
  Axis<std::uint64_t> limits;  ///< numbers of contours, ascending
  Axis<double> min_size;       ///< ascending

  GridAxes(const Grid& grid, Variant variant);
};

/// How many of the ascending bounds a value does not fall short of. NaN falls short of none.
template <class T>
std::uint32_t bounds_met(std::span<const double> bounds, T value) {
  std::uint32_t met = 0;
  while (met < bounds.size() && !(static_cast<double>(value) < bounds[met])) ++met;
  return met;
}

}  // namespace thresher
