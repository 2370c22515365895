#include <algorithm>
#include <limits>
#include <optional>

#include "scored.hpp"

namespace {

using namespace scored;
using build::box;
using build::Polygon;

constexpr ProtocolOptions kCleval{.protocol = Protocol::cleval};

struct Word {
  Polygon polygon;
  std::u32string text;
};

/// "###" is don't care, as in the files.
GroundTruth words(const std::vector<Word>& list) {
  GroundTruth gt;
  for (const Word& word : list) {
    gt.polygons.push_back(word.polygon);
    gt.ignore.push_back(word.text == U"###");
    gt.texts.push_back(word.text);
  }
  return gt;
}

Detections read(const std::vector<Word>& list) {
  const GroundTruth words_read = words(list);
  return {words_read.polygons, {}, words_read.texts};
}

double count(const Explanation& why, const std::string& name) {
  const auto place = std::ranges::find(why.counts, name, &std::pair<std::string, double>::first);
  CHECK(place != why.counts.end());
  return place->second;
}

TEST("score/cleval: a text in two pieces loses one character of recall") {
  const auto gt = words({{box(0, 0, 200, 20), U"HELLOWORLD"}});
  const std::vector<Polygon> halves{box(0, 0, 100, 20), box(100, 0, 100, 20)};
  expect(kCleval, gt, halves, {9, 10, 10, 10});
  const auto why = explanation(kCleval, gt, detections(halves));
  CHECK(why.gt == std::vector{Fate::split});
  CHECK(why.det == (std::vector{Fate::split, Fate::split}));
  CHECK_EQ(why.links.size(), 2U);
  CHECK_EQ(why.links[1].det, 1U);
  CHECK_EQ(why.links[1].overlap, 1);
}

TEST("score/cleval: two texts in one detection lose one character of precision") {
  const auto gt = words({{box(0, 0, 100, 20), U"HELLO"}, {box(110, 0, 100, 20), U"WORLD"}});
  expect(kCleval, gt, {box(0, 0, 210, 20)}, {10, 10, 9, 10});
  const auto why = explanation(kCleval, gt, detections({box(0, 0, 210, 20)}));
  CHECK(why.gt == (std::vector{Fate::merged, Fate::merged}));
  CHECK(why.det == std::vector{Fate::merged});
}

TEST("score/cleval: a duplicate counts its characters again and as a piece") {
  const auto gt = words({{box(0, 0, 100, 20), U"HELLO"}});
  const std::vector<Polygon> twice{box(0, 0, 100, 20), box(0, 0, 100, 20)};
  expect(kCleval, gt, twice, {4, 5, 5, 10});
  const auto why = explanation(kCleval, gt, detections(twice));
  CHECK(why.det == (std::vector{Fate::split, Fate::overlapped}));
  CHECK_EQ(count(why, "overlap"), 5);
}

TEST("score/cleval: penalties may exceed what was found, and weigh what the options say") {
  // Three boxes over the one character.
  const auto gt = words({{box(0, 0, 20, 20), U"A"}});
  const std::vector<Polygon> thrice(3, box(0, 0, 20, 20));
  expect(kCleval, gt, thrice, {-1, 1, 1, 3});
  ProtocolOptions options = kCleval;
  options.cleval.recall_granularity = 0.25;
  expect(options, gt, thrice, {0.5, 1, 1, 3});
  options.cleval.precision_granularity = 2;
  expect(options, words({{box(0, 0, 20, 20), U"A"}, {box(20, 0, 20, 20), U"B"}}), {box(0, 0, 40, 20)}, {2, 2, 0, 2});
}

TEST("score/cleval: area precision of exactly .3 is enough, .29 is not") {
  expect(kCleval, words({{box(0, 0, 30, 10), U"ABC"}}), {box(0, 0, 100, 10)}, {3, 3, 3, 3});
  expect(kCleval, words({{box(0, 0, 29, 10), U"ABC"}}), {box(0, 0, 100, 10)}, {0, 3, 0, 1});
  ProtocolOptions options = kCleval;
  options.cleval.area_precision = 0.29;
  expect(options, words({{box(0, 0, 29, 10), U"ABC"}}), {box(0, 0, 100, 10)}, {3, 3, 3, 3});
  // Turned, so that no area is a whole number: rectangles along (4, 3), of which one is three tenths of the other.
  const Polygon whole{{0, 0}, {40, 30}, {34, 38}, {-6, 8}};
  const Polygon part{{0, 0}, {12, 9}, {6, 17}, {-6, 8}};
  expect(kCleval, words({{part, U"AB"}}), {whole}, {2, 2, 2, 2});
}

TEST("score/cleval: shares of a merge are added as 64-bit sums of 32-bit numbers") {
  // .29f + .01f = .2999999914, which is not .3; .15f + .15f = .30000001 is.
  const auto near = words({{box(0, 0, 29, 10), U"A"}, {box(50, 0, 1, 10), U"B"}});
  expect(kCleval, near, {box(0, 0, 100, 10)}, {0, 2, 0, 1});
  const auto enough = words({{box(0, 0, 15, 10), U"A"}, {box(50, 0, 15, 10), U"B"}});
  expect(kCleval, enough, {box(0, 0, 100, 10)}, {2, 2, 1, 2});
  // .006f + .294f = .29999999981, which is .3 in 32 bits only.
  const auto nearest = words({{box(0, 0, 6, 10), U"A"}, {box(50, 0, 294, 10), U"B"}});
  expect(kCleval, nearest, {box(0, 0, 1000, 10)}, {0, 2, 0, 1});
}

TEST("score/cleval: a character on the right or bottom edge is outside, on the left or top edge inside") {
  const auto gt = words({{box(0, 0, 100, 20), U"HELLO"}});
  expect(kCleval, gt, {box(0, 0, 50, 20)}, {2, 5, 2, 2});
  expect(kCleval, gt, {box(50, 0, 50, 20)}, {3, 5, 3, 3});
  expect(kCleval, gt, {box(0, 0, 100, 10)}, {0, 5, 0, 1});
  expect(kCleval, gt, {box(0, 10, 100, 10)}, {5, 5, 5, 5});
}

TEST("score/cleval: narrow boxes are read from bottom to top") {
  // The middle line of what is less than half as wide as high is the upright one.
  const auto gt = words({{box(0, 0, 20, 100), U"ABCDE"}});
  expect(kCleval, gt, {box(0, 0, 20, 50)}, {2, 5, 2, 2});
  // At half it still is the level one, all of whose characters are at the middle height.
  expect(kCleval, words({{box(0, 0, 50, 100), U"ABCDE"}}), {box(0, 0, 50, 49)}, {0, 5, 0, 1});
}

TEST("score/cleval: a false alarm costs one character if wide and more the narrower it is, ten at most") {
  const auto gt = words({});
  expect(kCleval, gt, {box(0, 0, 100, 20)}, {0, 0, 0, 1});
  expect(kCleval, gt, {box(0, 0, 20, 100)}, {0, 0, 0, 5});
  expect(kCleval, gt, {box(0, 0, 5, 100)}, {0, 0, 0, 10});
  expect(kCleval, gt, {{{3, 3}, {3, 3}, {3, 3}, {3, 3}}}, {0, 0, 0, 1});
  CHECK(explanation(kCleval, gt, detections({box(0, 0, 20, 20)})).det == std::vector{Fate::false_alarm});
}

TEST("score/cleval: what don't care covers does not count") {
  const auto gt = words({{box(0, 0, 100, 20), U"HELLO"}, {box(200, 0, 100, 10), U"###"}});
  expect(kCleval, gt, {box(0, 0, 100, 20), box(270, 0, 100, 10)}, {5, 5, 5, 5});
  expect(kCleval, gt, {box(0, 0, 100, 20), box(271, 0, 100, 10)}, {5, 5, 5, 6});
  const auto why = explanation(kCleval, gt, detections({box(270, 0, 100, 10), box(0, 0, 100, 20)}));
  CHECK(why.gt == (std::vector{Fate::matched, Fate::dont_care}));
  CHECK(why.det == (std::vector{Fate::dont_care, Fate::matched}));
}

TEST("score/cleval: don't care without what is cared for in it") {
  // The detection has 40 % of its area in don't care, of which the text in between takes 11 %.
  const auto gt = words({{box(0, 0, 40, 10), U"###"}, {box(10, 0, 11, 10), U"AB"}});
  expect(kCleval, gt, {box(0, 0, 100, 10)}, {0, 2, 0, 1});
  const auto less = words({{box(0, 0, 40, 10), U"###"}, {box(10, 0, 10, 10), U"AB"}});
  expect(kCleval, less, {box(0, 0, 100, 10)}, {0, 2, 0, 0});
  // Overlapping cuts count once: 40 % less 10 %.
  const auto cuts = words({{box(0, 0, 40, 10), U"###"}, {box(10, 0, 8, 10), U"A"}, {box(12, 0, 8, 10), U"B"}});
  expect(kCleval, cuts, {box(0, 0, 100, 10)}, {0, 2, 0, 0});
}

TEST("score/cleval: several don't-care regions together, of those whose pseudo-characters it holds") {
  // Each covers 20 %, and their middle lines run through the detection.
  const auto inside = words({{box(0, 0, 20, 10), U"###"}, {box(50, 0, 20, 10), U"###"}});
  expect(kCleval, inside, {box(0, 0, 100, 10)}, {0, 0, 0, 0});
  // The second one's runs a pixel above it.
  const auto above = words({{box(0, 0, 20, 10), U"###"}, {box(50, -12, 20, 22), U"###"}});
  expect(kCleval, above, {box(0, 0, 100, 10)}, {0, 0, 0, 1});
}

TEST("score/cleval: a detection that is don't care still stands in the way of a match") {
  const auto gt = words({{box(0, 0, 100, 20), U"HELLO"}, {box(0, 20, 100, 20), U"###"}});
  // The second has half of its area in either region and holds the characters: two detections cover the text, of
  // which one counts, so that the pair is neither the only one nor one of several.
  expect(kCleval, gt, {box(0, 0, 100, 20)}, {5, 5, 5, 5});
  expect(kCleval, gt, {box(0, 0, 100, 20), box(0, 0, 100, 40)}, {0, 5, 0, 1});
}

TEST("score/cleval: images without text or detections") {
  expect(kCleval, words({}), {}, {0, 0, 0, 0});
  expect(kCleval, words({}), {box(0, 0, 100, 20)}, {0, 0, 0, 1});
  expect(kCleval, words({{box(0, 0, 100, 20), U"HELLO"}}), {}, {0, 5, 0, 0});
  expect(kCleval, words({{box(0, 0, 100, 20), U"###"}}), {box(300, 300, 100, 20)}, {0, 0, 0, 1});
  expect(kCleval, words({{box(0, 0, 100, 20), U""}}), {box(0, 0, 100, 20)}, {0, 0, 0, 1});
}

TEST("score/cleval: polygons hold the characters between their upper and their lower border") {
  // Six points: an arch of 90 over 20, read along both halves.
  const Polygon arch{{0, 10}, {45, 0}, {90, 10}, {90, 30}, {45, 20}, {0, 30}};
  const auto gt = words({{arch, U"ABC"}});
  // Cut at 0, 15, 30, 45 (two spans of three pieces each); the middles of two pieces are at 15, 45 and 75.
  expect(kCleval, gt, {arch}, {3, 3, 3, 3});
  expect(kCleval, gt, {box(0, 0, 15, 40)}, {0, 3, 0, 3});
  expect(kCleval, gt, {box(0, 0, 16, 40)}, {1, 3, 1, 1});
  expect(kCleval, gt, {box(0, 0, 46, 40)}, {2, 3, 2, 2});
  // Pieces end at whole pixels: of 50 pixels in thirds, at 16 and 33, so that the second character is at 49.5.
  const Polygon wide{{0, 10}, {50, 0}, {100, 10}, {100, 30}, {50, 20}, {0, 30}};
  expect(kCleval, words({{wide, U"ABC"}}), {box(0, 0, 50, 40)}, {2, 3, 2, 2});
  // A triangle is the quad with the missing corner below its first.
  expect(kCleval, words({{{{0, 0}, {100, 0}, {100, 20}}, U"HELLO"}}), {box(0, 0, 100, 20)}, {5, 5, 5, 5});
}

TEST("score/cleval: reading along the matches") {
  ProtocolOptions options = kCleval;
  options.cleval.end_to_end = true;
  const auto score = [&](const GroundTruth& gt, const Detections& dets) {
    return make_scorer(options, gt)->compare(dets)->end_to_end({}).value();
  };
  const Word hello{box(0, 0, 100, 20), U"HELLO"};
  expect(score(words({hello}), read({{hello.polygon, U"HALLO"}})), {4, 5, 4, 5});
  expect(score(words({hello}), read({{hello.polygon, U"hello"}})), {0, 5, 0, 5});
  // Two pieces, named in the wrong order: they are read in the order of the characters.
  const auto pieces = read({{box(60, 0, 40, 20), U"LO"}, {box(0, 0, 60, 20), U"HEL"}});
  expect(score(words({hello}), pieces), {4, 5, 5, 5});
  // What one took is gone for the next.
  const auto pair = words({{box(0, 0, 50, 20), U"AB"}, {box(50, 0, 50, 20), U"AC"}});
  expect(score(pair, read({{box(0, 0, 100, 20), U"ABC"}})), {3, 4, 2, 3});
  // Of several that hold the same character and no other, two are read.
  const Word one{box(0, 0, 20, 20), U"C"};
  expect(score(words({one}), read({{one.polygon, U"A"}, {one.polygon, U"C"}, {one.polygon, U"B"}})), {-1, 1, 1, 3});
  expect(score(words({one}), read({{one.polygon, U"A"}, {one.polygon, U"B"}, {one.polygon, U"C"}})), {-2, 1, 0, 3});
  // An unmatched detection counts what it read.
  expect(score(words({hello}), read({{box(300, 0, 100, 20), U"XY"}})), {0, 5, 0, 2});
  expect(score(words({hello}), detections({hello.polygon})), {0, 5, 0, 0});

  options.cleval.case_sensitive = false;
  expect(score(words({hello}), read({{hello.polygon, U"hello"}})), {5, 5, 5, 5});
  expect(score(words({{hello.polygon, U"\u00e9\u00df\u03c3"}}), read({{hello.polygon, U"\u00c9SS\u03a3"}})),
         {4, 4, 4, 4});

  const auto why = make_scorer(options, words({hello}))->compare(read({{hello.polygon, U"HALLO"}}))->explain({}, 0);
  CHECK_EQ(count(why, "tp"), 5);
  CHECK_EQ(count(why, "e2e_tp"), 4);
  CHECK_EQ(count(why, "e2e_fp"), 1);
  CHECK_EQ(count(why, "e2e_num_char_det"), 5);
  CHECK(!make_scorer(kCleval, words({hello}))->compare(read({hello}))->end_to_end({}).has_value());
}

TEST("score/cleval: of what CPython's set order decides") {
  // Ten texts after ninety that are don't care, in one detection that read "AB": CPython's set has them from the 96th
  // on, then the 90th to the 95th.
  std::vector<Word> list(90, {box(0, 500, 10, 10), U"###"});
  for (int i = 0; i < 10; ++i) list.push_back({box(10 * i, 0, 10, 10), i == 6 ? U"BA" : U"A"});
  ProtocolOptions options = kCleval;
  options.cleval.end_to_end = true;
  // "BA" comes first and takes the A, which leaves nothing for the others. In ascending order they would leave it B.
  const auto tally = make_scorer(options, words(list))->compare(read({{box(0, 0, 100, 10), U"AB"}}))->end_to_end({});
  expect(tally.value(), {1, 11, -8, 2});
}

TEST("score/cleval: what cannot be read is an error with its place") {
  auto gt = words({{box(0, 0, 100, 20), U"HELLO"}});
  CHECK(refusal(kCleval, gt, detections({box(0, 0, 1, 1), {{0, 0}, {1, 3e9}, {1, 1}, {0, 1}}}))
            .starts_with("detection 1 has a coordinate of 3000000000"));
  CHECK(!refusal(kCleval, words({{{{0, 0}, {std::numeric_limits<double>::quiet_NaN(), 0}, {1, 1}, {0, 1}}, U"A"}}))
             .empty());
  gt.texts.clear();
  CHECK(refusal(kCleval, gt).starts_with("ground truth has 1 polygons and 0 texts"));
  gt.ignore.clear();
  CHECK(!refusal(kCleval, gt).empty());
  const double far = 2147483647;
  expect(kCleval, words({{box(-far, -far, 2 * far, 2 * far), U"A"}}), {box(-far, -far, 2 * far, 2 * far)},
         {1, 1, 1, 1});
}

}  // namespace
