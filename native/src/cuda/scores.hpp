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

  [[nodiscard]] THRESHER_HD Offset size() const { return static_cast<Offset>(rows_.size); }

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

struct RowSum {
  thresher::detail::LooseSum loose;
  std::uint64_t count;
};

/// Step i is a row of a candidate; `first_row` is the scan of their numbers.
struct SumRows {
  Chunk chunk;
  const QuadCandidate* candidates;
  Offset count;
  const Offset* first_row;
  RowSum* sums;

  THRESHER_HD void operator()(std::size_t i) const {
    const Offset* first = first_row;
    const std::size_t owned = owner(count, i, [first](std::size_t k) { return first[k]; });
    const QuadCandidate& candidate = candidates[owned];
    const ScoreRows rows(chunk.images[candidate.bitmap / chunk.levels], candidate.rectangle);
    RowSum sum{};
    rows.row(i - first_row[owned], [&sum](float pixel) {
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
struct FinishScores {
  Chunk chunk;
  const Offset* first_row;
  const RowSum* sums;
  double box_thresh;
  QuadCandidate* candidates;
  std::uint32_t* keep;

  THRESHER_HD void operator()(std::size_t i) const {
    QuadCandidate& candidate = candidates[i];
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
      const ScoreRows rows(chunk.images[candidate.bitmap / chunk.levels], candidate.rectangle);
      for (Offset y = 0; y < rows.size(); ++y) rows.row(y, [&all](float pixel) { all.sum += pixel; });
    }
    candidate.score = all.sum * (count > 0 ? 1.0 / static_cast<double>(count) : 0.0);
    // Which NaN comes of several is the processor's choice.
    if (candidate.score != candidate.score) candidate.rectangle.standing = Standing::doubtful;
    const bool too_low = box_thresh > candidate.score;
    keep[i] = candidate.rectangle.standing == Standing::doubtful || !too_low ? 1 : 0;
  }
};

}  // namespace thresher::cuda
