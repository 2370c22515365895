#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "thresher/geometry/point.hpp"
#include "thresher/geometry/quick_hull.hpp"

namespace thresher {

/// What the receipt competition's CLEval makes of a box's proportions.
struct ReceiptAspect {
  std::size_t characters = 0;    ///< that its ground truth stands for: 1 to 100
  std::size_t false_alarms = 0;  ///< that it costs as an unmatched detection: 1 to 100
};

/// Both follow from height / width of a rectangle of least area round the corners, of which the width lies along the
/// edge that the search took first among equals: along corner 0 to corner 1 for an upright rectangle from its top
/// left, so that the same box listed from another corner may cost another number. What has no hull counts as 100.
///
/// The object is scratch space: use it again and again, from one thread at a time.
class ReceiptAspects {
 public:
  /// `numpy2`: scalars stay float32, as from NumPy 2 on, where NumPy 1 made them doubles.
  explicit ReceiptAspects(bool numpy2) : numpy2_(numpy2) {}

  ReceiptAspect operator()(std::span<const PointD> polygon);

 private:
  template <class Real>
  ReceiptAspect measure(std::span<const std::uint32_t> hull) const;

  bool numpy2_;
  QuickHull quick_hull_;
  std::vector<PointF> points_;
};

}  // namespace thresher
