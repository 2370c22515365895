#include "cleval_table.hpp"

#include <algorithm>
#include <utility>

#include "thresher/geometry/extent.hpp"
#include "thresher/geometry/point_in_polygon.hpp"
#include "thresher/geometry/polygon_overlap.hpp"
#include "thresher/geometry/region.hpp"

namespace thresher {
namespace {

/// Boxes are looked up with a margin, since they are compared with rounded numbers and a centre may lie on an edge.
constexpr double kMargin = 1;

Extent widened(Extent extent) {
  return {extent.min_x - kMargin, extent.min_y - kMargin, extent.max_x + kMargin, extent.max_y + kMargin};
}

void include(Extent& extent, PointD point) {
  extent.min_x = std::min(extent.min_x, point.x);
  extent.min_y = std::min(extent.min_y, point.y);
  extent.max_x = std::max(extent.max_x, point.x);
  extent.max_y = std::max(extent.max_y, point.y);
}

}  // namespace

ClevalGroundTruth::ClevalGroundTruth(ClevalBoxes boxes, const ClevalOptions& options)
    : boxes_(std::move(boxes)), area_precision_(options.area_precision), numpy2_(options.numpy2) {
  std::vector<Extent> extents(size());
  for (std::size_t g = 0; g < size(); ++g) {
    if (!boxes_.shapes.valid[g]) continue;
    Extent extent = boxes_.shapes.extents[g];
    for (std::size_t c = boxes_.center_offsets[g]; c < boxes_.center_offsets[g + 1]; ++c) {
      include(extent, boxes_.centers[c]);
    }
    extents[g] = widened(extent);
    has_dont_care_ |= boxes_.dont_care[g] != 0;
    if (!boxes_.dont_care[g]) characters_ += characters(g);
  }
  index_ = ExtentIndex(extents);
  if (has_dont_care_) cut_dont_care();
}

void ClevalGroundTruth::cut_dont_care() {
  check_pairs(index_, boxes_.shapes.extents);
  cuts_.resize(size());
  std::vector<std::uint32_t> found;
  for (std::size_t g = 0; g < size(); ++g) {
    if (!boxes_.shapes.valid[g] || !boxes_.dont_care[g]) continue;
    const Extent& extent = boxes_.shapes.extents[g];
    index_.find(extent, found);
    for (const std::uint32_t other : found) {
      if (!boxes_.dont_care[other] && intersection(extent, boxes_.shapes.extents[other]).has_area()) {
        cuts_[g].push_back(other);
      }
    }
  }
}

Fate ClevalGroundTruth::fate_without_match(std::size_t gt) const {
  if (!boxes_.shapes.valid[gt]) return Fate::invalid;
  return boxes_.dont_care[gt] ? Fate::dont_care : Fate::missed;
}

/// The covered share of a detection as a float32, which is how CLEval keeps it: of the true share, not of a rounded
/// area, since what is near .3 in 32 bits decides. A don't-care region is what of it no other region claims.
float ClevalGroundTruth::share(std::size_t gt, const Shapes& detections, std::size_t det, const SharedAreas& areas,
                               Effort& effort) const {
  const double area = detections.areas[det];
  const Extent window = intersection(boxes_.shapes.extents[gt], detections.extents[det]);
  if (!(area > 0) || !window.has_area()) return 0;
  const auto of_area = [&](double shared) { return static_cast<float>(shared / area); };
  const auto a = boxes_.shapes.polygons[gt];
  const auto b = detections.polygons[det];
  if (boxes_.dont_care[gt] && !cuts_[gt].empty()) {
    std::vector<Outline> outlines{{a}, {b}};
    for (const std::uint32_t cut : cuts_[gt]) {
      if (intersection(window, boxes_.shapes.extents[cut]).has_area())
        outlines.push_back({boxes_.shapes.polygons[cut]});
    }
    const auto belongs = [](std::span<const std::uint8_t> held) {
      return held[0] && held[1] && std::find(held.begin() + 2, held.end(), std::uint8_t{1}) == held.end();
    };
    return of_area(measure_region(outlines, belongs, effort).area);
  }
  if (const auto known = areas.find(gt, det)) return of_area(*known);
  const AreaEstimate estimate = estimate_overlap_area(a, b);
  const double error = 2 * estimate.error;
  const float low = of_area(std::max(0.0, estimate.area - error));
  return low == of_area(estimate.area + error) ? low : of_area(overlap_area(a, b));
}

/// Fills a table one detection after the other.
class ClevalGroundTruth::Builder {
 public:
  Builder(const ClevalGroundTruth& gt, const ClevalBoxes& detections, const SharedAreas& areas)
      : gt_(gt), boxes_(detections), areas_(areas) {}

