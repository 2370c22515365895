#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "candidate_source.hpp"
#include "thresher/cuda/engine.hpp"

namespace thresher {

/// Candidates that an engine found, all levels in one window; each is a shape of its own.
class FoundLevels : public CandidateSource {
 public:
  /// `found` must outlive the object.
  explicit FoundLevels(const cuda::ImageCandidates& found) : found_(found), levels_left_(found.ends.size()) {
    for (std::uint32_t i = 0; i < found.candidates.size(); ++i) {
      candidates_.push_back({found.candidates[i].contour, i, found.candidates[i].score});
    }
  }

  std::size_t next_window(const Task*) override { return std::exchange(levels_left_, 0); }
  [[nodiscard]] std::span<const LevelCandidate> level(std::size_t i) const override {
    const std::size_t begin = i == 0 ? 0 : found_.ends[i - 1];
    return std::span(candidates_).subspan(begin, found_.ends[i] - begin);
  }
  [[nodiscard]] std::size_t shape_count() const override { return candidates_.size(); }
  [[nodiscard]] float side(std::uint32_t shape) const override { return found_.candidates[shape].side; }
  bool expand(std::uint32_t shape, std::size_t ratio, ExpandedBox& out) override {
    const cuda::FoundBox& box = found_.boxes[ratio][shape];
    if (!box.exists) return false;
    out.side = box.side;
    out.polygon.assign(box.polygon.begin(), box.polygon.end());
    return true;
  }
  [[nodiscard]] const KnownAreas* areas(std::size_t ratio) const override {
    return found_.areas.empty() ? nullptr : &found_.areas[ratio];
  }

 private:
  const cuda::ImageCandidates& found_;
  std::size_t levels_left_;
  std::vector<LevelCandidate> candidates_;
};

}  // namespace thresher
