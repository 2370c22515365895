#include <cmath>

#include "scored.hpp"

// Images with more boxes than any real one has, apart and all in one place.

namespace {

using namespace scored;
using build::box;
using build::Polygon;

GroundTruth words(const std::vector<Polygon>& polygons, std::uint8_t ignored = 0) {
  GroundTruth gt = build::ground_truth(polygons);
  gt.ignore.assign(polygons.size(), ignored);
  gt.texts.assign(polygons.size(), U"ab");
  return gt;
}

std::vector<Polygon> pile(std::size_t count) {
  return std::vector<Polygon>(count, box(5, 5, 24, 12));
}

TEST("score/extremes: boxes that lie apart are not compared, or thirty thousand would take minutes") {
  constexpr int count = 30000;
  std::vector<Polygon> apart;
  for (int i = 0; i < count; ++i) apart.push_back(box(30.0 * (i % 400), 20.0 * (i / 400), 24, 12));
  const GroundTruth gt = words(apart);
  const Detections dets = detections(apart);
  for (const ProtocolOptions& options : default_options()) {
    const Tally tally = tallies(options, gt, dets)[0];
    // 24 by 12 are two characters, and of the receipt fork the first 500 detections count.
    const bool receipt = options.protocol == Protocol::cleval_receipt;
    const double worth = receipt || options.protocol == Protocol::cleval ? 2 : 1;
    CHECK(tally == (Tally{receipt ? 1000 : worth * count, worth * count, receipt ? 1000 : worth * count,
                          receipt ? 1000 : worth * count}));
  }
}

/// Of n ground truths and n detections that are all the same box.
Tally pile_tally(Protocol protocol, double n) {
  switch (protocol) {
    case Protocol::deteval:
    case Protocol::icdar2013:
    case Protocol::total_text:
      return {0.8, n, 0.8 * n, n};  // the first ground truth takes all detections as its pieces
    case Protocol::mtwi2018:
      return {1, n, n / (1 + std::log(n)), n};
    case Protocol::tedeval:
      return {0, n, n, n};  // no character is found once only, and each detection holds all
    case Protocol::ctw1500:
      return {1, n, 1, n};  // the first detection covers all
    case Protocol::cleval:  // two characters each, all found; all pieces of all
      return {2 * n - n * (n - 1), 2 * n, 2 * n - n * (n - 1), 2 * n * n};
    case Protocol::cleval_receipt:  // the same, but not less than nothing
      return {0, 2 * n, 0, 2 * n * n};
    default:
      return {n, n, n, n};
  }
}

TEST("score/extremes: many boxes in one place have a score") {
  constexpr std::size_t count = 40;
  const auto all = pile(count);
  for (const ProtocolOptions& options : default_options()) {
    if (options.protocol == Protocol::tiou) continue;  // in which they are worth something else
    const Tally tally = tallies(options, words(all), detections(all))[0];
    expect(tally, pile_tally(options.protocol, count));
    const Explanation why = explanation(options, words(all), detections(all));
    CHECK_EQ(why.gt.size(), count);
    CHECK_EQ(why.det.size(), count);
  }
}

TEST("score/extremes: too many boxes in one place are refused, with their number and what to do") {
  const auto all = pile(1500);
  for (const ProtocolOptions& options : default_options()) {
    const std::string message = refusal(options, words(all), detections(all));
    CHECK_EQ(message,
             "more than 2097152 overlapping pairs of 1500 ground truths and 1500 detections in one image. Remove "
             "duplicates, or score fewer detections.");
  }
  CHECK_EQ(refusal({.protocol = Protocol::icdar2015}, words(pile(100000)), detections(pile(100000))),
           "more than 2097152 overlapping pairs of 100000 ground truths and 100000 detections in one image. Remove "
           "duplicates, or score fewer detections.");
}

TEST("score/extremes: don't care is cut only as far as that can be done in seconds") {
  for (const Protocol protocol : {Protocol::cleval, Protocol::tedeval}) {
    GroundTruth gt = words(pile(1500));
    gt.ignore[0] = 1;
    CHECK_EQ(refusal({.protocol = protocol}, gt, detections({box(0, 0, 9, 9)})),
             "more than 2097152 overlapping pairs among 1500 ground truths in one image. Remove duplicates.");
    gt = words(pile(1000));
    for (std::size_t g = 0; g < 500; ++g) gt.ignore[g] = 1;
    CHECK(refusal({.protocol = protocol}, gt, detections(pile(100)))
              .starts_with("more than 33554432 steps to cut overlapping polygons apart in one image. "));
  }
}

TEST("score/extremes: TIoU looks at other ground truth only as far as that can be done in seconds") {
  CHECK(refusal({.protocol = Protocol::tiou}, words(pile(500)), detections(pile(20)))
            .starts_with("more than 33554432 steps to cut overlapping polygons apart in one image. "));
  CHECK_EQ(refusal({.protocol = Protocol::siou}, words(pile(500)), detections(pile(20))), "");
}

TEST("score/extremes: TedEval joins no more boxes to a line than it can look at") {
  CHECK(refusal({.protocol = Protocol::tedeval}, words(pile(1)), detections(pile(20000)))
            .starts_with("more than 268435456 looks from box to box to see which are on one line in one image. "));
  CHECK_EQ(refusal({.protocol = Protocol::tedeval}, words(pile(1)), detections(pile(300))), "");
}

TEST("score/extremes: texts that are looked for or compared too often are refused") {
  GroundTruth gt = words(pile(2));
  gt.texts[1].assign(1 << 20, U'x');
  const auto dets = detections(pile(200));
  for (const Protocol protocol : {Protocol::cleval, Protocol::tedeval}) {
    CHECK(
        refusal({.protocol = protocol}, gt, dets)
            .starts_with("more than 134217728 characters of ground truth to look for in detections that overlap it "));
  }
  Detections read = detections(pile(2));
  read.texts.assign(2, std::u32string(1 << 10, U'x'));
  ProtocolOptions end_to_end{.protocol = Protocol::cleval};
  end_to_end.cleval.end_to_end = true;
  CHECK(refusal(end_to_end, gt, read)
            .starts_with("more than 1073741824 pairs of characters to compare in the texts of overlapping boxes "));
}

TEST("score/extremes: many times more ground truths than detections can match find the best matching") {
  const ProtocolOptions best{.protocol = Protocol::hmean_iou,
                             .hmean_iou = {.max_matching = true, .score_thresholds = {0}}};
  CHECK_EQ(tallies(best, words(pile(1200)), detections(pile(300)))[0].recall_hits, 300);
}

}  // namespace
