#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "box_scale.hpp"
#include "character_centers.hpp"
#include "check_ground_truth.hpp"
#include "cleval_count.hpp"
#include "cleval_end_to_end.hpp"
#include "cleval_table.hpp"
#include "polygon3.hpp"
#include "python_set_order.hpp"
#include "scorers.hpp"
#include "thresher/geometry/extent.hpp"
#include "thresher/geometry/polygon_overlap.hpp"
#include "upper_case.hpp"

// CLEval 0.1.1 of clovaai (Baek et al., "CLEval: Character-Level Evaluation for Text Detection and Recognition Tasks",
// 2020). It scores quads, and rectangles as quads, to which everything here keeps. Its polygons fail at this version
// (the class lacks what the evaluation asks of it), so they are defined here: overlap and inclusion as for quads; the
// characters along the middle between the first half of the points and the second, as that class places them; the
// aspect ratio of a quad with the two halves for top and bottom. A triangle gets the fourth point that class gives it.

namespace thresher {
namespace {

constexpr double kMargin = 1e-5;
constexpr double kVerticalAspect = 0.5;
constexpr std::size_t kMostPseudoCharacters = 10;
constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

double distance(PointD a, PointD b) {
  const double x = std::fabs(a.x - b.x);
  const double y = std::fabs(a.y - b.y);
  return std::sqrt(x * x + y * y);
}

double path_length(std::span<const PointD> path) {
  double length = 0;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) length += distance(path[i], path[i + 1]);
  return length;
}

/// Width by height of a polygon whose first half of points runs along its top.
double aspect_ratio(std::span<const PointD> polygon) {
  const auto top = polygon.first(polygon.size() / 2);
  const auto bottom = polygon.subspan(top.size());
  const double width = (path_length(top) + path_length(bottom)) / 2;
  const double height = (distance(top.back(), bottom.front()) + distance(bottom.back(), top.front())) / 2;
  return (width + kMargin) / (height + kMargin);
}

/// Triangles as quads; the rest as it is.
PolygonSet completed(const PolygonSet& polygons) {
  PolygonSet whole;
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    const auto polygon = polygons[i];
    whole.points.insert(whole.points.end(), polygon.begin(), polygon.end());
    if (polygon.size() == 3) whole.points.push_back({polygon[0].x, polygon[2].y});
    whole.close();
  }
  return whole;
}

Shapes shapes_of(const PolygonSet& polygons, const char* what) {
  Shapes shapes = polygon3_shapes(polygons, what, "cleval");
  for (std::size_t i = 0; i < shapes.size(); ++i) shapes.valid[i] = polygons[i].size() > 2;
  return shapes;
}

std::size_t pseudo_characters(double aspect) {
  return python_round(0.5 + std::max(aspect, 1 / aspect), kMostPseudoCharacters);
}

void add_centers(std::span<const PointD> polygon, std::size_t characters, std::vector<PointD>& centers) {
  if (characters == 0) return;
  if (polygon.size() == 4) {
    quad_character_centers(polygon, characters, aspect_ratio(polygon) < kVerticalAspect, centers);
  } else {
    span_character_centers(polygon, characters, centers);
  }
}

/// Whether a polygon's height is one that is not asked for.
bool out_of_scale(const ClevalOptions& options, std::span<const PointD> polygon, double longer_side) {
  if (!options.scale) return false;
  if (!(longer_side > 0)) throw std::invalid_argument("the image's size is not known, and scale is a share of it.");
  const double scale = box_scale(polygon, longer_side);
  return !(options.scale->low <= scale && scale <= options.scale->high);
}

ClevalBoxes ground_truth_boxes(const GroundTruth& gt, const std::vector<std::u32string>& texts,
                               const ClevalOptions& options) {
  const PolygonSet polygons = completed(gt.polygons);
  ClevalBoxes boxes;
  boxes.shapes = shapes_of(polygons, "ground truth");
  boxes.dont_care = gt.ignore;
  boxes.center_offsets.push_back(0);
  for (std::size_t g = 0; g < polygons.size(); ++g) {
    if (boxes.shapes.valid[g]) {
      const auto polygon = polygons[g];
      // What is out of scale keeps the characters of its text; only don't care by itself has pseudo-characters.
      if (out_of_scale(options, gt.polygons[g], gt.longer_side)) boxes.dont_care[g] = 1;
      add_centers(polygon, gt.ignore[g] ? pseudo_characters(aspect_ratio(polygon)) : texts[g].size(), boxes.centers);
    }
    boxes.center_offsets.push_back(static_cast<std::uint32_t>(boxes.centers.size()));
  }
  return boxes;
}

ClevalBoxes detection_boxes(const PolygonSet& detections) {
  const PolygonSet polygons = completed(detections);
  ClevalBoxes boxes;
  boxes.shapes = shapes_of(polygons, "detection");
  for (std::size_t d = 0; d < polygons.size(); ++d) {
    const double inverse = boxes.shapes.valid[d] ? 1 / (kMargin + aspect_ratio(polygons[d])) : 0;
    boxes.false_alarm_characters.push_back(
        static_cast<std::uint32_t>(python_round(0.5 + inverse, kMostPseudoCharacters)));
  }
  return boxes;
}

std::vector<std::u32string> read_texts(std::vector<std::u32string> texts, const ClevalOptions& options) {
  if (!options.case_sensitive) {
    for (std::u32string& text : texts) text = upper_case(text);
  }
  return texts;
}

