#pragma once

#include <vector>

#include "thresher/score/ground_truth.hpp"

namespace bench {

struct Document {
  thresher::GroundTruth gt;
  thresher::Detections detections;
};

/// Made-up pages of about `boxes` words in lines, slightly turned, with detections that mostly find them and here and
/// there split, merge, double, cut, miss or invent one; one word in twenty is don't care. The same at every call.
std::vector<Document> documents(int pages, int boxes);

}  // namespace bench
