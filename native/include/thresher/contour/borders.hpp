#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "thresher/contour/bitmap.hpp"
#include "thresher/geometry/point.hpp"

namespace thresher {

/// All borders of the 8-connected foreground, outer and hole, each as the points where its chain code turns:
/// cv2.findContours(RETR_LIST, CHAIN_APPROX_SIMPLE) of OpenCV 4.6, in its order (descending by start pixel,
/// row first) and with its vertices. Border following after Suzuki and Abe, CVGIP 30 (1985), on bits: the nine of a
/// pixel's neighbourhood and the direction of arrival give the next step from a table.
///
/// The object is scratch space: use it again and again, from one thread at a time.
class BorderFinder {
 public:
  /// Replaces `out`. Takes time for the words with foreground and the pixels of borders, not for the image.
  /// Throws std::length_error for more than 2^32 points.
  void operator()(const Bitmap& bitmap, ContourSet& out);

  /// Where the borders of the last call start, by the place of the bit: in ascending order, which is that of `out`
  /// turned round. An outer border may start where a hole's does.
  [[nodiscard]] std::span<const std::uint64_t> starts() const { return starts_; }

 private:
  /// What the borders followed so far left on 64 pixels.
  struct Marks {
    std::uint64_t followed = 0;  ///< a border went through
    std::uint64_t right = 0;     ///< and met the background to the right
  };

  void follow(std::size_t start, int x, int y, unsigned background);

  const std::uint64_t* words_ = nullptr;
  std::size_t row_bits_ = 0;
  std::vector<Marks> marks_;
  std::vector<PointI> points_;
  std::size_t count_ = 0;
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint64_t> starts_;
};

/// The same, as a plain function.
void find_borders(const Bitmap& bitmap, ContourSet& out);

}  // namespace thresher
