#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "thresher/contour/bitmap.hpp"
#include "thresher/image.hpp"

namespace thresher {

/// The bitmaps of one map at ascending thresholds. The first looks at the whole map; as every further foreground lies
/// inside of it, those look at the words of 64 pixels that it left, and there at one byte a pixel: how many of the
/// levels the pixel exceeds.
///
/// The object is scratch space: use it again and again, from one thread at a time.
class NestedBitmaps {
 public:
  /// `levels` as threshold_level gives them, ascending, without repeats. They and the map must outlive the calls of
  /// next().
  void start(MapView map, std::span<const float> levels, bool dilate);

  /// The bitmap at the next level, equal to what binarise gives; call it at most once a level. Valid until then.
  const Bitmap& next();

 private:
  void rank_active();
  void narrow();

  MapView map_;
  std::span<const float> levels_;
  bool dilate_ = false;
  std::size_t next_level_ = 0;
  std::size_t ranked_from_ = 0;  ///< the level that rank 1 exceeds

  Bitmap plain_;
  Bitmap dilated_;
  std::vector<std::uint32_t> places_;  ///< of the words that have ranks
  std::vector<std::uint8_t> ranks_;    ///< 64 a place
  std::vector<std::uint64_t> words_;   ///< one a place
};

}  // namespace thresher
