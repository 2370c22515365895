#include "thresher/geometry/region.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <vector>

#include "double_double.hpp"
#include "slab_walk.hpp"

namespace thresher {
namespace {

/// Counts the pieces of a region: trapezoids belong together where they share more than a point of a slab's border.
class PartCounter {
 public:
  /// `gap`: what is no wider may be rounding.
  explicit PartCounter(double gap) : gap_(gap) {}

  void begin_slab() {
    below_.swap(here_);
    here_.clear();
    next_below_ = 0;
  }

  void add(const Trapezoid& piece) {
    const bool has_area = gap_ < piece.right_low - piece.left_low || gap_ < piece.right_high - piece.left_high;
    if (!has_area) return;
    const std::size_t part = parents_.size();
    parents_.push_back(part);
    here_.push_back({piece.left_high, piece.right_high, part});
    while (next_below_ < below_.size() && !(piece.left_low < below_[next_below_].right)) ++next_below_;
    for (std::size_t i = next_below_; i < below_.size() && below_[i].left < piece.right_low; ++i) {
      const DoubleDouble left = below_[i].left < piece.left_low ? piece.left_low : below_[i].left;
      const DoubleDouble right = below_[i].right < piece.right_low ? below_[i].right : piece.right_low;
      if (gap_ < right - left) join(below_[i].part, part);
    }
  }

  [[nodiscard]] int count() {
    int roots = 0;
    for (std::size_t i = 0; i < parents_.size(); ++i) roots += parents_[i] == i;
    return roots;
  }

 private:
  struct Side {
    DoubleDouble left;
    DoubleDouble right;
    std::size_t part;
  };

  std::size_t root(std::size_t i) {
    while (parents_[i] != i) i = parents_[i] = parents_[parents_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parents_[root(a)] = root(b); }

  DoubleDouble gap_;
  std::vector<std::size_t> parents_;
  std::vector<Side> below_;
  std::vector<Side> here_;
  std::size_t next_below_ = 0;
};

/// Sums of area and of first moments.
struct Moments {
  DoubleDouble area;
  DoubleDouble x;
  DoubleDouble y;

  void add(const Trapezoid& t) {
    const DoubleDouble height = t.high_y - t.low_y;
    const DoubleDouble low = t.right_low - t.left_low;
    const DoubleDouble high = t.right_high - t.left_high;
    area = area + height * (low + high) * 0.5;
    const auto squares = [](DoubleDouble a, DoubleDouble b) { return a * a + a * b + b * b; };
    const DoubleDouble sixth = height / 6.0;
    x = x + sixth * (squares(t.right_low, t.right_high) - squares(t.left_low, t.left_high));
    y = y + sixth * (t.low_y * (low + low + high) + t.high_y * (low + high + high));
  }
};

/// How far the numbers of a walk may be off.
struct Precision {
  double reach = 0;  // the largest coordinate in x and in y, added
  double edge = 0;   // error of an edge's x

  explicit Precision(std::span<const Outline> outlines) {
    double reach_x = 0;
    double reach_y = 0;
    std::size_t edges = 0;
    for (const Outline& outline : outlines) {
      edges += outline.points.size();
      for (const PointD point : outline.points) {
        if (!(std::fabs(point.x) <= kMaxCoordinate && std::fabs(point.y) <= kMaxCoordinate)) {
          throw std::invalid_argument("a polygon's coordinate is not finite or exceeds 1e100.");
        }
        reach_x = std::max(reach_x, std::fabs(point.x));
        reach_y = std::max(reach_y, std::fabs(point.y));
      }
    }
    constexpr double last_bit = 0x1p-104;
    reach = reach_x + reach_y;
    edge = 16 * last_bit * static_cast<double>(edges) * reach;
  }
};

}  // namespace

RegionMeasure measure_region(std::span<const Outline> outlines, const Belongs& belongs) {
  const Precision precision(outlines);
  Moments moments;
  PartCounter parts(precision.edge);
  SlabWalk walk(outlines, belongs, precision.edge);
  walk.run([&] { parts.begin_slab(); },
           [&](const Trapezoid& piece) {
             moments.add(piece);
             parts.add(piece);
           });

  RegionMeasure measure;
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  measure.centroid = {nan, nan};
  const auto area = static_cast<double>(moments.area);
  if (area > precision.edge * precision.reach) {
    measure.area = area;
    measure.centroid = {static_cast<double>(moments.x / moments.area), static_cast<double>(moments.y / moments.area)};
    measure.parts = parts.count();
  }
  return measure;
}

std::vector<PointD> region_corners(std::span<const Outline> outlines, const Belongs& belongs) {
  const Precision precision(outlines);
  std::vector<PointD> corners;
  SlabWalk walk(outlines, belongs, precision.edge);
  walk.run([] {},
           [&](const Trapezoid& t) {
             const auto low_y = static_cast<double>(t.low_y);
             const auto high_y = static_cast<double>(t.high_y);
             corners.push_back({static_cast<double>(t.left_low), low_y});
             corners.push_back({static_cast<double>(t.right_low), low_y});
             corners.push_back({static_cast<double>(t.left_high), high_y});
             corners.push_back({static_cast<double>(t.right_high), high_y});
           });
  return corners;
}

}  // namespace thresher
