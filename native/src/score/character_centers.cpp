#include "character_centers.hpp"

#include <cmath>

// The pseudo-character centres of CLEval (Baek et al., "CLEval: Character-Level Evaluation for Text Detection and
// Recognition Tasks", 2020; box_types.py of clovaai/CLEval 0.1.1). The order of operations decides whether a centre on
// a border is inside, so it is the evaluator's.

namespace thresher {
namespace {

PointD middle(PointD a, PointD b) {
  return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

/// One border of a polygon, cut into pieces.
class Border {
 public:
  Border(std::span<const PointD> points, bool backwards, std::size_t spans, std::size_t pieces)
      : points_(points), backwards_(backwards), spans_(spans), pieces_(pieces) {}

  [[nodiscard]] PointD at(std::size_t cut) const {
    if (cut == spans_ * pieces_) return point(points_.size() - 1);
    const PointD from = point(cut / pieces_);
    const std::size_t k = cut % pieces_;
    if (k == 0) return from;
    const PointD to = point(cut / pieces_ + 1);
    return {between(from.x, to.x, k), between(from.y, to.y, k)};
  }

 private:
  [[nodiscard]] PointD point(std::size_t i) const { return points_[backwards_ ? points_.size() - 1 - i : i]; }
  [[nodiscard]] double between(double from, double to, std::size_t k) const {
    return std::trunc(from + (to - from) / static_cast<double>(pieces_) * static_cast<double>(k));
  }

  std::span<const PointD> points_;
  bool backwards_;
  std::size_t spans_;
  std::size_t pieces_;
};

}  // namespace

std::size_t python_round(double value, std::size_t most) {
  if (!(value < static_cast<double>(most))) return most;
  return static_cast<std::size_t>(std::nearbyint(value));
}

void quad_character_centers(std::span<const PointD> quad, std::size_t characters, bool vertical,
                            std::vector<PointD>& centers) {
  const PointD start = vertical ? middle(quad[3], quad[2]) : middle(quad[0], quad[3]);
  const PointD end = vertical ? middle(quad[0], quad[1]) : middle(quad[1], quad[2]);
  const auto count = static_cast<double>(characters);
  const PointD unit{(end.x - start.x) / count, (end.y - start.y) / count};
  for (std::size_t i = 0; i < characters; ++i) {
    const auto k = static_cast<double>(i);
    centers.push_back({start.x + unit.x / 2 + unit.x * k, start.y + unit.y / 2 + unit.y * k});
  }
}

void span_character_centers(std::span<const PointD> polygon, std::size_t characters, std::vector<PointD>& centers) {
  const std::size_t half = polygon.size() / 2;
  const std::size_t spans = half - 1;
  const Border top(polygon.first(half), false, spans, characters);
  const Border bottom(polygon.subspan(half), true, spans, characters);
  for (std::size_t c = 0; c < characters; ++c) {
    const PointD corners[4] = {top.at(c * spans), top.at((c + 1) * spans), bottom.at(c * spans),
                               bottom.at((c + 1) * spans)};
    PointD sum;
    for (const PointD corner : corners) sum = {sum.x + corner.x, sum.y + corner.y};
    centers.push_back({sum.x / 4, sum.y / 4});
  }
}

}  // namespace thresher
