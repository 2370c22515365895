#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace thresher {

/// What became of a polygon under a protocol.
enum class Fate : std::uint8_t {
  matched,      ///< one ground truth, one detection
  split,        ///< ground truth found in several pieces, or a detection that is such a piece
  merged,       ///< several ground truths in one detection, or that detection
  missed,       ///< ground truth without a match
  false_alarm,  ///< detection without a match
  overlapped,   ///< detection of what was already found
  dont_care,    ///< neither counted nor punished
  invalid,      ///< as if it were not there
};

/// One image's score, polygon by polygon.
struct Explanation {
  struct Link {
    std::uint32_t gt = 0;
    std::uint32_t det = 0;
    double overlap = 0;  ///< the protocol's measure of the pair: IoU, or the share of the detection
  };
  std::vector<Fate> gt;
  std::vector<Fate> det;
  std::vector<Link> links;  ///< pairs that matched, by gt, then by det
  /// The protocol's own counts by name, in the order in which it reports them.
  std::vector<std::pair<std::string, double>> counts;
};

}  // namespace thresher
