#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>

namespace thresher {

/// The detections that count, from the `keep` of Comparison.
class Kept {
 public:
  /// Throws std::invalid_argument if `keep` has neither no value nor one a detection.
  Kept(std::span<const std::uint8_t> keep, std::size_t detections) : keep_(keep) {
    if (!keep.empty() && keep.size() != detections) {
      throw std::invalid_argument("keep has " + std::to_string(keep.size()) + " values for " +
                                  std::to_string(detections) + " detections.");
    }
  }

  bool operator()(std::size_t det) const { return keep_.empty() || keep_[det] != 0; }

 private:
  std::span<const std::uint8_t> keep_;
};

}  // namespace thresher
