#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "calipers.hpp"

namespace thresher::calipers {

/// Calipers round hulls of few vertices and short edges, as nearly all are, with the same bits: the products that tell
/// which edge comes first are then exact, so that a number an edge tells it too.
class NearCalipers {
 public:
  /// Whether it can do the hull: three to kMost vertices that go round a strictly convex polygon once, clockwise on the
  /// screen, on a map of a usual size.
  bool start(std::span<const PointI> hull) {
    count_ = hull.size();
    if (count_ < 3 || count_ > kMost) return false;
    return lay_vertices(hull) && number_edges();
  }

  /// Calipers::least_area_frame.
  Frame least_area_frame() {
    find_directions();
    std::array<std::uint32_t, 4> heads;
    for (std::uint32_t side = 0; side < 4; ++side) heads[side] = head(touching_[side], side);
    float least = std::numeric_limits<float>::max();
    Vector best{};
    float best_width = 0;
    float best_height = 0;
    Vector best_left{};
    Vector best_bottom{};
    for (std::size_t i = 0; i < count_; ++i) {
      const std::uint32_t side = std::min(std::min(heads[0], heads[1]), std::min(heads[2], heads[3])) % 4;
      const std::uint32_t edge = touching_[side];
      touching_[side] = edge + 1;
      heads[side] = head(edge + 1, side);
      const float* const unit = directions_.data() + 8 * (edge < count_ ? edge : edge - count_) + side;
      const Vector base{unit[0], unit[1]};
      const Vector left = at(touching_[kLeft]);
      const Vector bottom = at(touching_[kBottom]);
      const Vector right = at(touching_[kRight]);
      const Vector top = at(touching_[kTop]);
      const float width = dot({right.x - left.x, right.y - left.y}, base);
      const Vector rise{top.x - bottom.x, top.y - bottom.y};
      const float height = -rise.x * base.y + rise.y * base.x;
      const float area = width * height;
      if (area <= least) {
        least = area;
        best = base;
        best_width = width;
        best_height = height;
        best_left = left;
        best_bottom = bottom;
      }
    }
    return frame(best, best_width, best_height, best_left, best_bottom);
  }

 private:
  static constexpr std::uint32_t kMost = 64;
  static constexpr std::int32_t kFarthest = 1 << 22;  // px; float32 holds more
  static constexpr std::int32_t kWidest = 1 << 14;    // px
  /// px, |dx| + |dy|. Below it the shares of two different slopes are at least 2^-22 apart, four of their last bits.
  static constexpr float kLongestEdge = 2047;

  [[nodiscard]] Vector at(std::uint32_t i) const { return {x_[i], y_[i]}; }

  /// Twice round, so that nothing need wrap, and where the calipers touch first. False for hulls too wide.
  bool lay_vertices(std::span<const PointI> hull) {
    const PointI origin = hull[0];
    if (std::max(std::abs(origin.x), std::abs(origin.y)) >= kFarthest) return false;
    std::int32_t reach = 0;
    std::array<std::int32_t, 4> least;
    least.fill(std::numeric_limits<std::int32_t>::max());
    for (std::size_t i = 0; i < count_; ++i) {
      const std::int32_t x = hull[i].x - origin.x;
      const std::int32_t y = hull[i].y - origin.y;
      reach = std::max(reach, std::max(std::abs(x), std::abs(y)));
      // The first vertex of the least number: its place fills the last bits. Of hulls too wide nothing is used.
      const auto packed = [](std::int32_t value) {
        return static_cast<std::int32_t>(static_cast<std::uint32_t>(value) * 2 * kMost);
      };
      const auto place = static_cast<std::int32_t>(i);
      least[kLeft] = std::min(least[kLeft], packed(x) + place);
      least[kRight] = std::min(least[kRight], packed(-x) + place);
      least[kTop] = std::min(least[kTop], packed(-y) + place);
      least[kBottom] = std::min(least[kBottom], packed(y) + place);
      x_[i] = x_[count_ + i] = static_cast<float>(hull[i].x);
      y_[i] = y_[count_ + i] = static_cast<float>(hull[i].y);
    }
    for (std::size_t side = 0; side < 4; ++side)
      touching_[side] = static_cast<std::uint32_t>(least[side]) % (2 * kMost);
    return reach < kWidest;
  }

  /// Gives each edge a number that grows with its direction through the whole turn: the quarter, and in it the share of
  /// the way to the next, with two bits to spare. False where they do not grow once all the way round.
  bool number_edges() {
    float longest = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      const float x = x_[i + 1] - x_[i];
      const float y = y_[i + 1] - y_[i];
      const float width = std::fabs(x);
      const float height = std::fabs(y);
      const bool upper = y > 0 || (y == 0 && x > 0);
      const std::uint32_t quarter = upper ? (x > 0 ? 0U : 1U) : (x < 0 ? 2U : 3U);
      const float sum = width + height;
      const float share = (quarter % 2 != 0 ? width : height) / sum;
      longest = std::max(longest, sum);
      edge_x_[i] = x;
      edge_y_[i] = y;
      numbers_[i] = quarter << 30 | static_cast<std::uint32_t>(static_cast<std::int32_t>(share * 0x1p28F)) << 2;
    }
    if (!(longest <= kLongestEdge)) return false;
    std::copy_n(numbers_.begin(), count_ + 1, numbers_.begin() + static_cast<std::ptrdiff_t>(count_));
    numbers_[2 * count_] = numbers_[0];
    std::uint32_t falls = 0;
    for (std::size_t i = 0; i < count_; ++i) falls += numbers_[i + 1] <= numbers_[i];
    return falls == 1;
  }

  /// An edge's direction and those turned from it by one to three quarters, twice, so that side s finds as_bottom at s.
  void find_directions() {
    std::array<float, kMost> unit_x;
    std::array<float, kMost> unit_y;
    for (std::size_t i = 0; i < count_; ++i) {
      const float inverse = inverse_length({edge_x_[i], edge_y_[i]});
      unit_x[i] = edge_x_[i] * inverse;
      unit_y[i] = edge_y_[i] * inverse;
    }
    for (std::size_t i = 0; i < count_; ++i) {
      const std::array<float, 4> turned{unit_x[i], unit_y[i], -unit_x[i], -unit_y[i]};
      std::copy_n(turned.begin(), 4, directions_.begin() + static_cast<std::ptrdiff_t>(8 * i));
      std::copy_n(turned.begin(), 4, directions_.begin() + static_cast<std::ptrdiff_t>(8 * i + 4));
    }
  }

  /// How far the calipers turn until a side meets an edge; of equals the first side's is least.
  [[nodiscard]] std::uint32_t head(std::uint32_t edge, std::uint32_t side) const {
    return (numbers_[edge] - (side << 30)) | side;
  }

  std::size_t count_ = 0;
  std::array<float, 2 * kMost> x_;
  std::array<float, 2 * kMost> y_;
  std::array<float, kMost> edge_x_;
  std::array<float, kMost> edge_y_;
  std::array<std::uint32_t, 2 * kMost + 1> numbers_;
  std::array<float, 8 * kMost> directions_;
  std::array<std::uint32_t, 4> touching_{};
};

}  // namespace thresher::calipers
