#pragma once

#include <cstddef>
#include <span>

#include "thresher/cuda/engine.hpp"
#include "thresher/postprocess/expand.hpp"
#include "thresher/postprocess/options.hpp"

namespace thresher::cuda {

/// The boxes of what an engine found: quads that it expanded, and polygons, which it leaves to the thread that wants
/// them, because Clipper's union is the CPU's.
class FoundBoxes {
 public:
  /// `mode` and `ratios` as the engine was asked; `found` and `ratios` must outlive the object.
  FoundBoxes(const ImageCandidates& found, const PostprocessMode& mode, std::span<const double> ratios)
      : found_(found), mode_(mode), ratios_(ratios) {}

  /// A candidate expanded at a ratio, by their places. Replaces `out`; false where the candidate is dropped.
  bool operator()(std::size_t candidate, std::size_t ratio, ExpandedBox& out);

 private:
  const ImageCandidates& found_;
  PostprocessMode mode_;
  std::span<const double> ratios_;
  Expander expand_;
};

}  // namespace thresher::cuda
