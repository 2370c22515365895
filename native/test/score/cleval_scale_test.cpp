#include <stdexcept>

#include "scored.hpp"

using namespace thresher;
using namespace scored;

namespace {

/// A text of five characters, 100 x 20 pixels, in an image of 1000.
GroundTruth sign() {
  GroundTruth gt;
  gt.polygons = build::polygons({build::box(10, 10, 100, 20)});
  gt.ignore = {0};
  gt.texts = {U"HELLO"};
  gt.longer_side = 1000;
  return gt;
}

double characters(const GroundTruth& gt, double low, double high) {
  ProtocolOptions options{.protocol = Protocol::cleval};
  options.cleval.scale = {.low = low, .high = high};
  return tallies(options, gt, {}).at(0).recall_total;
}

}  // namespace

TEST("score/cleval_scale: the shorter side by the image's longer one, both ends of the range included") {
  CHECK_EQ(characters(sign(), 0, 1), 5.0);
  CHECK_EQ(characters(sign(), 0.02, 1), 5.0);
  CHECK_EQ(characters(sign(), 0, 0.02), 5.0);
  CHECK_EQ(characters(sign(), 0.0200001, 1), 0.0);
  CHECK_EQ(characters(sign(), 0, 0.0199999), 0.0);
  GroundTruth upright = sign();
  upright.polygons = build::polygons({build::box(10, 10, 20, 100)});
  CHECK_EQ(characters(upright, 0.02, 0.02), 5.0);
}

TEST("score/cleval_scale: what is out of scale absorbs detections like other don't care") {
  ProtocolOptions options{.protocol = Protocol::cleval};
  options.cleval.scale = {.low = 0.5, .high = 1};
  const Detections found = detections({build::box(10, 10, 100, 20), build::box(300, 300, 100, 20)});
  expect(tallies(options, sign(), found).at(0), {0, 0, 0, 1});
}

TEST("score/cleval_scale: an image of unknown size is refused, and so are coordinates beyond 2^29") {
  GroundTruth unknown = sign();
  unknown.longer_side = 0;
  GroundTruth far = sign();
  far.polygons = build::polygons({build::box(10, 10, 1 << 30, 20)});
  for (const GroundTruth& gt : {unknown, far}) {
    bool refused = false;
    try {
      characters(gt, 0, 1);
    } catch (const std::invalid_argument&) {
      refused = true;
    }
    CHECK(refused);
  }
}
