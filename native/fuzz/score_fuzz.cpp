#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <vector>

#include "image.hpp"

// What holds for every protocol and any input. A failure ends the process, which is how libFuzzer sees it.

namespace {

using namespace thresher;
using fuzz::Image;

void check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

bool is_cleval(const Image& image) {
  return image.options.protocol == Protocol::cleval || image.options.protocol == Protocol::cleval_receipt;
}

Detections subset_of(const Detections& all, const std::vector<std::uint8_t>& keep) {
  Detections part;
  for (std::size_t d = 0; d < keep.size(); ++d) {
    if (keep[d] == 0) continue;
    part.polygons.push_back(all.polygons[d]);
    if (d < all.scores.size()) part.scores.push_back(all.scores[d]);
    if (d < all.texts.size()) part.texts.push_back(all.texts[d]);
  }
  return part;
}

void check_tally(const Tally& tally, const Image& image) {
  for (const double value : {tally.recall_hits, tally.recall_total, tally.precision_hits, tally.precision_total}) {
    check(std::isfinite(value), "a tally is finite");
  }
  check(tally.recall_total >= 0 && tally.precision_total >= 0, "totals are not negative");
  check(is_cleval(image) || (tally.recall_hits >= 0 && tally.precision_hits >= -1), "hits are not negative");
}

/// Fates against links: what is linked was found, and the other way round.
void check_fates(const Explanation& why, const std::vector<std::uint8_t>& keep, const Image& image) {
  check(why.gt.size() == image.gt.polygons.size(), "one fate a ground truth");
  check(why.det.size() == image.detections.polygons.size(), "one fate a detection");
  std::vector<std::uint8_t> gt_linked(why.gt.size(), 0);
  std::vector<std::uint8_t> det_linked(why.det.size(), 0);
  const Explanation::Link* before = nullptr;
  for (const auto& link : why.links) {
    check(link.gt < why.gt.size() && link.det < why.det.size(), "links join what there is");
    check(before == nullptr || before->gt < link.gt || (before->gt == link.gt && before->det < link.det),
          "links are in order");
    check(std::isfinite(link.overlap), "an overlap is finite");
    gt_linked[link.gt] = 1;
    det_linked[link.det] = 1;
    before = &link;
  }
  const auto is_found = [](Fate fate) { return fate == Fate::matched || fate == Fate::split || fate == Fate::merged; };
  for (std::size_t g = 0; g < why.gt.size(); ++g) {
    check(is_found(why.gt[g]) == (gt_linked[g] != 0), "ground truth is found where it is linked");
    check(why.gt[g] != Fate::false_alarm && why.gt[g] != Fate::overlapped, "no fate of a detection");
  }
  for (std::size_t d = 0; d < why.det.size(); ++d) {
    // CLEval links what adds nothing new, too.
    if (why.det[d] != Fate::overlapped) check(is_found(why.det[d]) == (det_linked[d] != 0), "a detection likewise");
    check(why.det[d] != Fate::missed, "no fate of a ground truth");
    if (!keep.empty() && keep[d] == 0) check(why.det[d] == Fate::invalid, "what is not kept is as if not there");
  }
}

double count_of(const Explanation& why, const char* name) {
  for (const auto& [known, value] : why.counts) {
    if (known == name) return value;
  }
  std::fprintf(stderr, "no count %s\n", name);
  std::abort();
}

void check_explanation(const Explanation& why, const Tally& tally, const std::vector<std::uint8_t>& keep,
                       const Image& image) {
  check_fates(why, keep, image);
  for (const auto& [name, value] : why.counts) check(std::isfinite(value), "a count is finite");
  if (is_cleval(image)) {
    const double found = count_of(why, "tp");
    check(count_of(why, "num_char_gt") == tally.recall_total, "characters of ground truth");
    check(count_of(why, "num_char_det") == tally.precision_total, "characters of detections");
    const double recall = found - count_of(why, "gran_r");
    const bool capped = image.options.protocol == Protocol::cleval_receipt && recall < 0;
    check(tally.recall_hits == (capped ? 0 : recall), "characters found less the penalty");
  } else {
    check(count_of(why, "gtCare") == tally.recall_total, "ground truth that counts");
    check(count_of(why, "detCare") == tally.precision_total, "detections that count");
  }
}

void check_subset(const Scorer& scorer, const Comparison& whole, const std::vector<std::uint8_t>& keep,
                  const Image& image) {
  const auto alone = scorer.compare(subset_of(image.detections, keep));
  std::vector<Tally> of_whole(scorer.levels());
  std::vector<Tally> of_alone(scorer.levels());
  whole.tally(keep, of_whole);
  alone->tally({}, of_alone);
  check(of_whole == of_alone, "a subset scores as it does alone");
  check(whole.end_to_end(keep) == alone->end_to_end({}), "and is read so");
  for (std::size_t level = 0; level < scorer.levels(); ++level) {
    check_tally(of_whole[level], image);
    const Explanation why = whole.explain(keep, level);
    const Explanation why_alone = alone->explain({}, level);
    check_explanation(why, of_whole[level], keep, image);
    check(why.gt == why_alone.gt && why.counts == why_alone.counts, "and is explained so");
    check(why.links.size() == why_alone.links.size(), "with as many links");
    std::size_t k = 0;
    for (std::size_t d = 0; d < keep.size(); ++d) {
      if (keep[d] != 0) check(why.det[d] == why_alone.det[k++], "each detection with its fate");
    }
  }
}

void check_whole(const Scorer& scorer, const Comparison& whole, const Image& image) {
  check(scorer.levels() >= 1, "there is a level");
  std::vector<Tally> tallies(scorer.levels());
  whole.tally({}, tallies);
  for (std::size_t level = 0; level < tallies.size(); ++level) {
    check_tally(tallies[level], image);
    check_explanation(whole.explain({}, level), tallies[level], {}, image);
  }
  const auto read = whole.end_to_end({});
  check(read.has_value() == (image.options.protocol == Protocol::cleval && image.options.cleval.end_to_end),
        "end to end where it is asked for");
  if (read) check_tally(*read, image);
}

void check_wrong_keep(const Scorer& scorer, const Comparison& whole, std::size_t detections) {
  std::vector<Tally> tallies(scorer.levels());
  try {
    whole.tally(std::vector<std::uint8_t>(detections + 1, 1), tallies);
  } catch (const std::invalid_argument&) {
    return;
  }
  check(false, "keep of another length is refused");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Image image = fuzz::read_image({data, size});
  std::unique_ptr<Scorer> scorer;
  std::unique_ptr<Comparison> whole;
  try {
    scorer = make_scorer(image.options, image.gt);
    whole = scorer->compare(image.detections);
  } catch (const std::invalid_argument&) {
    return 0;
  }
  check_whole(*scorer, *whole, image);
  check_wrong_keep(*scorer, *whole, image.detections.polygons.size());
  for (const auto& keep : image.keeps) check_subset(*scorer, *whole, keep, image);
  return 0;
}
