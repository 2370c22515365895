#include "thresher/contour/borders.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace thresher {
namespace {

// Directions run counter-clockwise on the screen from 0 = right; y points down. The table holds two turns, so that a
// search may run past direction 7.
constexpr std::array<int, 16> kStepX{1, 1, 0, -1, -1, -1, 0, 1, 1, 1, 0, -1, -1, -1, 0, 1};
constexpr std::array<int, 16> kStepY{0, -1, -1, -1, 0, 1, 1, 1, 0, -1, -1, -1, 0, 1, 1, 1};
constexpr int kRight = 0;
constexpr int kLeft = 4;

// What a followed border leaves on its pixels. A negative mark says that the pixel's right neighbour is background
// on this border: the raster scan must not take it for the start of a hole again.
constexpr std::int8_t kFollowed = 2;
constexpr std::int8_t kFollowedOnRight = -2;

class BorderFollower {
 public:
  explicit BorderFollower(Bitmap& bitmap) {
    for (std::size_t i = 0; i < offset_.size(); ++i) offset_[i] = kStepY[i] * bitmap.stride() + kStepX[i];
  }

  /// Appends the turning points of the border that starts at `pixel` = (x, y); `background` is the direction of the
  /// background pixel that the scan met it from.
  void follow(std::int8_t* const pixel, int x, int y, int background, std::vector<PointI>& points) const {
    int direction = background;
    do {
      direction = (direction - 1) & 7;
    } while (pixel[offset_[index(direction)]] == 0 && direction != background);
    if (direction == background) {
      *pixel = kFollowedOnRight;
      points.push_back({x, y});
      return;
    }

    std::int8_t* const last = pixel + offset_[index(direction)];
    std::int8_t* current = pixel;
    int arrival = direction ^ 4;
    for (;;) {
      // `direction` points back to where the border came from; the next pixel is the first one counter-clockwise.
      int next = direction + 1;
      while (current[offset_[index(next)]] == 0) ++next;
      const bool passed_right = next > 8;
      next &= 7;

      if (passed_right) {
        *current = kFollowedOnRight;
      } else if (*current == 1) {
        *current = kFollowed;
      }
      if (next != arrival) points.push_back({x, y});
      arrival = next;

      std::int8_t* const following = current + offset_[index(next)];
      if (following == pixel && current == last) return;
      x += kStepX[index(next)];
      y += kStepY[index(next)];
      current = following;
      direction = next ^ 4;
    }
  }

 private:
  static constexpr std::size_t index(int direction) { return static_cast<std::size_t>(direction); }

  std::array<std::ptrdiff_t, 16> offset_{};
};

/// The first x in [x, width) with row[x] != value, else width.
int skip_run(const std::int8_t* row, int x, int width, std::int8_t value) {
  const std::uint64_t pattern = 0x0101010101010101ULL * static_cast<std::uint8_t>(value);
  for (; x + 8 <= width; x += 8) {
    std::uint64_t word;
    std::memcpy(&word, row + x, sizeof word);
    word ^= pattern;
    if (word == 0) continue;
    return x + (std::endian::native == std::endian::little ? std::countr_zero(word) : std::countl_zero(word)) / 8;
  }
  while (x < width && row[x] == value) ++x;
  return x;
}

/// Turns the order of the polylines round, leaving each as it is.
void reverse_order(ContourSet& set) {
  std::ranges::reverse(set.points);
  const std::uint32_t total = set.offsets.back();
  std::ranges::reverse(set.offsets);
  for (auto& offset : set.offsets) offset = total - offset;
  for (std::size_t i = 0; i < set.size(); ++i) {
    std::reverse(set.points.begin() + set.offsets[i], set.points.begin() + set.offsets[i + 1]);
  }
}

}  // namespace

void find_borders(Bitmap& bitmap, ContourSet& out) {
  out.clear();
  const BorderFollower follower(bitmap);
  const auto close = [&out] {
    if (out.points.size() > std::numeric_limits<std::uint32_t>::max()) {
      throw std::length_error("the contours of one map have more than 2^32 points");
    }
    out.close();
  };
  for (int y = 0; y < bitmap.height; ++y) {
    std::int8_t* row = bitmap.row(y);
    std::int8_t previous = 0;
    for (int x = 0; (x = skip_run(row, x, bitmap.width, previous)) < bitmap.width; ++x) {
      if (previous == 0 && row[x] == 1) {
        follower.follow(row + x, x, y, kLeft, out.points);
        close();
      } else if (previous > 0 && row[x] == 0) {
        follower.follow(row + x - 1, x - 1, y, kRight, out.points);
        close();
      }
      previous = row[x];
    }
  }
  reverse_order(out);
}

}  // namespace thresher
