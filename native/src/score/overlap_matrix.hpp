#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "effort.hpp"
#include "thresher/geometry/extent.hpp"
#include "thresher/geometry/extent_index.hpp"

namespace thresher {

/// What each ground truth shares with each detection, without the zeros.
struct OverlapMatrix {
  struct Cell {
    std::uint32_t gt = 0;
    std::uint32_t det = 0;
    double area = 0;  ///< square pixels that both hold, more than 0
  };
  std::vector<Cell> cells;             ///< by gt, then by det
  std::vector<std::uint32_t> rows;     ///< the cells of ground truth g are rows[g] .. rows[g + 1]
  std::vector<std::uint32_t> by_det;   ///< places in `cells`, by det, then by gt
  std::vector<std::uint32_t> columns;  ///< those of detection d are by_det[columns[d]] .. by_det[columns[d + 1]]

  [[nodiscard]] std::size_t gts() const { return rows.size() - 1; }
  [[nodiscard]] std::size_t dets() const { return columns.size() - 1; }
  /// The cells of a ground truth, by det.
  [[nodiscard]] std::span<const Cell> row(std::size_t gt) const {
    return std::span(cells).subspan(rows[gt], rows[gt + 1] - rows[gt]);
  }
  /// Places of the cells of a detection, by gt.
  [[nodiscard]] std::span<const std::uint32_t> column(std::size_t det) const {
    return std::span(by_det).subspan(columns[det], columns[det + 1] - columns[det]);
  }
};

/// Calls shared_area(gt, det) for every pair whose boxes share area, and arranges what is not 0.
/// Throws std::invalid_argument for more pairs than kMostPairs.
template <class SharedArea>
OverlapMatrix overlap_matrix(std::size_t gts, const ExtentIndex& gt_index, std::span<const Extent> det_extents,
                             SharedArea shared_area) {
  check_pairs(gt_index, gts, det_extents);
  OverlapMatrix matrix;
  matrix.rows.assign(gts + 1, 0);
  matrix.columns.assign(1, 0);
  std::vector<OverlapMatrix::Cell> by_det;
  std::vector<std::uint32_t> near;
  for (std::size_t d = 0; d < det_extents.size(); ++d) {
    gt_index.find(det_extents[d], near);
    for (const std::uint32_t g : near) {
      const double area = shared_area(g, d);
      if (!(area > 0)) continue;
      by_det.push_back({g, static_cast<std::uint32_t>(d), area});
      ++matrix.rows[g + 1];
    }
    matrix.columns.push_back(static_cast<std::uint32_t>(by_det.size()));
  }
  for (std::size_t g = 0; g < gts; ++g) matrix.rows[g + 1] += matrix.rows[g];

  std::vector<std::uint32_t> next(matrix.rows.begin(), matrix.rows.end() - 1);
  matrix.cells.resize(by_det.size());
  matrix.by_det.reserve(by_det.size());
  for (const OverlapMatrix::Cell& cell : by_det) {
    matrix.by_det.push_back(next[cell.gt]);
    matrix.cells[next[cell.gt]++] = cell;
  }
  return matrix;
}

}  // namespace thresher
