#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "candidate_source.hpp"
#include "sequence_memo.hpp"
#include "thresher/postprocess/expand.hpp"

namespace thresher {

/// The expansions of shapes at one unclip_ratio, each done when it is first asked for. Expansions with the same
/// vertices are recognised.
///
/// The object is scratch space: use it again and again, from one thread at a time.
class ExpandedShapes {
 public:
  struct Expansion {
    bool done = false;
    bool exists = false;
    float side = 0;
    std::uint32_t polygon = 0;
  };

  /// The source must outlive the calls of the others. The ratio is given by its place among the grid's.
  void start(CandidateSource& source, std::size_t ratio) {
    source_ = &source;
    ratio_ = ratio;
    expansions_.assign(source.shape_count(), {});
    polygon_memo_.clear();
    polygons_.clear();
    shapes_.clear();
  }

  const Expansion& operator[](std::uint32_t shape) {
    Expansion& expansion = expansions_[shape];
    if (expansion.done) return expansion;
    expansion.done = true;
    expansion.exists = source_->expand(shape, ratio_, box_);
    if (expansion.exists) {
      expansion.side = box_.side;
      std::uint32_t& place = polygon_memo_[box_.polygon];
      if (place == polygon_memo_.kNew) {
        place = static_cast<std::uint32_t>(polygons_.size());
        polygons_.push_back(box_.polygon);
        shapes_.push_back(shape);
      }
      expansion.polygon = place;
    }
    return expansion;
  }

  [[nodiscard]] std::span<const PointD> polygon(std::uint32_t place) const { return polygons_[place]; }
  /// The first shape that has it.
  [[nodiscard]] std::uint32_t shape(std::uint32_t polygon) const { return shapes_[polygon]; }

 private:
  CandidateSource* source_ = nullptr;
  std::size_t ratio_ = 0;
  ExpandedBox box_;
  std::vector<Expansion> expansions_;
  SequenceMemo<PointD> polygon_memo_;
  PolygonSet polygons_;
  std::vector<std::uint32_t> shapes_;  ///< parallel to polygons_
};

}  // namespace thresher