  ClevalTable build() {
    std::vector<Extent> near;
    for (const Extent& extent : boxes_.shapes.extents) near.push_back(widened(extent));
    check_pairs(gt_.index_, gt_.size(), near);
    for (std::uint32_t d = 0; d < boxes_.shapes.size(); ++d) add_detection(d);
    std::sort(table_.pairs.begin(), table_.pairs.end(),
              [](const auto& p, const auto& q) { return p.gt < q.gt || (p.gt == q.gt && p.det < q.det); });
    return std::move(table_);
  }

 private:
  void add_detection(std::uint32_t det) {
    ClevalTable::Detection detection;
    detection.false_alarm_characters = boxes_.false_alarm_characters[det];
    if (!boxes_.shapes.valid[det]) {
      detection.fate = Fate::invalid;
    } else {
      gt_.index_.find(widened(boxes_.shapes.extents[det]), found_);
      if (is_dont_care(det)) detection.fate = Fate::dont_care;
      add_pairs(det, detection);
    }
    table_.detections.push_back(detection);
  }

  /// Whether a don't-care region covers enough of the detection, or several together do of whose pseudo-characters it
  /// holds some.
  bool is_dont_care(std::uint32_t det) {
    if (!gt_.has_dont_care_) return false;
    if (gt_.is_enough(0)) return true;
    double sum = 0;
    for (const std::uint32_t g : found_) {
      if (!gt_.boxes_.dont_care[g]) continue;
      looking_.spend(gt_.characters(g));
      const float share = gt_.share(g, boxes_.shapes, det, areas_, cutting_);
      if (gt_.is_enough(share)) return true;
      if (count_held(g, det, nullptr) > 0) sum = add_shares(sum, share);
    }
    return gt_.numpy2_ ? gt_.is_enough(static_cast<float>(sum)) : sum >= gt_.area_precision_;
  }

  [[nodiscard]] double add_shares(double sum, float share) const {
    return gt_.numpy2_ ? static_cast<double>(static_cast<float>(sum) + share) : sum + static_cast<double>(share);
  }

  void add_pairs(std::uint32_t det, ClevalTable::Detection& detection) {
    std::size_t partners = 0;
    double sum = 0;
    for (const std::uint32_t g : found_) {
      if (gt_.boxes_.dont_care[g]) continue;
      looking_.spend(gt_.characters(g));
      bits_.assign(gt_.words(g), 0);
      const std::uint32_t characters = count_held(g, det, &bits_);
      if (characters == 0) continue;
      const float share = gt_.share(g, boxes_.shapes, det, areas_, cutting_);
      const bool covers = gt_.is_enough(share);
      table_.pairs.push_back({g, det, characters, table_.held.size(), share, covers});
      table_.held.insert(table_.held.end(), bits_.begin(), bits_.end());
      ++partners;
      detection.covered_by += covers;
      sum += static_cast<double>(share);
    }
    detection.merges = partners >= 2 && sum >= gt_.area_precision_;
  }

  std::uint32_t count_held(std::size_t gt, std::size_t det, std::vector<std::uint64_t>* bits) const {
    const Extent near = widened(boxes_.shapes.extents[det]);
    const auto ring = boxes_.shapes.polygons[det];
    const std::size_t first = gt_.boxes_.center_offsets[gt];
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < gt_.characters(gt); ++i) {
      const PointD center = gt_.boxes_.centers[first + i];
      if (center.x < near.min_x || center.x > near.max_x || center.y < near.min_y || center.y > near.max_y) continue;
      if (!is_inside(ring, center.x, center.y)) continue;
      ++count;
      if (bits != nullptr) (*bits)[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    return count;
  }

  const ClevalGroundTruth& gt_;
  const ClevalBoxes& boxes_;
  const SharedAreas& areas_;
  ClevalTable table_;
  Effort cutting_ = cutting_effort();
  Effort looking_ = looking_effort();
  std::vector<std::uint32_t> found_;
  std::vector<std::uint64_t> bits_;
};

ClevalTable ClevalGroundTruth::compare(const ClevalBoxes& detections, const Detections& given) const {
  const SharedAreas areas(given.known, given.polygons, detections.shapes.polygons);
  return Builder(*this, detections, areas).build();
}

}  // namespace thresher
