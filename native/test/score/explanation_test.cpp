#include "scored.hpp"

// What explanations of all protocols have in common.

namespace {

using namespace scored;
using build::box;

using Names = std::vector<std::string>;

Names names_of(const Explanation& why) {
  Names names;
  for (const auto& [name, count] : why.counts) names.push_back(name);
  return names;
}

Names expected_names(const ProtocolOptions& options) {
  Names one_to_one{"matched", "gtCare", "detCare"};
  const auto and_also = [&](std::initializer_list<const char*> more) {
    one_to_one.insert(one_to_one.end(), more.begin(), more.end());
    return one_to_one;
  };
  switch (options.protocol) {
    case Protocol::icdar2015:
    case Protocol::iou:
      return one_to_one;
    case Protocol::hmean_iou:
      return and_also({"scoreThreshold"});
    case Protocol::ctw1500:
      return and_also({"gtCovered"});
    case Protocol::tiou:
    case Protocol::siou:
      return and_also({"iouSum", "recallAccum", "precisionAccum"});
    case Protocol::cleval:
    case Protocol::cleval_receipt: {
      Names names{"num_char_gt", "num_char_det", "tp", "gran_r", "gran_p", "fp", "split", "merge", "overlap"};
      if (options.cleval.end_to_end) {
        for (std::size_t i = 0; i < 6; ++i) names.push_back("e2e_" + names[i]);
      }
      return names;
    }
    default:
      return {"recallAccum", "precisionAccum", "gtCare", "detCare", "oneToOne", "oneToMany", "manyToOne"};
  }
}

TEST("score/explanation: every protocol names its counts, with and without boxes") {
  auto all = default_options();
  all.push_back({.protocol = Protocol::cleval});
  all.back().cleval.end_to_end = true;
  for (const ProtocolOptions& options : all) {
    GroundTruth gt = build::ground_truth({box(0, 0, 60, 12)});
    gt.texts = {U"words"};
    CHECK(names_of(explanation(options, gt, detections({box(0, 0, 60, 12)}))) == expected_names(options));
    CHECK(names_of(explanation(options, {}, {})) == expected_names(options));
  }
}

TEST("score/explanation: without boxes all counts but the score threshold are zero") {
  for (const ProtocolOptions& options : default_options()) {
    const Explanation why = explanation(options, {}, {});
    CHECK(why.gt.empty() && why.det.empty() && why.links.empty());
    for (const auto& [name, count] : why.counts) CHECK_EQ(count, name == "scoreThreshold" ? 0.3 : 0);
    for (const Tally& tally : tallies(options, {}, {})) CHECK(tally == Tally{});
  }
}

TEST("score/explanation: only ground truth or only detections") {
  for (const ProtocolOptions& options : default_options()) {
    GroundTruth gt = build::ground_truth({box(0, 0, 60, 12)});
    gt.texts = {U"words"};
    const Explanation missed = explanation(options, gt, {});
    CHECK(missed.gt == std::vector{Fate::missed});
    const Explanation invented = explanation(options, {}, detections({box(0, 0, 60, 12)}));
    CHECK(invented.det == std::vector{Fate::false_alarm});
    for (const Tally& tally : tallies(options, gt, {})) {
      CHECK(tally.recall_total > 0 && tally.recall_hits == 0 && tally.precision_total == 0);
    }
    for (const Tally& tally : tallies(options, {}, detections({box(0, 0, 60, 12)}))) {
      CHECK(tally.precision_total > 0 && tally.precision_hits == 0 && tally.recall_total == 0);
    }
  }
}

TEST("score/explanation: a detection that is not kept is as if it were not there, in every protocol") {
  const std::vector<build::Polygon> words{box(0, 0, 60, 12), box(100, 0, 60, 12), box(200, 0, 60, 12)};
  for (const ProtocolOptions& options : default_options()) {
    GroundTruth gt = build::ground_truth(words, {0, 0, 1});
    gt.texts = {U"words", U"words", U"###"};
    // Found, invented, found and don't care, of each one that is kept and one that is not.
    const auto dets =
        detections({words[0], words[1], box(0, 50, 60, 12), box(100, 50, 60, 12), words[2], box(201, 0, 58, 12)});
    const Explanation why =
        make_scorer(options, gt)->compare(dets)->explain(std::vector<std::uint8_t>{1, 0, 1, 0, 1, 0}, 0);
    for (const std::size_t d : {1U, 3U, 5U}) CHECK(why.det[d] == Fate::invalid);
    CHECK(why.det[0] == Fate::matched);
    CHECK(why.det[2] == Fate::false_alarm);
    const bool knows_dont_care = options.protocol != Protocol::ctw1500 && options.protocol != Protocol::cleval_receipt;
    CHECK(why.det[4] == (knows_dont_care ? Fate::dont_care : Fate::matched));
    CHECK(why.gt[0] == Fate::matched);
    CHECK(why.gt[1] == Fate::missed);
  }
}

}  // namespace
