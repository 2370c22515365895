#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "thresher/geometry/extent.hpp"
#include "thresher/geometry/point.hpp"

namespace thresher {

/// The area that lies in both of two polygons, by cutting the plane into horizontal slabs: at every vertex, and a
/// slab with crossings again at these, so that inside a slab no edges cross and what lies in both polygons is a row of
/// trapezoids. `Real` is what lengths are computed in. A crossing that is some last bits off moves the area by the
/// square of that, so no case needs an exact predicate.
template <class Real>
class SlabSum {
 public:
  /// `window` is where both polygons can be; nothing outside it is looked at.
  explicit SlabSum(const Extent& window) : window_(window) {}

  void add_edges(std::span<const PointD> polygon, bool of_a) {
    PointD from = polygon.back();
    for (const PointD to : polygon) {
      const PointD low = from.y < to.y ? from : to;
      const PointD high = from.y < to.y ? to : from;
      from = to;
      add_height(low.y);
      add_height(high.y);
      // Edges right of the window change nothing: whether a point is inside is counted from the left.
      if (low.y == high.y || low.y >= window_.max_y || high.y <= window_.min_y ||
          std::min(low.x, high.x) > window_.max_x) {
        continue;
      }
      const Real slope = (Real(high.x) - Real(low.x)) / (Real(high.y) - Real(low.y));
      edges_.push_back({low.y, high.y, low.x, high.x, slope, of_a});
    }
  }

  Real area() {
    add_height(window_.min_y);
    add_height(window_.max_y);
    std::sort(heights_.begin(), heights_.end());
    heights_.erase(std::unique(heights_.begin(), heights_.end()), heights_.end());
    std::sort(edges_.begin(), edges_.end(), [](const Edge& p, const Edge& q) { return p.y0 < q.y0; });

    auto next_edge = edges_.begin();
    for (std::size_t i = 0; i + 1 < heights_.size(); ++i) {
      std::erase_if(chords_, [&](const Chord& chord) { return chord.edge->y1 <= heights_[i]; });
      for (; next_edge != edges_.end() && next_edge->y0 <= heights_[i]; ++next_edge) {
        if (next_edge->y1 > heights_[i]) chords_.push_back({{}, {}, &*next_edge});
      }
      add_slab(heights_[i], heights_[i + 1]);
    }
    return area_;
  }

 private:
  /// An edge that is not horizontal, from its lower y to its higher.
  struct Edge {
    double y0;
    double y1;
    double x0;
    double x1;
    Real slope;  // dx / dy
    bool of_a;
  };

  /// An edge within a slab: its x at the slab's low y and at its high y.
  struct Chord {
    Real low;
    Real high;
    const Edge* edge;
  };

  static Real x_at(const Edge& edge, Real y) {
    if (y == Real(edge.y0)) return Real(edge.x0);
    if (y == Real(edge.y1)) return Real(edge.x1);
    return (y - Real(edge.y0)) * edge.slope + Real(edge.x0);
  }

  void add_height(double y) {
    if (y >= window_.min_y && y <= window_.max_y) heights_.push_back(y);
  }

  void lay_chords(Real low, Real high) {
    for (Chord& chord : chords_) {
      chord.low = x_at(*chord.edge, low);
      chord.high = x_at(*chord.edge, high);
    }
  }

  void add_slab(double low_y, double high_y) {
    const Real low(low_y);
    const Real high(high_y);
    const Real height = high - low;
    lay_chords(low, high);
    std::sort(chords_.begin(), chords_.end(),
              [](const Chord& p, const Chord& q) { return p.low < q.low || (p.low == q.low && p.high < q.high); });
    const auto cross = [](const Chord& left, const Chord& right) { return right.high < left.high; };
    if (std::adjacent_find(chords_.begin(), chords_.end(), cross) == chords_.end()) {
      add_trapezoids(height);
      return;
    }

    cuts_.assign({low, high});
    for (std::size_t i = 0; i < chords_.size(); ++i) {
      for (std::size_t j = i + 1; j < chords_.size(); ++j) {
        if (!cross(chords_[i], chords_[j])) continue;
        const Real gap_low = chords_[j].low - chords_[i].low;
        const Real gap_high = chords_[i].high - chords_[j].high;
        const Real cut = low + height * (gap_low / (gap_low + gap_high));
        if (low < cut && cut < high) cuts_.push_back(cut);
      }
    }
    std::sort(cuts_.begin(), cuts_.end());
    cuts_.erase(std::unique(cuts_.begin(), cuts_.end()), cuts_.end());
    for (std::size_t i = 0; i + 1 < cuts_.size(); ++i) {
      lay_chords(cuts_[i], cuts_[i + 1]);
      std::sort(chords_.begin(), chords_.end(),
                [](const Chord& p, const Chord& q) { return p.low + p.high < q.low + q.high; });
      add_trapezoids(cuts_[i + 1] - cuts_[i]);
    }
  }

  /// Adds what lies in both polygons between chords that run from left to right and do not cross.
  void add_trapezoids(Real height) {
    Real widths(0);
    bool in_a = false;
    bool in_b = false;
    const Chord* left = nullptr;
    for (const Chord& chord : chords_) {
      bool& inside = chord.edge->of_a ? in_a : in_b;
      inside = !inside;
      if (in_a && in_b) {
        left = &chord;
      } else if (left != nullptr) {
        widths = widths + ((chord.low - left->low) + (chord.high - left->high));
        left = nullptr;
      }
    }
    area_ = area_ + widths * height * Real(0.5);
  }

  Extent window_;
  std::vector<Edge> edges_;
  std::vector<double> heights_;
  std::vector<Chord> chords_;
  std::vector<Real> cuts_;
  Real area_{0};
};

}  // namespace thresher
