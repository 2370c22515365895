#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sequence_memo.hpp"
#include "thresher/contour/borders.hpp"
#include "thresher/contour/nested_bitmaps.hpp"
#include "thresher/postprocess/candidates.hpp"
#include "thresher/task.hpp"

namespace thresher {

/// A candidate of one level: where it stands in the list of contours, which shape it has, and its score.
struct LevelCandidate {
  std::uint32_t contour = 0;
  std::uint32_t shape = 0;
  double score = 0;
};

/// The candidates of one map at ascending levels, a window of levels at a time. A contour, hull or approximated polygon
/// that was met before in the window is recognised, and what follows from it taken from there.
///
/// The object is scratch space: use it again and again, from one thread at a time.
class CandidateLevels {
 public:
  /// What no setting lets through is left out.
  struct Bounds {
    std::uint64_t contours = 0;
    double min_side = 0;
    double box_thresh = 0;
  };

  /// `levels` ascend without repeats; they and the map must outlive the calls of next_window().
  void start(MapView map, const PostprocessMode& mode, std::span<const float> levels, const Bounds& bounds);

  /// Goes on to the next levels: at least one, and as many as memory is meant for. How many; 0 after the last.
  std::size_t next_window(const Task* task);

  /// The candidates of a level of the window, in the order of the list of contours.
  [[nodiscard]] std::span<const LevelCandidate> level(std::size_t i) const {
    return std::span(candidates_).subspan(ends_[i], ends_[i + 1] - ends_[i]);
  }
  /// The shapes of the window: candidates by themselves, without place and, in slow mode, score.
  [[nodiscard]] std::span<const Candidate> shapes() const { return std::span(shapes_).first(shape_count_); }

 private:
  /// What is known of a contour.
  struct Known {
    std::uint32_t shape;
    double score;
  };

  void find_level(const Bitmap& bitmap, const Task* task);
  Known look_at(std::span<const PointI> contour);
  std::uint32_t shape_of(std::span<const PointI> outline);

  MapView map_;
  PostprocessMode mode_;
  Bounds bounds_;
  std::size_t levels_left_ = 0;

  NestedBitmaps bitmaps_;
  BorderFinder find_borders_;
  ContourSet contours_;
  CandidateShape shape_;
  SequenceMemo<PointI> contour_memo_;    ///< places in known_
  SequenceMemo<PointI> outline_memo_;    ///< places in shapes_
  SequenceMemo<PointD> rectangle_memo_;  ///< places in shapes_
  std::vector<PointD> rectangle_;
  std::vector<Known> known_;
  std::vector<Candidate> shapes_;  ///< more than shape_count_: their memory is kept
  std::size_t shape_count_ = 0;
  std::vector<LevelCandidate> candidates_;
  std::vector<std::size_t> ends_;
};

}  // namespace thresher
