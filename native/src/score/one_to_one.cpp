#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "match_explanation.hpp"
#include "one_to_one_subset.hpp"
#include "scorers.hpp"
#include "thresher/score/matcher.hpp"

namespace thresher {
namespace {

class OneToOneComparison : public Comparison {
 public:
  explicit OneToOneComparison(MatchTable table) : table_(std::move(table)) {}

  void tally(std::span<const std::uint8_t> keep, std::span<Tally> levels) const override {
    const ImageCounts counts = count_matches(table_, keep);
    levels[0] = {static_cast<double>(counts.matched), static_cast<double>(counts.gt_care),
                 static_cast<double>(counts.matched), static_cast<double>(counts.det_care)};
  }

  [[nodiscard]] std::unique_ptr<ChangingSubset> changing_subset() const override {
    return std::make_unique<OneToOneSubset>(table_);
  }

  [[nodiscard]] Explanation explain(std::span<const std::uint8_t> keep, std::size_t) const override {
    std::vector<std::int32_t> matched_gt;
    const ImageCounts counts = count_matches(table_, keep, &matched_gt);
    return explain_matches(table_, Kept(keep, table_.det_roles.size()), counts, matched_gt);
  }

 private:
  MatchTable table_;
};

class OneToOneScorer : public Scorer {
 public:
  OneToOneScorer(Protocol protocol, const GroundTruth& gt) : matcher_(protocol, gt) {}

  [[nodiscard]] const PolygonSet& area_polygons() const override { return matcher_.polygons(); }

  [[nodiscard]] std::unique_ptr<Comparison> compare(const Detections& detections) const override {
    return std::make_unique<OneToOneComparison>(matcher_.match(detections.polygons, detections.known));
  }

 private:
  Matcher matcher_;
};

}  // namespace

std::unique_ptr<Scorer> one_to_one_scorer(Protocol protocol, const GroundTruth& gt) {
  return std::make_unique<OneToOneScorer>(protocol, gt);
}

}  // namespace thresher
