#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "scored.hpp"

// What holds for every protocol, on random images.

namespace {

using namespace scored;
using build::box;
using build::Polygon;

std::vector<ProtocolOptions> all_protocols() {
  std::vector<ProtocolOptions> all = default_options();
  all.push_back({.protocol = Protocol::hmean_iou, .hmean_iou = {.max_matching = true, .score_thresholds = {0.2, 0.6}}});
  return all;
}

/// Lines of text with whole coordinates, and detections that find, split, merge, miss or double them.
class Page {
 public:
  explicit Page(unsigned seed) : random_(seed) {}

  int whole(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }
  double uniform(double low, double high) { return std::uniform_real_distribution(low, high)(random_); }

  void fill() {
    polygons.clear();
    found.clear();
    const int lines = whole(0, 8);
    for (int i = 0; i < lines; ++i) add_line();
    if (whole(0, 3) == 0) polygons.push_back(turned(whole(0, 120), whole(0, 80), whole(40, 200), whole(20, 90), 0));
    for (int i = whole(0, 3); i > 0; --i) {
      found.push_back(turned(whole(0, 120), whole(0, 80), whole(4, 80), whole(4, 30), uniform(-3, 3)));
    }
    for (int i = whole(-6, 2); i > 0; --i) {
      (whole(0, 1) ? polygons : found).push_back(crossing());
    }
    std::shuffle(found.begin(), found.end(), random_);
    scores.clear();
    for (std::size_t d = 0; d < found.size(); ++d) scores.push_back(whole(0, 20) / 20.0);
    flags.clear();
    texts.clear();
    for (std::size_t g = 0; g < polygons.size(); ++g) {
      flags.push_back(whole(0, 4) == 0);
      texts.emplace_back(static_cast<std::size_t>(whole(1, 9)), U'x');
    }
  }

  [[nodiscard]] GroundTruth gt() const { return {build::polygons(polygons), flags, texts}; }
  [[nodiscard]] Detections dets() const { return detections(found, scores); }

  std::vector<Polygon> polygons;
  std::vector<std::uint8_t> flags;
  std::vector<std::u32string> texts;
  std::vector<Polygon> found;
  std::vector<double> scores;

 private:
  static Polygon turned(double x, double y, double width, double height, double angle) {
    Polygon out;
    for (const auto& [u, v] : {PointD{-1, -1}, PointD{1, -1}, PointD{1, 1}, PointD{-1, 1}}) {
      const double a = u * width / 2;
      const double b = v * height / 2;
      out.push_back({std::round(x + a * std::cos(angle) - b * std::sin(angle)),
                     std::round(y + a * std::sin(angle) + b * std::cos(angle))});
    }
    return out;
  }

  Polygon crossing() {
    Polygon out;
    for (int i = 0; i < 4; ++i) out.push_back({1.0 * whole(0, 60), 1.0 * whole(0, 40)});
    return out;
  }

  void add_line() {
    const double x = whole(0, 160);
    const double y = whole(0, 90);
    const double width = whole(10, 70);
    const double height = whole(8, 20);
    const double angle = whole(0, 2) == 0 ? uniform(-0.5, 0.5) : 0;
    const auto at = [&](double u, double w, double h) {
      return turned(x + u * std::cos(angle), y + u * std::sin(angle), w, h, angle);
    };
    polygons.push_back(at(0, width, height));
    switch (whole(0, 5)) {
      case 0:
        found.push_back(at(0, width + whole(-4, 6), height + whole(-2, 4)));
        break;
      case 1:
        for (const double side : {-0.25, 0.25}) found.push_back(at(side * width, width / 2, height));
        break;
      case 2:
        polygons.push_back(at(width + 2, width, height));
        found.push_back(at(width / 2 + 1, 2 * width + whole(-2, 4), height + 2));
        break;
      case 3:
        for (int i = 0; i < 2; ++i) found.push_back(at(0, width, height));
        break;
      case 4:
        found.push_back(at(0, width * uniform(0.3, 1), height));
        break;
      default:
        break;
    }
  }

