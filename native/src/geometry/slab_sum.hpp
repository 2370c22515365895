#pragma once

#include <cstddef>
#include <span>

#include "slab_storage.hpp"
#include "thresher/geometry/extent.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/host_device.hpp"

namespace thresher {

/// The area that lies in both of two polygons, by cutting the plane into horizontal slabs: at every vertex, and a
/// slab with crossings again at these, so that inside a slab no edges cross and what lies in both polygons is a row of
/// trapezoids. `Real` is what lengths are computed in. A crossing that is some last bits off moves the area by the
/// square of that, so no case needs an exact predicate.
///
/// `Lists` says where edges are kept and how many can be; the sum is the same wherever they have room. The order of
/// edges that cannot be told apart does not show in it.
template <class Real, class Lists>
class SlabSum {
 public:
  /// `window` is where both polygons can be; nothing outside it is looked at.
  THRESHER_HD explicit SlabSum(const Extent& window) : window_(window) {}

  THRESHER_HD void add_edges(std::span<const PointD> polygon, bool of_a) {
    PointD from = polygon[polygon.size() - 1];
    for (std::size_t i = 0; i < polygon.size(); ++i) {
      const PointD to = polygon[i];
      const PointD low = from.y < to.y ? from : to;
      const PointD high = from.y < to.y ? to : from;
      from = to;
      // Every vertex is where one edge ends.
      add_height(to.y);
      // Edges right of the window change nothing: whether a point is inside is counted from the left.
      if (low.y == high.y || low.y >= window_.max_y || high.y <= window_.min_y ||
          (low.x > window_.max_x && high.x > window_.max_x)) {
        continue;
      }
      const Real slope = (Real(high.x) - Real(low.x)) / (Real(high.y) - Real(low.y));
      edges_.push_back({low.y, high.y, low.x, high.x, slope, of_a});
    }
  }

  THRESHER_HD Real area() {
    add_height(window_.min_y);
    add_height(window_.max_y);
    Lists::sort(heights_, [](double p, double q) { return p < q; });
    drop_repeats(heights_);
    Lists::sort(edges_, [](const Edge& p, const Edge& q) { return p.y0 < q.y0; });

    std::size_t next_edge = 0;
    for (std::size_t i = 0; i + 1 < heights_.size(); ++i) {
      const double height = heights_[i];
      go_on(height);
      for (; next_edge < edges_.size() && edges_[next_edge].y0 <= height; ++next_edge) {
        const Edge& edge = edges_[next_edge];
        if (edge.y1 > height) chords_.push_back({x_at(edge, Real(height)), Real(0), &edge});
      }
      add_slab(height, heights_[i + 1]);
    }
    return area_;
  }

  /// Whether something had no room, so that the area is wrong.
  [[nodiscard]] THRESHER_HD bool is_full() const {
    return Lists::is_full(edges_) || Lists::is_full(heights_) || Lists::is_full(chords_) || Lists::is_full(cuts_);
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

  THRESHER_HD static Real x_at(const Edge& edge, Real y) {
    if (y == Real(edge.y0)) return Real(edge.x0);
    if (y == Real(edge.y1)) return Real(edge.x1);
    return (y - Real(edge.y0)) * edge.slope + Real(edge.x0);
  }

  template <class List>
  THRESHER_HD static void drop_repeats(List& sorted) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      if (kept == 0 || !(sorted[i] == sorted[kept - 1])) sorted[kept++] = sorted[i];
    }
    sorted.resize(kept);
  }

  THRESHER_HD void add_height(double y) {
    if (y >= window_.min_y && y <= window_.max_y) heights_.push_back(y);
  }

  /// Keeps the chords of edges that reach above a height, where the slab below ended.
  THRESHER_HD void go_on(double height) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < chords_.size(); ++i) {
      const Chord chord = chords_[i];
      if (chord.edge->y1 > height) chords_[kept++] = {chord.high, Real(0), chord.edge};
    }
    chords_.resize(kept);
  }

  THRESHER_HD static bool cross(const Chord& left, const Chord& right) { return right.high < left.high; }

  [[nodiscard]] THRESHER_HD bool any_cross() const {
    for (std::size_t i = 0; i + 1 < chords_.size(); ++i) {
      if (cross(chords_[i], chords_[i + 1])) return true;
    }
    return false;
  }

  THRESHER_HD void add_slab(double low_y, double high_y) {
    const Real low(low_y);
    const Real high(high_y);
    const Real height = high - low;
    for (std::size_t i = 0; i < chords_.size(); ++i) chords_[i].high = x_at(*chords_[i].edge, high);
    Lists::sort(chords_,
                [](const Chord& p, const Chord& q) { return p.low < q.low || (p.low == q.low && p.high < q.high); });
    if (!any_cross()) {
      add_trapezoids(height);
      return;
    }

    cuts_.clear();
    cuts_.push_back(low);
    cuts_.push_back(high);
    for (std::size_t i = 0; i < chords_.size(); ++i) {
      for (std::size_t j = i + 1; j < chords_.size(); ++j) {
        if (!cross(chords_[i], chords_[j])) continue;
        const Real gap_low = chords_[j].low - chords_[i].low;
        const Real gap_high = chords_[i].high - chords_[j].high;
        const Real cut = low + height * (gap_low / (gap_low + gap_high));
        if (low < cut && cut < high) cuts_.push_back(cut);
      }
    }
    Lists::sort(cuts_, [](const Real& p, const Real& q) { return p < q; });
    drop_repeats(cuts_);
    for (std::size_t i = 0; i + 1 < cuts_.size(); ++i) {
      for (std::size_t k = 0; k < chords_.size(); ++k) {
        Chord& chord = chords_[k];
        if (i > 0) chord.low = chord.high;
        chord.high = x_at(*chord.edge, cuts_[i + 1]);
      }
      Lists::sort(chords_, [](const Chord& p, const Chord& q) { return p.low + p.high < q.low + q.high; });
      add_trapezoids(cuts_[i + 1] - cuts_[i]);
    }
  }

  /// Adds what lies in both polygons between chords that run from left to right and do not cross.
  THRESHER_HD void add_trapezoids(Real height) {
    Real widths(0);
    bool in_a = false;
    bool in_b = false;
    const Chord* left = nullptr;
    for (std::size_t i = 0; i < chords_.size(); ++i) {
      const Chord& chord = chords_[i];
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
  typename Lists::template OfEdges<Edge> edges_;
  typename Lists::template OfHeights<double> heights_;
  typename Lists::template OfEdges<Chord> chords_;
  typename Lists::template OfCuts<Real> cuts_;
  Real area_{0};
};

}  // namespace thresher
