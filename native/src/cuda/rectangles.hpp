#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "../geometry/calipers.hpp"
#include "../geometry/hull_steps.hpp"
#include "../geometry/library_math.hpp"
#include "border_starts.hpp"
#include "layout.hpp"

namespace thresher::cuda {

/// What is known of a contour or of a box.
enum class Standing : std::uint32_t {
  dropped,
  found,
  doubtful,  ///< the CPU is asked
};

struct Rectangle {
  std::array<PointF, 4> corners;
  float side;
  Standing standing;
};

/// Step i is a contour: its hull and its rectangle of least area.
struct FindRectangles {
  const PointI* points;
  const Offset* first_point;
  const Offset* first_row;
  const std::int32_t* tops;
  hull_steps::RowEnd* left;   ///< one a row
  hull_steps::RowEnd* right;  ///< one a row
  hull_steps::Entry* ring;    ///< two a row
  double min_side;
  double caution;
  Rectangle* out;
  std::uint32_t* keep;

  THRESHER_HD void operator()(std::size_t i) const {
    const std::span<const PointI> contour(points + first_point[i], first_point[i + 1] - first_point[i]);
    const Offset row = first_row[i];
    const Offset rows = first_row[i + 1] - row;
    hull_steps::collect_rows(contour, tops[i], rows, left + row, right + row);
    const std::size_t count = hull_steps::find_ring(left + row, right + row, tops[i], rows, ring + 2 * row);
    const hull_steps::Ring hull =
        hull_steps::in_input_order(hull_steps::take_places(ring + 2 * row, count, left + row, right + row));

    CheckedMath math(caution);
    const calipers::PassingEdges<hull_steps::Ring> edges(hull);
    const MiniBox box = calipers::mini_box(calipers::rect_of_hull(hull, edges, math), math);
    const bool large_enough = !(static_cast<double>(box.side) < min_side);
    const Standing standing = !math.certain() ? Standing::doubtful : large_enough ? Standing::found : Standing::dropped;
    out[i] = {box.corners, box.side, standing};
    keep[i] = standing == Standing::dropped ? 0 : 1;
  }
};

/// A contour on its way to becoming a box.
struct QuadCandidate {
  Rectangle rectangle;
  Index border;   ///< place among the chunk's borders
  Index contour;  ///< place in its bitmap's list of contours
  Index bitmap;
  Index no_padding;  ///< whose bytes nobody would write, and initcheck complain of
  double score;

  [[nodiscard]] THRESHER_HD Standing& standing() { return rectangle.standing; }
  [[nodiscard]] THRESHER_HD Standing standing() const { return rectangle.standing; }
};
static_assert(sizeof(QuadCandidate) == sizeof(Rectangle) + 4 * sizeof(Index) + sizeof(double));

/// Lists the contours that are kept; `places` is the scan of `keep`.
struct ListCandidates {
  const BorderStart* starts;
  const Rectangle* rectangles;
  const std::uint32_t* keep;
  const Offset* places;
  QuadCandidate* out;

  THRESHER_HD void operator()(std::size_t i) const {
    if (keep[i] == 0) return;
    out[places[i]] = {rectangles[i], static_cast<Index>(i), starts[i].contour, starts[i].bitmap, 0, 0};
  }
};

/// The same over candidates.
template <class Candidate>
struct SelectCandidates {
  const Candidate* candidates;
  const std::uint32_t* keep;
  const Offset* places;
  Candidate* out;

  THRESHER_HD void operator()(std::size_t i) const {
    if (keep[i] != 0) out[places[i]] = candidates[i];
  }
};

}  // namespace thresher::cuda
