#include <cstdint>
#include <utility>
#include <vector>

#include "scorers.hpp"
#include "thresher/score/matcher.hpp"

namespace thresher {
namespace {

Fate fate_without_match(MatchTable::Role role, Fate unmatched) {
  switch (role) {
    case MatchTable::Role::dont_care:
      return Fate::dont_care;
    case MatchTable::Role::invalid:
      return Fate::invalid;
    default:
      return unmatched;
  }
}

class OneToOneComparison : public Comparison {
 public:
  explicit OneToOneComparison(MatchTable table) : table_(std::move(table)) {}

  void tally(std::span<const std::uint8_t> keep, std::span<Tally> levels) const override {
    const ImageCounts counts = count_matches(table_, keep);
    levels[0] = {static_cast<double>(counts.matched), static_cast<double>(counts.gt_care),
                 static_cast<double>(counts.matched), static_cast<double>(counts.det_care)};
  }

  [[nodiscard]] Explanation explain(std::span<const std::uint8_t> keep, std::size_t) const override {
    std::vector<std::int32_t> matched_gt;
    const ImageCounts counts = count_matches(table_, keep, &matched_gt);
    Explanation why;
    for (const auto role : table_.gt_roles) why.gt.push_back(fate_without_match(role, Fate::missed));
    for (const auto role : table_.det_roles) why.det.push_back(fate_without_match(role, Fate::false_alarm));
    for (const auto& pair : table_.pairs) {
      if (matched_gt[pair.det] != static_cast<std::int32_t>(pair.gt)) continue;
      why.gt[pair.gt] = Fate::matched;
      why.det[pair.det] = Fate::matched;
      why.links.push_back({pair.gt, pair.det, pair.iou});
    }
    why.counts = {{"matched", counts.matched}, {"gtCare", counts.gt_care}, {"detCare", counts.det_care}};
    return why;
  }

 private:
  MatchTable table_;
};

class OneToOneScorer : public Scorer {
 public:
  OneToOneScorer(Protocol protocol, const GroundTruth& gt) : matcher_(protocol, gt) {}

  [[nodiscard]] std::unique_ptr<Comparison> compare(const Detections& detections) const override {
    return std::make_unique<OneToOneComparison>(matcher_.match(detections.polygons));
  }

 private:
  Matcher matcher_;
};

}  // namespace

std::unique_ptr<Scorer> one_to_one_scorer(Protocol protocol, const GroundTruth& gt) {
  return std::make_unique<OneToOneScorer>(protocol, gt);
}

}  // namespace thresher