std::vector<std::u32string> ground_truth_texts(const GroundTruth& gt, const ClevalOptions& options) {
  check_ignore(gt);
  const std::size_t polygons = gt.polygons.size();
  if (gt.texts.size() != polygons) {
    throw std::invalid_argument("ground truth has " + std::to_string(polygons) + " polygons and " +
                                std::to_string(gt.texts.size()) +
                                " texts; cleval counts their characters. Use cleval-receipt where there are none.");
  }
  return read_texts(gt.texts, options);
}

/// The places of ground truth that is not don't care, in the order in which CLEval reads them.
std::vector<std::uint32_t> reading_order(const ClevalGroundTruth& gt) {
  std::vector<std::uint32_t> places;
  std::vector<std::uint8_t> dont_care;
  for (std::uint32_t g = 0; g < gt.size(); ++g) {
    const Fate fate = gt.fate_without_match(g);
    if (fate == Fate::invalid) continue;
    places.push_back(g);
    dont_care.push_back(fate == Fate::dont_care);
  }
  std::vector<std::uint32_t> order = python_set_order(dont_care);
  for (std::uint32_t& g : order) g = places[g];
  return order;
}

/// What is the same for all lists of detections.
struct Prepared {
  ClevalOptions options;
  std::vector<std::u32string> texts;
  ClevalGroundTruth gt;
  std::vector<std::uint32_t> order;

  Prepared(const ClevalOptions& given, const GroundTruth& ground_truth)
      : options(given),
        texts(ground_truth_texts(ground_truth, given)),
        gt(ground_truth_boxes(ground_truth, texts, given), given),
        order(reading_order(gt)) {}

  [[nodiscard]] Tally tally(std::uint64_t found, std::uint64_t det_characters, const ClevalCounts& counts) const {
    const auto hits = [&](std::uint64_t pieces, double weight) {
      return static_cast<double>(found) - static_cast<double>(pieces) * weight;
    };
    return {hits(counts.split_pieces, options.recall_granularity), static_cast<double>(counts.gt_characters),
            hits(counts.merged_pieces, options.precision_granularity), static_cast<double>(det_characters)};
  }
};

class ClevalComparison : public Comparison {
 public:
  ClevalComparison(std::shared_ptr<const Prepared> prepared, const Detections& detections)
      : prepared_(std::move(prepared)),
        table_(prepared_->gt.compare(detection_boxes(detections.polygons), detections)) {
    if (!prepared_->options.end_to_end) return;
    texts_ = read_texts(detections.texts, prepared_->options);
    if (!texts_.empty() && texts_.size() != table_.detections.size()) {
      throw std::invalid_argument("there are " + std::to_string(table_.detections.size()) + " detections and " +
                                  std::to_string(texts_.size()) + " texts.");
    }
    texts_.resize(table_.detections.size());
    check_texts(table_, prepared_->texts, texts_);
  }

  void tally(std::span<const std::uint8_t> keep, std::span<Tally> levels) const override {
    const ClevalCounts counts = count_characters(prepared_->gt, table_, kept(keep));
    levels[0] = prepared_->tally(counts.found, counts.det_characters, counts);
  }

  [[nodiscard]] std::optional<Tally> end_to_end(std::span<const std::uint8_t> keep) const override {
    if (!prepared_->options.end_to_end) return std::nullopt;
    const auto [reading, counts] = read(kept(keep));
    return prepared_->tally(reading.correct, reading.det_characters, counts);
  }

  [[nodiscard]] Explanation explain(std::span<const std::uint8_t> keep, std::size_t) const override {
    const auto flags = kept(keep);
    Explanation why = explain_characters(prepared_->gt, table_, flags, prepared_->options);
    if (!prepared_->options.end_to_end) return why;
    const auto [reading, counts] = read(flags);
    const Tally detection = prepared_->tally(counts.found, counts.det_characters, counts);
    const auto found = static_cast<double>(counts.found);
    why.counts.insert(why.counts.end(), {{"e2e_num_char_gt", detection.recall_total},
                                         {"e2e_num_char_det", reading.det_characters},
                                         {"e2e_tp", reading.correct},
                                         {"e2e_gran_r", found - detection.recall_hits},
                                         {"e2e_gran_p", found - detection.precision_hits},
                                         {"e2e_fp", reading.det_characters - reading.correct}});
    return why;
  }

 private:
  [[nodiscard]] std::vector<std::uint8_t> kept(std::span<const std::uint8_t> keep) const {
    return kept_detections(keep, table_.detections.size(), kNoLimit);
  }

  [[nodiscard]] std::pair<ClevalReading, ClevalCounts> read(std::span<const std::uint8_t> flags) const {
    std::vector<std::size_t> matched;
    const ClevalCounts counts = count_characters(prepared_->gt, table_, flags, &matched);
    return {read_characters(table_, flags, matched, prepared_->order, prepared_->texts, texts_), counts};
  }

  std::shared_ptr<const Prepared> prepared_;
  ClevalTable table_;
  std::vector<std::u32string> texts_;
};

class ClevalScorer : public Scorer {
 public:
  ClevalScorer(const ClevalOptions& options, const GroundTruth& gt)
      : prepared_(std::make_shared<Prepared>(options, gt)) {}

  [[nodiscard]] const PolygonSet& area_polygons() const override { return prepared_->gt.polygons(); }

  [[nodiscard]] std::unique_ptr<Comparison> compare(const Detections& detections) const override {
    return std::make_unique<ClevalComparison>(prepared_, detections);
  }

 private:
  std::shared_ptr<const Prepared> prepared_;
};

}  // namespace

std::unique_ptr<Scorer> cleval_scorer(const ClevalOptions& options, const GroundTruth& gt) {
  return std::make_unique<ClevalScorer>(options, gt);
}

}  // namespace thresher
