#include "thresher/contour/nested_bitmaps.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "pixel_kernels.hpp"

namespace thresher {
namespace {

/// Ranks are bytes.
constexpr std::size_t kMostLevels = 255;

}  // namespace

void NestedBitmaps::start(MapView map, std::span<const float> levels, bool dilate_them) {
  map_ = map;
  levels_ = levels;
  dilate_ = dilate_them;
  next_level_ = 0;
}

/// Ranks the pixels of all active words among the next levels.
void NestedBitmaps::rank_active() {
  ranked_from_ = next_level_;
  const std::span<const float> levels =
      levels_.subspan(ranked_from_, std::min(kMostLevels, levels_.size() - ranked_from_));
  places_ = plain_.active;
  ranks_.resize(64 * places_.size());
  words_.resize(places_.size());
  const PixelKernels& kernels = pixel_kernels();
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const auto y = static_cast<int>(places_[i] / plain_.stride) - 1;
    const std::size_t x = (places_[i] % plain_.stride - 1) * 64;
    const float* pixels = map_.row(y) + x;
    const std::size_t left = static_cast<std::size_t>(map_.width) - x;
    std::array<float, 64> row_end;
    if (left < 64) {
      row_end.fill(-std::numeric_limits<float>::infinity());
      std::copy_n(pixels, left, row_end.begin());
      pixels = row_end.data();
    }
    kernels.rank(pixels, levels.data(), levels.size(), ranks_.data() + 64 * i);
  }
}

/// Turns plain_ into the bitmap of the next level.
void NestedBitmaps::narrow() {
  const auto rank = static_cast<std::uint8_t>(next_level_ - ranked_from_);
  pixel_kernels().exceed(ranks_.data(), places_.size(), rank, words_.data());
  plain_.active.clear();
  for (std::size_t i = 0; i < places_.size(); ++i) {
    plain_.words[places_[i]] = words_[i];
    if (words_[i] != 0) plain_.active.push_back(places_[i]);
  }
}

const Bitmap& NestedBitmaps::next() {
  if (next_level_ == 0) {
    binarise(map_, levels_[0], false, plain_);
  } else {
    if (next_level_ == 1 || next_level_ - ranked_from_ == kMostLevels) rank_active();
    narrow();
  }
  ++next_level_;
  if (!dilate_) return plain_;
  dilate(plain_, dilated_);
  return dilated_;
}

}  // namespace thresher
