#include <algorithm>
#include <numeric>
#include <random>

#include "scored.hpp"

namespace {

using namespace scored;
using build::box;
using build::Polygon;

/// Random lines of text, near enough to one another to split, merge and overlap.
class Page {
 public:
  explicit Page(unsigned seed) : engine_(seed) {}

  int whole(int low, int high) { return std::uniform_int_distribution(low, high)(engine_); }
  Polygon polygon() {
    Polygon quad = box(whole(0, 60), whole(0, 40), whole(1, 50), whole(1, 20));
    if (whole(0, 2) > 0) {
      for (PointD& p : quad) p = {p.x + whole(-3, 3), p.y + whole(-3, 3)};
    }
    if (whole(0, 5) == 0) quad.insert(quad.begin() + 1, {(quad[0].x + quad[1].x) / 2, quad[0].y - 4});
    if (whole(0, 20) == 0) std::swap(quad[0], quad[1]);
    return quad;
  }
  std::u32string text() {
    std::u32string text(static_cast<std::size_t>(whole(0, 9)), U' ');
    for (char32_t& c : text) c = U"abcAB"[whole(0, 4)];
    return text;
  }
  GroundTruth ground_truth() {
    GroundTruth gt;
    const int dont_care = whole(0, 9);
    for (int i = whole(0, 9); i > 0; --i) {
      gt.polygons.push_back(polygon());
      gt.ignore.push_back(whole(0, 9) < dont_care);
      gt.texts.push_back(text());
    }
    return gt;
  }
  Detections detections() {
    Detections dets;
    for (int i = whole(0, 12); i > 0; --i) {
      dets.polygons.push_back(polygon());
      dets.texts.push_back(text());
    }
    return dets;
  }
  template <class T>
  void shuffle(std::vector<T>& list) {
    std::shuffle(list.begin(), list.end(), engine_);
  }

 private:
  std::mt19937 engine_;
};

Detections chosen(const Detections& all, const std::vector<std::size_t>& which) {
  Detections part;
  for (const std::size_t i : which) {
    part.polygons.push_back(all.polygons[i]);
    part.texts.push_back(all.texts[i]);
  }
  return part;
}

std::vector<ProtocolOptions> all_options() {
  ProtocolOptions cleval{.protocol = Protocol::cleval};
  ProtocolOptions end_to_end = cleval;
  end_to_end.cleval.end_to_end = true;
  end_to_end.cleval.case_sensitive = false;
  end_to_end.cleval.area_precision = 0.5;
  ProtocolOptions receipt{.protocol = Protocol::cleval_receipt};
  ProtocolOptions numpy2 = receipt;
  numpy2.cleval.numpy2 = true;
  return {cleval, end_to_end, receipt, numpy2};
}

TEST("score/cleval_subset: any subset scores as it does alone") {
  Page page(3);
  double found = 0;
  for (int i = 0; i < 400; ++i) {
    const GroundTruth gt = page.ground_truth();
    const Detections dets = page.detections();
    for (const ProtocolOptions& options : all_options()) {
      const auto scorer = make_scorer(options, gt);
      const auto comparison = scorer->compare(dets);
      for (int subset = 0; subset < 5; ++subset) {
        std::vector<std::uint8_t> keep(dets.polygons.size());
        std::vector<std::size_t> which;
        for (std::size_t d = 0; d < keep.size(); ++d) {
          keep[d] = subset == 0 || page.whole(0, 2) > 0;
          if (keep[d]) which.push_back(d);
        }
        const auto alone = scorer->compare(chosen(dets, which));
        Tally together;
        Tally apart;
        comparison->tally(keep, {&together, 1});
        alone->tally({}, {&apart, 1});
        CHECK(together == apart);
        CHECK(comparison->end_to_end(keep) == alone->end_to_end({}));
        const Explanation why = comparison->explain(keep, 0);
        const Explanation why_alone = alone->explain({}, 0);
        CHECK(why.counts == why_alone.counts);
        CHECK(why.gt == why_alone.gt);
        CHECK_EQ(why.links.size(), why_alone.links.size());
        for (std::size_t k = 0; k < which.size(); ++k) CHECK(why.det[which[k]] == why_alone.det[k]);
        found += together.recall_hits;
      }
    }
  }
  CHECK(found > 10000);
}

TEST("score/cleval_subset: the order of boxes does not change what is found") {
  Page page(8);
  for (int i = 0; i < 400; ++i) {
    const GroundTruth gt = page.ground_truth();
    const Detections dets = page.detections();
    std::vector<std::size_t> gt_order(gt.polygons.size());
    std::vector<std::size_t> det_order(dets.polygons.size());
    std::iota(gt_order.begin(), gt_order.end(), 0U);
    std::iota(det_order.begin(), det_order.end(), 0U);
    page.shuffle(gt_order);
    page.shuffle(det_order);
    GroundTruth mixed;
    for (const std::size_t g : gt_order) {
      mixed.polygons.push_back(gt.polygons[g]);
      mixed.ignore.push_back(gt.ignore[g]);
      mixed.texts.push_back(gt.texts[g]);
    }
    for (const ProtocolOptions& options : all_options()) {
      CHECK(tallies(options, gt, dets) == tallies(options, mixed, chosen(dets, det_order)));
    }
  }
}

TEST("score/cleval_subset: keep of another length is an error") {
  for (const ProtocolOptions& options : all_options()) {
    const auto comparison = make_scorer(options, {})->compare(detections({box(0, 0, 1, 1)}));
    bool thrown = false;
    try {
      Tally tally;
      comparison->tally(std::vector<std::uint8_t>{1, 1}, {&tally, 1});
    } catch (const std::invalid_argument&) {
      thrown = true;
    }
    CHECK(thrown);
  }
}

}  // namespace