  std::mt19937 random_;
};

TEST("score/scorers: any subset scores as that subset alone, level by level and polygon by polygon") {
  Page page(1);
  for (const ProtocolOptions& options : all_protocols()) {
    double hits = 0;
    for (int i = 0; i < 150; ++i) {
      page.fill();
      const auto scorer = make_scorer(options, page.gt());
      const auto whole = scorer->compare(page.dets());
      for (int subset = 0; subset < 4; ++subset) {
        std::vector<std::uint8_t> keep;
        std::vector<Polygon> kept;
        std::vector<double> scores;
        for (std::size_t d = 0; d < page.found.size(); ++d) {
          keep.push_back(subset == 0 || page.whole(0, 2) > 0);
          if (!keep.back()) continue;
          kept.push_back(page.found[d]);
          scores.push_back(page.scores[d]);
        }
        const auto alone = scorer->compare(detections(kept, scores));
        std::vector<Tally> of_whole(scorer->levels());
        std::vector<Tally> of_alone(scorer->levels());
        whole->tally(keep, of_whole);
        alone->tally({}, of_alone);
        CHECK(of_whole == of_alone);
        hits += of_whole[0].recall_hits;

        const std::size_t level = scorer->levels() - 1;
        const Explanation why = whole->explain(keep, level);
        const Explanation why_alone = alone->explain({}, level);
        CHECK(why.gt == why_alone.gt);
        CHECK(why.counts == why_alone.counts);
        CHECK_EQ(why.links.size(), why_alone.links.size());
        std::vector<Fate> kept_fates;
        for (std::size_t d = 0; d < keep.size(); ++d) {
          if (keep[d]) kept_fates.push_back(why.det[d]);
          if (!keep[d]) CHECK(why.det[d] == Fate::invalid);
        }
        CHECK(kept_fates == why_alone.det);
      }
    }
    CHECK(hits > 100);
  }
}

TEST("score/scorers: an explanation agrees with itself and with the tally") {
  Page page(2);
  for (const ProtocolOptions& options : all_protocols()) {
    for (int i = 0; i < 150; ++i) {
      page.fill();
      const auto scorer = make_scorer(options, page.gt());
      const auto comparison = scorer->compare(page.dets());
      std::vector<Tally> tally(scorer->levels());
      comparison->tally({}, tally);
      const Explanation why = comparison->explain({}, 0);
      CHECK_EQ(why.gt.size(), page.polygons.size());
      CHECK_EQ(why.det.size(), page.found.size());
      std::vector<std::uint8_t> gt_linked(why.gt.size(), 0);
      std::vector<std::uint8_t> det_linked(why.det.size(), 0);
      for (std::size_t k = 0; k < why.links.size(); ++k) {
        const auto& link = why.links[k];
        gt_linked[link.gt] = 1;
        det_linked[link.det] = 1;
        CHECK(link.overlap > 0);
        if (k > 0) {
          const auto& before = why.links[k - 1];
          CHECK(before.gt < link.gt || (before.gt == link.gt && before.det < link.det));
        }
      }
      const auto is_found = [](Fate fate) {
        return fate == Fate::matched || fate == Fate::split || fate == Fate::merged;
      };
      for (std::size_t g = 0; g < why.gt.size(); ++g) CHECK_EQ(is_found(why.gt[g]), gt_linked[g] != 0);
      for (std::size_t d = 0; d < why.det.size(); ++d) {
        // CLEval links what was found before, too.
        if (why.det[d] != Fate::overlapped) CHECK_EQ(is_found(why.det[d]), det_linked[d] != 0);
        CHECK(why.det[d] != Fate::missed);
      }
      CHECK((why.links.empty()) || tally[0].recall_total > 0);
    }
  }
}

bool is_cleval(const ProtocolOptions& options) {
  return options.protocol == Protocol::cleval || options.protocol == Protocol::cleval_receipt;
}

TEST("score/scorers: hits lie between nothing and the total") {
  Page page(3);
  for (const ProtocolOptions& options : all_protocols()) {
    if (is_cleval(options)) continue;  // whose penalties may exceed its hits
    for (int i = 0; i < 150; ++i) {
      page.fill();
      for (const Tally& tally : tallies(options, page.gt(), page.dets())) {
        CHECK(tally.recall_hits >= 0 && tally.recall_hits <= tally.recall_total + 1e-9);
        CHECK(tally.precision_hits >= 0 && tally.precision_hits <= tally.precision_total + 1e-9);
      }
    }
  }
}

TEST("score/scorers: a page moved by whole pixels scores the same") {
  Page page(4);
  for (const ProtocolOptions& options : all_protocols()) {
    // Characters that lie on a border may fall to either side.
    if (is_cleval(options) || options.protocol == Protocol::tedeval) continue;
    for (int i = 0; i < 100; ++i) {
      page.fill();
      const auto before = tallies(options, page.gt(), page.dets());
      for (auto* list : {&page.polygons, &page.found}) {
        for (Polygon& polygon : *list) {
          for (PointD& p : polygon) p = {p.x + 1024, p.y - 512};
        }
      }
      const auto after = tallies(options, page.gt(), page.dets());
      for (std::size_t level = 0; level < before.size(); ++level) expect(after[level], before[level]);
    }
  }
}

TEST("score/scorers: the best matching does not depend on order, nor on who is ground truth") {
  const ProtocolOptions best{.protocol = Protocol::hmean_iou,
                             .hmean_iou = {.max_matching = true, .score_thresholds = {0}}};
  Page page(5);
  std::mt19937 random(5);
  for (int i = 0; i < 300; ++i) {
    page.fill();
    const auto gt = build::ground_truth(page.polygons);
    const double hits = tallies(best, gt, page.dets())[0].recall_hits;
    CHECK_EQ(tallies(best, build::ground_truth(page.found), detections(page.polygons))[0].recall_hits, hits);
    std::shuffle(page.found.begin(), page.found.end(), random);
    std::shuffle(page.polygons.begin(), page.polygons.end(), random);
    CHECK_EQ(tallies(best, build::ground_truth(page.polygons), page.dets())[0].recall_hits, hits);
  }
}

/// Whether each polygon overlaps one of the other list by half at most once, so that order decides nothing.
bool is_distinct(const MatchTable& table) {
  std::vector<int> gt_pairs(table.gt_roles.size(), 0);
  std::vector<int> det_pairs(table.det_roles.size(), 0);
  return std::ranges::none_of(table.pairs,
                              [&](const auto& pair) { return ++gt_pairs[pair.gt] > 1 || ++det_pairs[pair.det] > 1; });
}

TEST("score/scorers: where matches are distinct it makes no difference who is ground truth") {
  Page page(7);
  for (const Protocol protocol : {Protocol::icdar2015, Protocol::iou, Protocol::hmean_iou, Protocol::siou}) {
    int distinct = 0;
    double hits = 0;
    for (int i = 0; i < 300; ++i) {
      page.fill();
      const auto gt = build::ground_truth(page.polygons);
      const auto table = build_match_table(protocol == Protocol::iou ? protocol : Protocol::icdar2015, gt,
                                           build::polygons(page.found));
      if (!is_distinct(table)) continue;
      ++distinct;
      const ProtocolOptions options{.protocol = protocol};
      const Tally there = tallies(options, gt, detections(page.found))[0];
      const Tally back = tallies(options, build::ground_truth(page.found), detections(page.polygons))[0];
      expect({back.precision_hits, back.precision_total, back.recall_hits, back.recall_total}, there);
      hits += there.recall_hits;
    }
    CHECK(distinct > 50);
    CHECK(hits > 50);
  }
}

TEST("score/scorers: TedEval does not depend on order") {
  const ProtocolOptions options{.protocol = Protocol::tedeval};
  Page page(6);
  for (int i = 0; i < 300; ++i) {
    page.fill();
    const auto before = tallies(options, page.gt(), page.dets())[0];
    std::reverse(page.polygons.begin(), page.polygons.end());
    std::reverse(page.flags.begin(), page.flags.end());
    std::reverse(page.texts.begin(), page.texts.end());
    std::reverse(page.found.begin(), page.found.end());
    expect(tallies(options, page.gt(), page.dets())[0], before);
  }
}

TEST("score/scorers: what is found exactly is all found") {
  std::vector<Polygon> apart;
  for (int i = 0; i < 12; ++i) apart.push_back(box(100.0 * (i % 4), 50.0 * (i / 4), 60, 12));
  for (const ProtocolOptions& options : all_protocols()) {
    GroundTruth gt = build::ground_truth(apart);
    gt.texts.assign(apart.size(), U"words");
    for (const Tally& tally : tallies(options, gt, detections(apart))) {
      CHECK(tally.recall_total > 0);
      CHECK_EQ(tally.recall_hits, tally.recall_total);
      CHECK_EQ(tally.precision_hits, tally.precision_total);
    }
  }
}

TEST("score/scorers: degenerate, crossing and huge polygons score something") {
  constexpr double big = 2147483647.0;
  const std::vector<Polygon> odd{{{5, 5}, {5, 5}, {5, 5}, {5, 5}},
                                 {{0, 0}, {10, 0}, {20, 0}, {5, 0}},
                                 {{0, 0}, {10, 10}, {10, 0}, {0, 10}},
                                 {{0, 0}, {10, 0}, {0, 0}, {10, 0}},
                                 {{-big, -big}, {big, -big}, {big, big}, {-big, big}},
                                 {{-big, -big}, {big, big}, {big, -big}, {-big, big}},
                                 {{-big, 0}, {big, 1}, {big, 1}, {-big, 0}},
                                 box(0, 0, 10, 10)};
  for (const ProtocolOptions& options : all_protocols()) {
    for (const std::uint8_t ignored : {0, 1}) {
      GroundTruth gt = build::ground_truth(odd);
      gt.ignore.assign(odd.size(), ignored);
      gt.texts.assign(odd.size(), U"abc");
      gt.ignore.back() = 0;
      for (const Tally& tally : tallies(options, gt, detections(odd))) {
        CHECK(std::isfinite(tally.recall_hits) && std::isfinite(tally.precision_hits));
        CHECK(tally.recall_total >= 1);
      }
      CHECK_EQ(explanation(options, gt, detections(odd)).gt.size(), odd.size());
    }
  }
}

TEST("score/scorers: keep of another length is an error") {
  for (const ProtocolOptions& options : all_protocols()) {
    GroundTruth gt = build::ground_truth({box(0, 0, 9, 9)});
    gt.texts = {U"ab"};
    const auto scorer = make_scorer(options, gt);
    const auto comparison = scorer->compare(detections({box(0, 0, 9, 9)}));
    std::vector<Tally> levels(scorer->levels());
    bool thrown = false;
    try {
      comparison->tally(std::vector<std::uint8_t>{1, 1}, levels);
    } catch (const std::invalid_argument&) {
      thrown = true;
    }
    CHECK(thrown);
  }
}

}  // namespace
