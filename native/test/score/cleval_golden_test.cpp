#include <array>
#include <string>

#include "scored.hpp"

// Small images with the counts that the evaluators themselves gave: CLEval 0.1.1, and its fork in the receipt
// competition's baseline under NumPy 1 and under NumPy 2.

namespace {

using namespace scored;
using build::box;
using build::Polygon;

/// num_char_gt, num_char_det, tp, gran_r, gran_p, fp, split, merge, overlap.
using Counts = std::array<int, 9>;
using Words = std::vector<std::pair<Polygon, std::u32string>>;

struct Case {
  std::string name;
  Words words;
  std::vector<Polygon> detections;
  Counts cleval;
  Counts receipt_numpy1;
  Counts receipt_numpy2;
};

// clang-format off
const Case kCases[] = {
    {"perfect",
     {{box(0, 0, 100, 20), U"HELLO"}},
     {box(0, 0, 100, 20)},
     {5, 5, 5, 0, 0, 0, 0, 0, 0},
     {5, 5, 5, 0, 0, 0, 0, 0, 0},
     {5, 5, 5, 0, 0, 0, 0, 0, 0}},
    {"split2",
     {{box(0, 0, 200, 20), U"HELLOWORLD"}},
     {box(0, 0, 100, 20), box(100, 0, 100, 20)},
     {10, 10, 10, 1, 0, 0, 1, 0, 0},
     {10, 10, 10, 1, 0, 0, 1, 0, 0},
     {10, 10, 10, 1, 0, 0, 1, 0, 0}},
    {"split3_gap",
     {{box(0, 0, 200, 20), U"HELLOWORLD"}},
     {box(0, 0, 60, 20), box(70, 0, 60, 20), box(140, 0, 60, 20)},
     {10, 9, 9, 2, 0, 0, 1, 0, 0},
     {10, 9, 9, 2, 0, 0, 1, 0, 0},
     {10, 9, 9, 2, 0, 0, 1, 0, 0}},
    {"merge2",
     {{box(0, 0, 100, 20), U"HELLO"}, {box(110, 0, 100, 20), U"WORLD"}},
     {box(0, 0, 210, 20)},
     {10, 10, 10, 0, 1, 0, 0, 1, 0},
     {10, 10, 10, 0, 1, 0, 0, 1, 0},
     {10, 10, 10, 0, 1, 0, 0, 1, 0}},
    {"fp_wide_tall",
     {{box(0, 0, 100, 20), U"HELLO"}},
     {box(0, 0, 100, 20), box(300, 300, 100, 20), box(500, 300, 20, 100)},
     {5, 11, 5, 0, 0, 6, 0, 0, 0},
     {5, 11, 5, 0, 0, 6, 0, 0, 0},
     {5, 11, 5, 0, 0, 6, 0, 0, 0}},
    {"dc_absorb",
     {{box(0, 0, 100, 20), U"HELLO"}, {box(0, 100, 100, 20), U"###"}},
     {box(0, 0, 100, 20), box(10, 100, 50, 20)},
     {5, 5, 5, 0, 0, 0, 0, 0, 0},
     {10, 8, 8, 0, 0, 0, 0, 0, 0},
     {10, 8, 8, 0, 0, 0, 0, 0, 0}},
    {"dc_partial_0.3exact",
     {{box(0, 0, 100, 20), U"HELLO"}, {box(200, 0, 100, 10), U"###"}},
     {box(0, 0, 100, 20), box(270, 0, 100, 10)},
     {5, 5, 5, 0, 0, 0, 0, 0, 0},
     {15, 8, 8, 0, 0, 0, 0, 0, 0},
     {15, 8, 8, 0, 0, 0, 0, 0, 0}},
    {"dc_overlaps_gt",
     {{box(0, 0, 100, 20), U"HELLO"}, {box(50, 0, 150, 20), U"###"}},
     {box(0, 0, 100, 20), box(100, 0, 100, 20)},
     {5, 5, 5, 0, 0, 0, 0, 0, 0},
     {13, 13, 13, 1, 1, 0, 1, 1, 0},
     {13, 13, 13, 1, 1, 0, 1, 1, 0}},
    {"miss",
     {{box(0, 0, 100, 20), U"HELLO"}},
     {},
     {5, 0, 0, 0, 0, 0, 0, 0, 0},
     {5, 0, 0, 0, 0, 0, 0, 0, 0},
     {5, 0, 0, 0, 0, 0, 0, 0, 0}},
    {"empty_gt",
     {},
     {box(0, 0, 100, 20)},
     {0, 1, 0, 0, 0, 1, 0, 0, 0},
     {0, 5, 0, 0, 0, 5, 0, 0, 0},
     {0, 5, 0, 0, 0, 5, 0, 0, 0}},
    {"empty_both",
     {},
     {},
     {0, 0, 0, 0, 0, 0, 0, 0, 0},
     {0, 0, 0, 0, 0, 0, 0, 0, 0},
     {0, 0, 0, 0, 0, 0, 0, 0, 0}},
    {"all_dc_with_fp",
     {{box(0, 0, 100, 20), U"###"}},
     {box(300, 300, 100, 20)},
     {0, 1, 0, 0, 0, 1, 0, 0, 0},
     {5, 5, 0, 0, 0, 5, 0, 0, 0},
     {5, 5, 0, 0, 0, 5, 0, 0, 0}},
    {"duplicate_det",
     {{box(0, 0, 100, 20), U"HELLO"}},
     {box(0, 0, 100, 20), box(0, 0, 100, 20)},
     {5, 10, 5, 1, 0, 0, 1, 0, 5},
     {5, 10, 5, 1, 0, 0, 1, 0, 5},
     {5, 10, 5, 1, 0, 0, 1, 0, 5}},
    {"huge_det",
     {{box(40, 40, 20, 10), U"AB"}},
     {box(0, 0, 200, 100)},
     {2, 1, 0, 0, 0, 1, 0, 0, 0},
     {2, 2, 0, 0, 0, 2, 0, 0, 0},
     {2, 2, 0, 0, 0, 2, 0, 0, 0}},
    {"vertical",
     {{box(0, 0, 20, 100), U"ABCDE"}},
     {box(0, 0, 20, 50)},
     {5, 2, 2, 0, 0, 0, 0, 0, 0},
     {5, 1, 0, 0, 0, 1, 0, 0, 0},
     {6, 1, 0, 0, 0, 1, 0, 0, 0}},
    {"pcc_on_right_edge",
     {{box(0, 0, 100, 20), U"HELLO"}},
     {box(0, 0, 50, 20)},
     {5, 2, 2, 0, 0, 0, 0, 0, 0},
     {5, 2, 2, 0, 0, 0, 0, 0, 0},
     {5, 2, 2, 0, 0, 0, 0, 0, 0}},
    {"pcc_on_left_edge",
     {{box(0, 0, 100, 20), U"HELLO"}},
     {box(50, 0, 50, 20)},
     {5, 3, 3, 0, 0, 0, 0, 0, 0},
     {5, 3, 3, 0, 0, 0, 0, 0, 0},
     {5, 3, 3, 0, 0, 0, 0, 0, 0}},
    {"ap_exact_0.3",
     {{box(0, 0, 30, 10), U"ABC"}},
     {box(0, 0, 100, 10)},
     {3, 3, 3, 0, 0, 0, 0, 0, 0},
     {3, 3, 3, 0, 0, 0, 0, 0, 0},
     {3, 3, 3, 0, 0, 0, 0, 0, 0}},
    {"ap_below_0.3",
     {{box(0, 0, 29, 10), U"ABC"}},
     {box(0, 0, 100, 10)},
     {3, 1, 0, 0, 0, 1, 0, 0, 0},
     {3, 10, 0, 0, 0, 10, 0, 0, 0},
     {3, 10, 0, 0, 0, 10, 0, 0, 0}},
    {"rotated",
     {{{{10, 10}, {110, 40}, {104, 60}, {4, 30}}, U"ROTATE"}},
     {{{12, 8}, {112, 38}, {106, 58}, {6, 28}}},
     {6, 6, 6, 0, 0, 0, 0, 0, 0},
     {5, 5, 5, 0, 0, 0, 0, 0, 0},
     {5, 5, 5, 0, 0, 0, 0, 0, 0}},
    {"n_to_m",
     {{box(0, 0, 100, 20), U"HELLO"}, {box(110, 0, 100, 20), U"WORLD"}},
     {box(0, 0, 50, 20), box(50, 0, 160, 20)},
     {10, 10, 10, 1, 1, 0, 1, 1, 0},
     {10, 10, 10, 1, 1, 0, 1, 1, 0},
     {10, 10, 10, 1, 1, 0, 1, 1, 0}},
};
// clang-format on

GroundTruth ground_truth(const Words& words) {
  GroundTruth gt;
  for (const auto& [polygon, text] : words) {
    gt.polygons.push_back(polygon);
    gt.ignore.push_back(text == U"###");
    gt.texts.push_back(text);
  }
  return gt;
}

void expect_counts(const ProtocolOptions& options, const Case& example, const Counts& wanted) {
  const auto scorer = make_scorer(options, ground_truth(example.words));
  const auto comparison = scorer->compare(detections(example.detections));
  const auto counts = comparison->explain({}, 0).counts;
  CHECK_EQ(counts.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (counts[i].second != wanted[i]) CHECK_EQ(example.name + " " + counts[i].first, "as the evaluator has it");
  }
  const auto [gt, det, found, split, merged, fp, splits, merges, overlapped] = wanted;
  Tally tally;
  comparison->tally({}, {&tally, 1});
  expect(tally, Tally{1.0 * found - split, 1.0 * gt, 1.0 * found - merged, 1.0 * det});
}

TEST("score/cleval_golden: upstream") {
  for (const Case& example : kCases) expect_counts({.protocol = Protocol::cleval}, example, example.cleval);
}

TEST("score/cleval_golden: the receipt competition's fork") {
  ProtocolOptions options{.protocol = Protocol::cleval_receipt};
  for (const Case& example : kCases) {
    options.cleval.numpy2 = false;
    expect_counts(options, example, example.receipt_numpy1);
    options.cleval.numpy2 = true;
    expect_counts(options, example, example.receipt_numpy2);
  }
}

}  // namespace
