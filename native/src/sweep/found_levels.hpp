#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "candidate_source.hpp"
#include "sequence_memo.hpp"
#include "thresher/cuda/engine.hpp"
#include "thresher/cuda/found_boxes.hpp"
#include "thresher/postprocess/candidates.hpp"

namespace thresher {

/// Candidates that an engine found, all levels in one window. Equal polygons are one shape, because their expansion is
/// dear; a rectangle is a shape of its own.
class FoundLevels : public CandidateSource {
 public:
  /// `found` and `ratios` must outlive the object.
  FoundLevels(const cuda::ImageCandidates& found, const PostprocessMode& mode, std::span<const double> ratios)
      : found_(found), boxes_(found, mode, ratios), levels_left_(found.ends.size()) {
    SequenceMemo<PointD> shapes;
    for (std::uint32_t i = 0; i < found.candidates.size(); ++i) {
      std::uint32_t shape = i;
      if (!starts_from_rectangle(mode)) {
        std::uint32_t& place = shapes[found.outlines[i]];
        if (place == shapes.kNew) place = i;
        shape = place;
      }
      candidates_.push_back({found.candidates[i].contour, shape, found.candidates[i].score});
    }
  }

  std::size_t next_window(const Task*) override { return std::exchange(levels_left_, 0); }
  [[nodiscard]] std::span<const LevelCandidate> level(std::size_t i) const override {
    const std::size_t begin = i == 0 ? 0 : found_.ends[i - 1];
    return std::span(candidates_).subspan(begin, found_.ends[i] - begin);
  }
  [[nodiscard]] std::size_t shape_count() const override { return candidates_.size(); }
  [[nodiscard]] float side(std::uint32_t shape) const override { return found_.candidates[shape].side; }
  bool expand(std::uint32_t shape, std::size_t ratio, ExpandedBox& out) override { return boxes_(shape, ratio, out); }
  [[nodiscard]] const KnownAreas* areas(std::size_t ratio) const override {
    return found_.areas.empty() ? nullptr : &found_.areas[ratio];
  }

 private:
  const cuda::ImageCandidates& found_;
  cuda::FoundBoxes boxes_;
  std::size_t levels_left_;
  std::vector<LevelCandidate> candidates_;
};

}  // namespace thresher
