#pragma once

#include <cstddef>
#include <vector>

namespace thresher {

/// The values of each parameter. A setting's index runs through them row-major, thresh slowest and min_size fastest.
/// Values mean what they mean in PostprocessOptions; they may repeat and stand in any order.
struct Grid {
  std::vector<double> thresh;
  std::vector<double> box_thresh;
  std::vector<double> unclip_ratio;
  std::vector<int> max_candidates;
  std::vector<double> min_size;

  /// Number of settings. Throws std::invalid_argument if a parameter has no value, or for more settings than can be
  /// counted.
  [[nodiscard]] std::size_t size() const;

  /// Number of settings that share one value of thresh.
  [[nodiscard]] std::size_t settings_per_thresh() const { return size() / thresh.size(); }
};

}  // namespace thresher
