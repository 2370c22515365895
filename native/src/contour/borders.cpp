#include "thresher/contour/borders.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <span>
#include <stdexcept>

namespace thresher {
namespace {

// Directions run counter-clockwise on the screen from 0 = right; y points down.
constexpr std::array<int, 8> kStepX{1, 1, 0, -1, -1, -1, 0, 1};
constexpr std::array<int, 8> kStepY{0, -1, -1, -1, 0, 1, 1, 1};
constexpr unsigned kRight = 0;
constexpr unsigned kLeft = 4;

/// Where a direction's pixel stands in a neighbourhood: nine bits, the row above first, from left to right.
constexpr unsigned neighbour(unsigned direction) {
  return static_cast<unsigned>(4 + kStepY[direction] * 3 + kStepX[direction]);
}

constexpr std::uint8_t kPassedRight = 8;

/// For every neighbourhood and every direction that points back to where the border came from: the direction of the
/// next pixel, the first one counter-clockwise, and whether the search passed by the pixel to the right.
constexpr auto kNext = [] {
  std::array<std::uint8_t, 512 * 8> table{};
  for (unsigned pixels = 0; pixels < 512; ++pixels) {
    for (unsigned back = 0; back < 8; ++back) {
      unsigned turn = back + 1;
      while (turn < back + 8 && (pixels >> neighbour(turn % 8) & 1) == 0) ++turn;
      table[pixels * 8 + back] = static_cast<std::uint8_t>(turn % 8 | (turn > 8 ? kPassedRight : 0));
    }
  }
  return table;
}();

/// The three bits from `bit` on.
[[maybe_unused]] std::uint64_t three_bits(const std::uint64_t* words, std::size_t bit) {
  const std::size_t shift = bit % 64;
  const std::uint64_t rest = shift > 61 ? words[bit / 64 + 1] << (64 - shift) : 0;
  return (words[bit / 64] >> shift | rest) & 7U;
}

/// The nine bits round `bit`. A row has a whole number of words.
std::uint64_t neighbourhood(const std::uint64_t* words, std::size_t bit, std::size_t row_bits) {
  if constexpr (std::endian::native == std::endian::little) {
    const auto* middle = reinterpret_cast<const unsigned char*>(words) + (bit - 1) / 8;
    const std::size_t row_bytes = row_bits / 8;
    const auto two_bytes = [](const unsigned char* at) {
      std::uint16_t value;
      std::memcpy(&value, at, sizeof value);
      return std::uint64_t{value};
    };
    const std::uint64_t rows =
        (two_bytes(middle - row_bytes) | two_bytes(middle) << 16 | two_bytes(middle + row_bytes) << 32) >>
        (bit - 1) % 8;
    return (rows & 0x7) | (rows >> 13 & 0x38) | (rows >> 26 & 0x1C0);
  } else {
    return three_bits(words, bit - 1 - row_bits) | three_bits(words, bit - 1) << 3 |
           three_bits(words, bit - 1 + row_bits) << 6;
  }
}

/// The most steps that straight_steps tells of: a window of 57 bits shows the two pixels beyond them.
constexpr int kMostSteps = 55;

/// Bits from `bit` on, the lowest first: 57 at least.
std::uint64_t bits_from(const std::uint64_t* words, std::size_t bit) {
  std::uint64_t value;
  std::memcpy(&value, reinterpret_cast<const unsigned char*>(words) + bit / 8, sizeof value);
  return value >> bit % 8;
}

/// Bits up to `bit`, which comes highest: 57 at least.
std::uint64_t bits_up_to(const std::uint64_t* words, std::size_t bit) {
  std::uint64_t value;
  std::memcpy(&value, reinterpret_cast<const unsigned char*>(words) + bit / 8 - 7, sizeof value);
  return value << (7 - bit % 8);
}

/// How many more such steps a border takes after a step to the right or to the left from `bit`, before another
/// direction comes first: while the next pixel is foreground and the three that it looks at before are not, which lie
/// below on the way to the right and above on the way to the left. kMostSteps at most.
std::size_t straight_steps(const std::uint64_t* words, std::size_t bit, std::size_t row_bits, unsigned direction) {
  if constexpr (std::endian::native != std::endian::little) return 0;
  if (direction == kRight) {
    const std::uint64_t beside = bits_from(words, bit + row_bits);
    const std::uint64_t end = ~bits_from(words, bit + 2) | beside | beside >> 1 | beside >> 2;
    return static_cast<std::size_t>(std::countr_zero(end | std::uint64_t{1} << kMostSteps));
  }
  const std::uint64_t beside = bits_up_to(words, bit - row_bits);
  const std::uint64_t end = ~bits_up_to(words, bit - 2) | beside | beside << 1 | beside << 2;
  return static_cast<std::size_t>(std::countl_zero(end | std::uint64_t{1} << (63 - kMostSteps)));
}

/// Turns the order of the polylines round, leaving each as it is.
void reverse_order(std::span<const PointI> points, std::span<const std::uint32_t> ends, ContourSet& out) {
  out.clear();
  out.points.reserve(points.size());
  for (std::size_t i = ends.size(); i-- > 0;) {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    out.push_back(points.subspan(begin, ends[i] - begin));
  }
}

}  // namespace

/// Appends the turning points of the border that starts at bit `start`, pixel (x, y); `background` is the direction of
/// the background pixel that the scan met it from.
void BorderFinder::follow(std::size_t start, int x, int y, unsigned background) {
  const auto row = static_cast<std::ptrdiff_t>(row_bits_);
  std::array<std::ptrdiff_t, 8> step{};
  for (std::size_t i = 0; i < step.size(); ++i) step[i] = kStepY[i] * row + kStepX[i];
  const auto put = [this](PointI point) {
    if (count_ == points_.size()) points_.resize(2 * count_ + 1024);
    points_[count_] = point;
  };

  const std::uint64_t first = neighbourhood(words_, start, row_bits_);
  unsigned direction = background;
  do {
    direction = (direction - 1) & 7;
  } while ((first >> neighbour(direction) & 1) == 0 && direction != background);
  if (direction == background) {
    Marks& marks = marks_[start / 64];
    marks.followed |= std::uint64_t{1} << start % 64;
    marks.right |= std::uint64_t{1} << start % 64;
    put({x, y});
    ++count_;
    return;
  }

  const std::size_t last = start + static_cast<std::size_t>(step[direction]);
  // Locals, which what is stored below cannot change.
  const std::uint64_t* const words = words_;
  const std::size_t row_bits = row_bits_;
  std::size_t current = start;
  unsigned arrival = direction ^ 4;
  for (;;) {
    const unsigned found = kNext[neighbourhood(words, current, row_bits) * 8 + direction];
    const unsigned next = found & 7;
    Marks& marks = marks_[current / 64];
    marks.followed |= std::uint64_t{1} << current % 64;
    marks.right |= std::uint64_t{found / kPassedRight} << current % 64;
    put({x, y});
    count_ += next != arrival;
    arrival = next;

    if (next % 4 == 0) {
      // None of the pixels passed is the start: that has background to one side.
      const std::size_t more = straight_steps(words, current, row_bits, next);
      const std::size_t from = next == kRight ? current + 1 : current - more;
      const std::uint64_t passed = (std::uint64_t{1} << more) - 1;
      marks_[from / 64].followed |= passed << from % 64;
      if (from % 64 + more > 64) marks_[from / 64 + 1].followed |= passed >> (64 - from % 64);
      current = next == kRight ? current + more : current - more;
      x += next == kRight ? static_cast<int>(more) : -static_cast<int>(more);
    }

    const std::size_t following = current + static_cast<std::size_t>(step[next]);
    if (following == start && current == last) return;
    x += kStepX[next];
    y += kStepY[next];
    current = following;
    direction = next ^ 4;
  }
}

void BorderFinder::operator()(const Bitmap& bitmap, ContourSet& out) {
  words_ = bitmap.words.data();
  row_bits_ = bitmap.stride * 64;
  count_ = 0;
  ends_.clear();
  starts_.clear();
  marks_.resize(bitmap.words.size());
  for (const std::uint32_t place : bitmap.active) marks_[place] = {};

  for (const std::size_t place : bitmap.active) {
    const std::uint64_t word = bitmap.words[place];
    const std::uint64_t starts = word & ~(word << 1 | bitmap.words[place - 1] >> 63);
    const std::uint64_t ends = word & ~(word >> 1 | bitmap.words[place + 1] << 63);
    // A run of foreground starts an outer border unless one went through its first pixel, and a hole's unless the
    // background to the right of its last pixel was met. Runs are taken in order, with what was marked before.
    std::uint64_t outer = ~std::uint64_t{0};
    std::uint64_t hole = ~std::uint64_t{0};
    for (;;) {
      outer &= starts & ~marks_[place].followed;
      hole &= ends & ~marks_[place].right;
      if ((outer | hole) == 0) break;
      const int bit = std::countr_zero(outer | hole);
      const std::uint64_t later = ~std::uint64_t{1} << bit;
      const bool is_outer = (outer >> bit & 1) != 0;
      const auto y = static_cast<int>(place / bitmap.stride) - 1;
      const auto x = static_cast<int>(place % bitmap.stride - 1) * 64 + bit;
      follow(place * 64 + static_cast<std::size_t>(bit), x, y, is_outer ? kLeft : kRight);
      if (count_ > std::numeric_limits<std::uint32_t>::max()) {
        throw std::length_error("the contours of one map have more than 2^32 points");
      }
      ends_.push_back(static_cast<std::uint32_t>(count_));
      starts_.push_back(place * 64 + static_cast<std::size_t>(bit));
      outer &= later;
      if (!is_outer) hole &= later;
    }
  }
  reverse_order(std::span(points_).first(count_), ends_, out);
}

void find_borders(const Bitmap& bitmap, ContourSet& out) {
  BorderFinder{}(bitmap, out);
}

}  // namespace thresher
