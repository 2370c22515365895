#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "candidate_source.hpp"
#include "sequence_memo.hpp"
#include "thresher/contour/borders.hpp"
#include "thresher/contour/nested_bitmaps.hpp"
#include "thresher/postprocess/candidates.hpp"
#include "thresher/postprocess/expand.hpp"
#include "thresher/task.hpp"

namespace thresher {

/// The candidates of one map at ascending levels, a window of levels at a time. A contour that the level before had
/// too, and a rectangle or approximated polygon that the window had, is recognised, and what follows from it taken from
/// there.
///
/// The object is scratch space: use it again and again, from one thread at a time.
class CandidateLevels : public CandidateSource {
 public:
  /// What no setting lets through is left out.
  struct Bounds {
    std::uint64_t contours = 0;
    double min_side = 0;
    double box_thresh = 0;
  };

  /// `levels` ascend without repeats; they, the ratios and the map must outlive the calls of the others. `size` is what
  /// boxes are scaled to.
  void start(MapView map, Size size, const PostprocessMode& mode, std::span<const float> levels,
             std::span<const double> ratios, const Bounds& bounds);

  std::size_t next_window(const Task* task) override;
  [[nodiscard]] std::span<const LevelCandidate> level(std::size_t i) const override {
    return std::span(candidates_).subspan(ends_[i], ends_[i + 1] - ends_[i]);
  }
  [[nodiscard]] std::size_t shape_count() const override { return shape_count_; }
  [[nodiscard]] float side(std::uint32_t shape) const override { return shapes_[shape].side; }
  bool expand(std::uint32_t shape, std::size_t ratio, ExpandedBox& out) override {
    return expand_(shapes_[shape].polygon, mode_, ratios_[ratio], {map_.width, map_.height}, size_, out);
  }

 private:
  /// What is known of a contour.
  struct Known {
    std::uint32_t shape;
    double score;
  };

  /// The contours of a level and where they start, in ascending order of these, which is the contours' turned round.
  struct Level {
    ContourSet contours;
    std::vector<std::uint64_t> starts;
    std::vector<Known> known;  ///< of the first contours, as many as count

    [[nodiscard]] std::uint64_t start(std::size_t i) const { return starts[starts.size() - 1 - i]; }
  };

  void find_level(const Bitmap& bitmap, const Task* task);
  const Known* known_before(std::span<const PointI> contour, std::uint64_t start, std::size_t& next) const;
  Known look_at(std::span<const PointI> contour);
  std::uint32_t shape_of(std::span<const PointI> outline);
  std::uint32_t new_shape(std::span<const PointI> outline);
  double fast_score(const Candidate& shape);

  MapView map_;
  Size size_;
  PostprocessMode mode_;
  std::span<const double> ratios_;
  Bounds bounds_;
  std::size_t levels_left_ = 0;

  NestedBitmaps bitmaps_;
  BorderFinder find_borders_;
  Level level_;
  Level before_;
  CandidateShape shape_;
  Expander expand_;
  SequenceMemo<PointI> outline_memo_;    ///< places in shapes_, of approximated polygons
  SequenceMemo<PointD> rectangle_memo_;  ///< places in shapes_
  SequenceMemo<PointI> score_memo_;      ///< places in scores_, by what of a rectangle decides its score
  std::vector<PointD> rectangle_;
  std::vector<double> scores_;
  std::vector<Candidate> shapes_;  ///< more than shape_count_: their memory is kept
  std::size_t shape_count_ = 0;
  std::vector<LevelCandidate> candidates_;
  std::vector<std::size_t> ends_;
};

}  // namespace thresher
