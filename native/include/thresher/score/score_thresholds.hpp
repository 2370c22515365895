#pragma once

#include <array>

namespace thresher {

/// MMOCR's own: what numpy.arange makes of 0.3 to 0.9 are these decimals, as far as float32 scores can tell.
inline constexpr std::array kScoreThresholds{0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

}  // namespace thresher
