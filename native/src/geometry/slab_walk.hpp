#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "double_double.hpp"
#include "thresher/geometry/region.hpp"

namespace thresher {

/// A piece of a region between two heights, bounded by two straight edges that do not cross.
struct Trapezoid {
  DoubleDouble low_y;
  DoubleDouble high_y;
  DoubleDouble left_low;
  DoubleDouble left_high;
  DoubleDouble right_low;
  DoubleDouble right_high;
};

/// Cuts the plane at every vertex of some outlines, and between two vertices at the crossings there, into slabs in
/// which no edges cross, and hands over what of each slab belongs to a region. It is slab_sum.hpp for any number of
/// outlines, any fill and any combination, without that one's care for speed.
class SlabWalk {
 public:
  /// Edges no farther apart than `gap` are one, on which an outline may both end and begin.
  SlabWalk(std::span<const Outline> outlines, const Belongs& belongs, double gap) : belongs_(belongs), gap_(gap) {
    for (std::size_t i = 0; i < outlines.size(); ++i) add_edges(outlines[i].points, i);
    for (const Outline& outline : outlines) fills_.push_back(outline.fill);
    std::sort(heights_.begin(), heights_.end());
    heights_.erase(std::unique(heights_.begin(), heights_.end()), heights_.end());
    std::sort(edges_.begin(), edges_.end(), [](const Edge& p, const Edge& q) { return p.from.y < q.from.y; });
  }

  /// Calls begin_slab() before each slab, from low y to high, and visit(const Trapezoid&) for its pieces from left to
  /// right.
  template <class BeginSlab, class Visit>
  void run(BeginSlab begin_slab, Visit visit) {
    auto next_edge = edges_.begin();
    for (std::size_t i = 0; i + 1 < heights_.size(); ++i) {
      std::erase_if(chords_, [&](const Chord& chord) { return chord.edge->to.y <= heights_[i]; });
      for (; next_edge != edges_.end() && next_edge->from.y <= heights_[i]; ++next_edge) {
        chords_.push_back({{}, {}, &*next_edge});
      }
      find_cuts(heights_[i], heights_[i + 1]);
      for (std::size_t k = 0; k + 1 < cuts_.size(); ++k) {
        lay_chords(cuts_[k], cuts_[k + 1]);
        std::sort(chords_.begin(), chords_.end(),
                  [](const Chord& p, const Chord& q) { return p.low + p.high < q.low + q.high; });
        begin_slab();
        visit_slab(cuts_[k], cuts_[k + 1], visit);
      }
    }
  }

 private:
  /// An edge that is not horizontal, from its lower y to its higher.
  struct Edge {
    PointD from;
    PointD to;
    DoubleDouble slope;  // dx / dy
    std::size_t outline;
    int turn;  // what it adds to the winding number of what lies right of it
  };

  /// An edge within a slab: its x at the slab's low y and at its high y.
  struct Chord {
    DoubleDouble low;
    DoubleDouble high;
    const Edge* edge;
  };

  static DoubleDouble x_at(const Edge& edge, DoubleDouble y) {
    if (y == DoubleDouble(edge.from.y)) return edge.from.x;
    if (y == DoubleDouble(edge.to.y)) return edge.to.x;
    return (y - edge.from.y) * edge.slope + edge.from.x;
  }

  void add_edges(std::span<const PointD> points, std::size_t outline) {
    if (points.size() < 3) return;
    PointD before = points.back();
    for (const PointD point : points) {
      heights_.push_back(point.y);
      if (before.y != point.y) {
        const bool grows = before.y < point.y;
        const PointD from = grows ? before : point;
        const PointD to = grows ? point : before;
        const DoubleDouble slope = (DoubleDouble(to.x) - from.x) / (DoubleDouble(to.y) - from.y);
        edges_.push_back({from, to, slope, outline, grows ? -1 : 1});
      }
      before = point;
    }
  }

  void lay_chords(DoubleDouble low, DoubleDouble high) {
    for (Chord& chord : chords_) {
      chord.low = x_at(*chord.edge, low);
      chord.high = x_at(*chord.edge, high);
    }
  }

  /// The slab's bounds and the heights in between at which chords cross.
  void find_cuts(double low_y, double high_y) {
    const DoubleDouble low(low_y);
    const DoubleDouble high(high_y);
    cuts_.assign({low, high});
    lay_chords(low, high);
    for (std::size_t i = 0; i < chords_.size(); ++i) {
      for (std::size_t j = i + 1; j < chords_.size(); ++j) {
        const DoubleDouble gap_low = chords_[j].low - chords_[i].low;
        const DoubleDouble gap_high = chords_[j].high - chords_[i].high;
        const bool cross = (gap_low < DoubleDouble(0) && DoubleDouble(0) < gap_high) ||
                           (gap_high < DoubleDouble(0) && DoubleDouble(0) < gap_low);
        if (!cross) continue;
        const DoubleDouble cut = low + (high - low) * (gap_low / (gap_low - gap_high));
        if (low < cut && cut < high) cuts_.push_back(cut);
      }
    }
    std::sort(cuts_.begin(), cuts_.end());
    cuts_.erase(std::unique(cuts_.begin(), cuts_.end()), cuts_.end());
  }

  [[nodiscard]] bool is_same(const Chord& left, const Chord& right) const {
    return !(gap_ < right.low - left.low) && !(gap_ < right.high - left.high);
  }

  [[nodiscard]] bool holds(std::size_t outline) const {
    const int winding = windings_[outline];
    switch (fills_[outline]) {
      case Fill::positive:
        return winding > 0;
      case Fill::negative:
        return winding < 0;
      default:
        return winding % 2 != 0;
    }
  }

  template <class Visit>
  void visit_slab(DoubleDouble low, DoubleDouble high, Visit& visit) {
    windings_.assign(fills_.size(), 0);
    held_.assign(fills_.size(), 0);
    const Chord* left = nullptr;
    for (std::size_t i = 0; i < chords_.size(); ++i) {
      const Chord& chord = chords_[i];
      const std::size_t outline = chord.edge->outline;
      windings_[outline] += chord.edge->turn;
      held_[outline] = holds(outline);
      if (i + 1 < chords_.size() && is_same(chord, chords_[i + 1])) continue;
      const bool inside = belongs_(held_);
      if (inside && left == nullptr) {
        left = &chord;
      } else if (!inside && left != nullptr) {
        visit(Trapezoid{low, high, left->low, left->high, chord.low, chord.high});
        left = nullptr;
      }
    }
  }

  const Belongs& belongs_;
  DoubleDouble gap_;
  std::vector<Fill> fills_;
  std::vector<Edge> edges_;
  std::vector<double> heights_;
  std::vector<Chord> chords_;
  std::vector<DoubleDouble> cuts_;
  std::vector<int> windings_;
  std::vector<std::uint8_t> held_;
};

}  // namespace thresher
