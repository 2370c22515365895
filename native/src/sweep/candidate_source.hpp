#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "thresher/postprocess/expand.hpp"
#include "thresher/score/known_areas.hpp"
#include "thresher/task.hpp"

namespace thresher {

/// A candidate of one level: where it stands in the list of contours, which shape it has, and its score.
struct LevelCandidate {
  std::uint32_t contour = 0;
  std::uint32_t shape = 0;
  double score = 0;
};

/// Where a sweep's candidates come from: those of one map at ascending levels, a window of levels at a time.
class CandidateSource {
 public:
  virtual ~CandidateSource() = default;

  /// Goes on to the next levels: at least one, and as many as memory is meant for. How many; 0 after the last.
  virtual std::size_t next_window(const Task* task) = 0;
  /// The candidates of a level of the window, in the order of the list of contours.
  [[nodiscard]] virtual std::span<const LevelCandidate> level(std::size_t i) const = 0;
  /// Shapes of the window.
  [[nodiscard]] virtual std::size_t shape_count() const = 0;
  [[nodiscard]] virtual float side(std::uint32_t shape) const = 0;
  /// The shape expanded at a ratio, by its place among the grid's. Replaces `out`; false where it is dropped.
  virtual bool expand(std::uint32_t shape, std::size_t ratio, ExpandedBox& out) = 0;
  /// What is known of the areas that the shapes expanded at a ratio share with ground truth: one list a shape, or null.
  [[nodiscard]] virtual const KnownAreas* areas(std::size_t ratio) const {
    static_cast<void>(ratio);
    return nullptr;
  }
};

}  // namespace thresher
