#include <stdexcept>

#include "scorers.hpp"

namespace thresher {

std::unique_ptr<Scorer> make_scorer(const ProtocolOptions& options, const GroundTruth& gt) {
  switch (options.protocol) {
    case Protocol::icdar2015:
    case Protocol::iou:
      return one_to_one_scorer(options.protocol, gt);
    case Protocol::hmean_iou:
      return hmean_iou_scorer(options.hmean_iou, gt);
    case Protocol::cleval:
      return cleval_scorer(options.cleval, gt);
    case Protocol::cleval_receipt:
      return cleval_receipt_scorer(options.cleval, gt);
    case Protocol::deteval:
    case Protocol::icdar2013:
    case Protocol::mtwi2018:
      return deteval_scorer(options.protocol, gt);
    case Protocol::tedeval:
      return tedeval_scorer(gt);
    case Protocol::tiou:
    case Protocol::siou:
      return tiou_scorer(options.protocol, gt);
    case Protocol::total_text:
      return total_text_scorer(gt);
    case Protocol::ctw1500:
      return ctw1500_scorer(gt);
  }
  throw std::invalid_argument("unknown protocol");
}

}  // namespace thresher
