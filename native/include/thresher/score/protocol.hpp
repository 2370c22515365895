#pragma once

#include <optional>
#include <vector>

namespace thresher {

/// Scoring protocols; each stands in a file of its own under score/.
enum class Protocol {
  icdar2015,       ///< the ICDAR 2015 task 4.1 script
  iou,             ///< DetectionIoUEvaluator of DB and PaddleOCR
  hmean_iou,       ///< HmeanIOUMetric of MMOCR
  cleval,          ///< CLEval 0.1 of clovaai
  cleval_receipt,  ///< the fork of CLEval in the receipt competition's baseline
  deteval,         ///< DetEval as MhLiao/DB has it
  icdar2013,       ///< ICDAR 2013 as MhLiao/DB has it
  mtwi2018,        ///< MTWI 2018 as MhLiao/DB has it
  tedeval,         ///< TedEval of clovaai
  tiou,            ///< TIoU of Yuliang-Liu
  siou,            ///< the plain sums of IoU beside TIoU
  total_text,      ///< Total-Text's Deteval.py
  ctw1500,         ///< CTW1500 as PSENet evaluates it
};

/// Heights of text as shares of the image's longer side, both ends included.
struct ScaleRange {
  double low = 0;
  double high = 1;
};

/// What can be chosen about CLEval; the defaults are upstream's.
struct ClevalOptions {
  double area_precision = 0.3;
  double recall_granularity = 1;
  double precision_granularity = 1;
  bool end_to_end = false;
  bool case_sensitive = true;
  /// Ground truth of other heights is don't care; needs GroundTruth::longer_side.
  std::optional<ScaleRange> scale{};
  /// The fork's arithmetic under NumPy 2, where scalars stay float32.
  bool numpy2 = false;
};

/// What can be chosen about MMOCR's metric.
struct HmeanIouOptions {
  bool max_matching = false;
  /// Tried on the whole data set; empty stands for MMOCR's own 0.3 to 0.9.
  std::vector<double> score_thresholds;
};

/// A protocol and what can be chosen about it.
struct ProtocolOptions {
  Protocol protocol = Protocol::icdar2015;
  ClevalOptions cleval{};
  HmeanIouOptions hmean_iou{};
};

}  // namespace thresher
