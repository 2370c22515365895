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
  invalid,      ///< as if it were not there: no polygon to the protocol, or a detection that does not count
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
  /// The protocol's own counts by the names that its evaluator has for them, always all of them. One to one: matched,
  /// gtCare, detCare, and beside them scoreThreshold (hmean-iou), gtCovered (ctw1500), iouSum, recallAccum,
  /// precisionAccum (tiou, siou). DetEval and its kin, TedEval, Total-Text: recallAccum, precisionAccum, gtCare,
  /// detCare, oneToOne, oneToMany, manyToOne. CLEval: num_char_gt, num_char_det, tp, gran_r, gran_p, fp, split, merge,
  /// overlap, and, where read end to end, the first six of them with e2e_ before.
  std::vector<std::pair<std::string, double>> counts;
};

}  // namespace thresher
