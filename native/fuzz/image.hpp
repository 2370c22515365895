#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "thresher/score/scorer.hpp"

namespace fuzz {

/// What one input of the fuzzer stands for.
struct Image {
  thresher::ProtocolOptions options;
  thresher::GroundTruth gt;
  thresher::Detections detections;
  std::vector<std::vector<std::uint8_t>> keeps;  ///< subsets of the detections, one value each
};

/// Any bytes make an image: polygons of all kinds and sizes, degenerate, crossing, doubled or not numbers at all, with
/// lists that now and then have the wrong length.
Image read_image(std::span<const std::uint8_t> bytes);

}  // namespace fuzz
