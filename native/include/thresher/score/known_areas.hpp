#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace thresher {

/// Areas that detections share with ground truths, computed beforehand: overlap_area() of a detection as it came and of
/// a polygon of Scorer::area_polygons(). What is not in the list is not known, and left to whoever asks.
class KnownAreas {
 public:
  struct Cell {
    std::uint32_t gt = 0;
    double area = 0;  ///< square pixels, 0 where nothing is shared

    friend bool operator==(const Cell&, const Cell&) = default;
  };

  /// Detections in the list.
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  void clear() {
    cells_.clear();
    ends_.clear();
  }
  /// Adds a known pair of the detection that close() will end; ground truths ascend.
  void add(std::uint32_t gt, double area) { cells_.push_back({gt, area}); }
  /// Ends a detection.
  void close() { ends_.push_back(cells_.size()); }
  /// Adds a detection with the cells of another list's.
  void push_back(std::span<const Cell> cells) {
    cells_.insert(cells_.end(), cells.begin(), cells.end());
    close();
  }

  /// The cells of a detection, by gt.
  [[nodiscard]] std::span<const Cell> operator[](std::size_t det) const {
    const std::size_t begin = det == 0 ? 0 : ends_[det - 1];
    return std::span(cells_).subspan(begin, ends_[det] - begin);
  }
  [[nodiscard]] std::optional<double> find(std::size_t det, std::uint32_t gt) const {
    const auto cells = (*this)[det];
    const auto cell = std::ranges::lower_bound(cells, gt, {}, &Cell::gt);
    if (cell == cells.end() || cell->gt != gt) return std::nullopt;
    return cell->area;
  }

 private:
  std::vector<Cell> cells_;
  std::vector<std::size_t> ends_;
};

}  // namespace thresher
