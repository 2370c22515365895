#include "grid_axes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "thresher/contour/bitmap.hpp"
#include "thresher/postprocess/candidates.hpp"

namespace thresher {
namespace {

/// `values` hold no NaN.
template <class T>
Axis<T> ascending(const std::vector<T>& values) {
  Axis<T> axis{values, {}};
  std::ranges::sort(axis.values);
  axis.values.erase(std::ranges::unique(axis.values).begin(), axis.values.end());
  for (const T value : values) {
    const auto at = std::ranges::lower_bound(axis.values, value);
    axis.places.push_back(static_cast<std::uint32_t>(at - axis.values.begin()));
  }
  return axis;
}

Axis<double> bounds(std::vector<double> values) {
  for (double& value : values) {
    if (std::isnan(value)) value = -std::numeric_limits<double>::infinity();
  }
  return ascending(values);
}

Axis<double> in_order(const std::vector<double>& values) {
  Axis<double> axis;
  for (const double value : values) {
    const auto at = std::ranges::find(axis.values, value);
    axis.places.push_back(static_cast<std::uint32_t>(at - axis.values.begin()));
    if (at == axis.values.end()) axis.values.push_back(value);
  }
  return axis;
}

}  // namespace

GridAxes::GridAxes(const Grid& grid, Variant variant) {
  std::vector<float> all_levels;
  for (const double thresh : grid.thresh) all_levels.push_back(threshold_level(thresh));
  levels = ascending(all_levels);
  box_thresh = bounds(grid.box_thresh);
  unclip_ratio = in_order(grid.unclip_ratio);
  std::vector<std::uint64_t> all_limits;
  for (const int max_candidates : grid.max_candidates) all_limits.push_back(contour_limit(variant, max_candidates));
  limits = ascending(all_limits);
  min_size = bounds(grid.min_size);
}

}  // namespace thresher
