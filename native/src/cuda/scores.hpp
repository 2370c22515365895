#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "../geometry/quad_rows.hpp"
#include "../geometry/score_box.hpp"
#include "../geometry/span_sum.hpp"
#include "layout.hpp"
#include "rectangles.hpp"

// Means of the map over rectangles, row by row, as PolygonMean computes them: sums of float32 in double are exact in
// any order unless the pixels' magnitudes lie far apart, which is noticed; then they are added one by one.

namespace thresher::cuda {

/// The rows and pixels of a candidate's rectangle.
class ScoreRows {
 public:
  THRESHER_HD ScoreRows(const Image& image, const Rectangle& rectangle)
      : columns_(score_box::extent<float>(rectangle.corners, &PointF::x, image.size.width)),
        rows_(score_box::extent<float>(rectangle.corners, &PointF::y, image.size.height)),
        fill_(local(rectangle, columns_.first, rows_.first), {columns_.size, rows_.size}),
        pixels_(image.pixels + static_cast<Offset>(rows_.first) * static_cast<Offset>(image.size.width) +
                columns_.first),
        stride_(static_cast<Offset>(image.size.width)) {}

  /// visit(pixel) from left to right.
  template <class Visit>
  THRESHER_HD void row(Offset y, Visit visit) const {
    QuadRows::Runs runs;
    const std::size_t count = fill_.row(static_cast<std::int64_t>(y), runs);
    const float* pixels = pixels_ + y * stride_;
    for (std::size_t i = 0; i < count; ++i) {
      for (std::int64_t x = runs[i].first; x <= runs[i].last; ++x) visit(pixels[x]);
    }
  }

 private:
  THRESHER_HD static std::array<PointI, 4> local(const Rectangle& rectangle, int x, int y) {
    std::array<PointI, 4> corners;
    for (std::size_t i = 0; i < 4; ++i) {
      const PointF corner = rectangle.corners[i];
      corners[i] = {score_box::shifted(corner.x, x), score_box::shifted(corner.y, y)};
    }
    return corners;
  }

  score_box::Extent columns_;
  score_box::Extent rows_;
  QuadRows fill_;
  const float* pixels_;
  Offset stride_;
};

/// Step i is a candidate: how many rows its score is taken over.
struct CountScoreRows {
  Chunk chunk;
  const QuadCandidate* candidates;
  std::uint32_t* rows;

  THRESHER_HD void operator()(std::size_t i) const {
    const Image& image = chunk.images[candidates[i].bitmap / chunk.levels];
    rows[i] = static_cast<std::uint32_t>(
        score_box::extent<float>(candidates[i].rectangle.corners, &PointF::y, image.size.height).size);
  }
};

/// The rows and pixels of rectangles.
struct RectangleRows {
  Chunk chunk;
  const QuadCandidate* candidates;

  /// visit(pixel) from left to right, in one of a candidate's rows.
  template <class Visit>
  THRESHER_HD void row(std::size_t i, Offset y, Visit visit) const {
    ScoreRows(chunk.images[candidates[i].bitmap / chunk.levels], candidates[i].rectangle).row(y, visit);
  }
};

struct RowSum {
  thresher::detail::LooseSum loose;
  std::uint64_t count;
};

/// Step i is a row of a candidate; `first_row` is the scan of their numbers. `Rows` is RectangleRows or FilledRows.
template <class Rows>
struct SumRows {
  Rows rows;
  Offset count;
  const Offset* first_row;
  RowSum* sums;

  THRESHER_HD void operator()(std::size_t i) const {
    const Offset* first = first_row;
    const std::size_t owned = owner(count, i, [first](std::size_t k) { return first[k]; });
    RowSum sum{};
    rows.row(owned, i - first_row[owned], [&sum](float pixel) {
      const std::uint32_t magnitude = std::bit_cast<std::uint32_t>(pixel) & 0x7FFFFFFF;
      sum.loose.sum += pixel;
      if (magnitude > sum.loose.largest) sum.loose.largest = magnitude;
      if (magnitude - 1 < sum.loose.smallest_less_1) sum.loose.smallest_less_1 = magnitude - 1;
      ++sum.count;
    });
    sums[i] = sum;
  }
};

/// Step i is a candidate, which gets its score, and stays unless box_thresh is above it.
template <class Candidate, class Rows>
struct FinishScores {
  Rows rows;
  const Offset* first_row;
  const RowSum* sums;
  double box_thresh;
  Candidate* candidates;
  std::uint32_t* keep;

  THRESHER_HD void operator()(std::size_t i) const {
    Candidate& candidate = candidates[i];
    thresher::detail::LooseSum all;
    std::uint64_t count = 0;
    for (Offset row = first_row[i]; row < first_row[i + 1]; ++row) {
      const RowSum& part = sums[row];
      all.sum += part.loose.sum;
      if (part.loose.largest > all.largest) all.largest = part.loose.largest;
      if (part.loose.smallest_less_1 < all.smallest_less_1) all.smallest_less_1 = part.loose.smallest_less_1;
      count += part.count;
    }
    if (!all.is_exact(count)) {
      all.sum = 0;
      for (Offset y = 0; y < first_row[i + 1] - first_row[i]; ++y) {
        rows.row(i, y, [&all](float pixel) { all.sum += pixel; });
      }
    }
    candidate.score = all.sum * (count > 0 ? 1.0 / static_cast<double>(count) : 0.0);
    // Which NaN comes of several is the processor's choice.
    if (candidate.score != candidate.score) candidate.standing() = Standing::doubtful;
    const bool too_low = box_thresh > candidate.score;
    keep[i] = candidate.standing() == Standing::doubtful || !too_low ? 1 : 0;
  }
};

/// Scores `count` candidates over their rows, of which there are `row_count`, and takes those that stay.
template <class Executor, class Candidate, class Rows>
auto score_rows(Executor& executor, Candidate* candidates, std::size_t count, const Rows& rows, const Offset* first_row,
                Offset row_count, double box_thresh) {
  const auto sums = executor.template buffer<RowSum>(row_count);
  executor.for_each(row_count, SumRows<Rows>{rows, count, first_row, sums.data()});
  const auto keep = executor.template buffer<std::uint32_t>(count);
  executor.for_each(count,
                    FinishScores<Candidate, Rows>{rows, first_row, sums.data(), box_thresh, candidates, keep.data()});
  const auto places = executor.template buffer<Offset>(count + 1);
  auto scored = executor.template buffer<Candidate>(executor.exclusive_scan(keep.data(), count, places.data()));
  executor.for_each(count, SelectCandidates<Candidate>{candidates, keep.data(), places.data(), scored.data()});
  return scored;
}

}  // namespace thresher::cuda
