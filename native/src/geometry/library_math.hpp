#pragma once

#include <cmath>
#include <cstdint>

#include "clipper_union.hpp"
#include "thresher/host_device.hpp"

// sqrt, +, -, * and / are the same everywhere by IEEE 754; atan2, sin, cos and acos are not. Code that needs those and
// whose result must be the C library's takes one of these two as its last parameter, and passes what it computes with
// them through it where a result becomes a float32 or a whole number.

namespace thresher {

/// Nearest integer, halves away from zero.
THRESHER_HD inline std::int64_t nearest(double value) {
  return static_cast<std::int64_t>(value < 0 ? value - 0.5 : value + 0.5);
}

/// For the C library itself.
struct LibraryMath {
  static float single(double value) { return static_cast<float>(value); }
  static std::int64_t rounded(double value) {
    if (!(std::fabs(value) < 0x1p62)) throw out_of_clipper_range();
    return nearest(value);
  }
  static std::int64_t rounded_about(double value) { return rounded(value); }
};

/// For another library, whose last bits differ: notices where they might have made a difference. What is then computed
/// goes back to the CPU.
class CheckedMath {
 public:
  THRESHER_HD explicit CheckedMath(double caution = 1) : caution_(caution) {}

  /// A function's value as float32.
  THRESHER_HD float single(double value) {
    const double slack = std::fabs(value) * kRelativeSlack * caution_;
    const auto least = static_cast<float>(value - slack);
    const auto most = static_cast<float>(value + slack);
    certain_ = certain_ && least == most;
    return static_cast<float>(value);
  }
  /// A whole number, halves away from zero, of what was computed without those functions.
  THRESHER_HD std::int64_t rounded(double value) {
    if (!(std::fabs(value) < kFarthest)) {
      certain_ = false;
      return 0;
    }
    return nearest(value);
  }
  /// A whole number of what was computed with them.
  THRESHER_HD std::int64_t rounded_about(double value) {
    const double magnitude = std::fabs(value);
    const double from_half = std::fabs(magnitude - std::floor(magnitude) - 0.5);
    certain_ = certain_ && !(from_half < kAbsoluteSlack * caution_);
    return rounded(value);
  }
  /// Whether the C library's bits cannot have given anything else.
  [[nodiscard]] THRESHER_HD bool certain() const { return certain_; }

 private:
  // CUDA states 2 units in the last place for these functions in double, glibc 1: 8 of 2^-52.
  static constexpr double kRelativeSlack = 0x1p-49;
  // px; arcs of up to 2^16 px take about 1,000 rotations, each off by a few 2^-53: 1e-7 px.
  static constexpr double kAbsoluteSlack = 1e-6;
  static constexpr double kFarthest = 1 << 28;

  double caution_;
  bool certain_ = true;
};

}  // namespace thresher
