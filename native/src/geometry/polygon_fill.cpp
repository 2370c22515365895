#include "thresher/geometry/polygon_fill.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <utility>

#include "clip_line.hpp"
#include "fill_steps.hpp"

namespace thresher {

void PolygonFill::set(std::int64_t y, std::int64_t first, std::int64_t last) {
  std::uint64_t* row = bits_.data() + static_cast<std::size_t>(y) * words_a_row_;
  const auto first_word = static_cast<std::size_t>(first) / 64;
  const auto last_word = static_cast<std::size_t>(last) / 64;
  const std::uint64_t from_first = ~std::uint64_t{0} << (first % 64);
  const std::uint64_t to_last = ~std::uint64_t{0} >> (63 - last % 64);
  if (first_word == last_word) {
    row[first_word] |= from_first & to_last;
    return;
  }
  row[first_word] |= from_first;
  for (std::size_t word = first_word + 1; word < last_word; ++word) row[word] = ~std::uint64_t{0};
  row[last_word] |= to_last;
}

/// Bresenham's line, walked from left to right. On an exact half the minor coordinate steps late.
void PolygonFill::draw_line(PointI from, PointI to) {
  Line line{{from.x, from.y}, {to.x, to.y}};
  if (!contains(size_, line.from) || !contains(size_, line.to)) {
    if (!clip(line, size_)) return;
  }
  auto [a, b] = line;
  if (b.x < a.x) std::swap(a, b);
  const std::int64_t dx = b.x - a.x;
  const std::int64_t dy = std::abs(b.y - a.y);
  const std::int64_t down = b.y < a.y ? -1 : 1;
  if (dy > dx) {
    std::int64_t x = a.x;
    std::int64_t error = dy - 2 * dx;
    for (std::int64_t i = 0, y = a.y; i <= dy; ++i, y += down) {
      set(y, x, x);
      if (error < 0) {
        error += 2 * dy;
        ++x;
      }
      error -= 2 * dx;
    }
    return;
  }
  std::int64_t y = a.y;
  std::int64_t error = dx - 2 * dy;
  std::int64_t run_start = a.x;
  for (std::int64_t x = a.x; x < b.x; ++x) {
    if (error < 0) {
      set(y, run_start, x);
      run_start = x + 1;
      error += 2 * dx;
      y += down;
    }
    error -= 2 * dy;
  }
  set(y, run_start, b.x);
}

void PolygonFill::collect_edges(std::span<const PointI> polygon) {
  edges_.clear();
  PointI previous = polygon.back();
  for (const PointI point : polygon) {
    draw_line(previous, point);
    if (previous.y != point.y) {
      const fill_steps::Slope slope = fill_steps::slope(previous, point);
      edges_.push_back({slope.top.y, slope.bottom.y, slope.begin(), slope.step()});
    }
    previous = point;
  }
}

void PolygonFill::fill_interior() {
  std::ranges::sort(edges_, {}, &Edge::top);
  crossings_.clear();
  std::size_t next = 0;
  const auto last_row = [this] {
    std::int64_t last = 0;
    for (const Edge& edge : edges_) last = std::max(last, edge.bottom);
    return std::min<std::int64_t>(last, size_.height);
  }();
  for (std::int64_t y = edges_.empty() ? 0 : std::max<std::int64_t>(edges_[0].top, 0); y < last_row; ++y) {
    std::erase_if(crossings_, [y](const Crossing& crossing) { return crossing.bottom <= y; });
    for (; next < edges_.size() && edges_[next].top <= y; ++next) {
      const Edge& edge = edges_[next];
      if (edge.bottom > y) crossings_.push_back({edge.x + edge.slope * (y - edge.top), edge.slope, edge.bottom});
    }
    fill_row(y);
    for (Crossing& crossing : crossings_) crossing.x += crossing.slope;
  }
}

/// Sets the pixels whose centres lie between successive pairs of crossings.
void PolygonFill::fill_row(std::int64_t y) {
  // Nearly sorted from the row before.
  for (std::size_t i = 1; i < crossings_.size(); ++i) {
    for (std::size_t j = i; j > 0 && crossings_[j].x < crossings_[j - 1].x; --j) {
      std::swap(crossings_[j], crossings_[j - 1]);
    }
  }
  for (std::size_t i = 0; i + 1 < crossings_.size(); i += 2) {
    const fill_steps::Run inside = fill_steps::between(crossings_[i].x, crossings_[i + 1].x);
    const std::int64_t first = std::max<std::int64_t>(inside.first, 0);
    const std::int64_t last = std::min<std::int64_t>(inside.last, size_.width - 1);
    if (first <= last) set(y, first, last);
  }
}

void PolygonFill::collect_runs() {
  runs_.clear();
  for (std::int32_t y = 0; y < size_.height; ++y) {
    const std::uint64_t* row = bits_.data() + static_cast<std::size_t>(y) * words_a_row_;
    std::int32_t begin = -1;
    for (std::size_t word = 0; word < words_a_row_; ++word) {
      // Where the value changes against the pixel before; the carry is the run that is open.
      std::uint64_t changes = row[word] ^ (row[word] << 1 | (begin >= 0 ? 1U : 0U));
      for (; changes != 0; changes &= changes - 1) {
        const auto x = static_cast<std::int32_t>(word * 64) + std::countr_zero(changes);
        if (begin < 0) {
          begin = x;
        } else {
          runs_.push_back({y, begin, x});
          begin = -1;
        }
      }
    }
    if (begin >= 0) runs_.push_back({y, begin, size_.width});
  }
}

std::span<const PixelRun> PolygonFill::operator()(std::span<const PointI> polygon, Size size) {
  runs_.clear();
  if (polygon.empty() || size.width <= 0 || size.height <= 0) return runs_;
  size_ = size;
  words_a_row_ = (static_cast<std::size_t>(size.width) + 63) / 64;
  bits_.assign(words_a_row_ * static_cast<std::size_t>(size.height), 0);
  collect_edges(polygon);
  fill_interior();
  collect_runs();
  return runs_;
}

}  // namespace thresher
