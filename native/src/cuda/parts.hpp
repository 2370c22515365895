#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <span>

#include "level_bits.hpp"
#include "thresher/cuda/engine.hpp"

namespace thresher::cuda {

/// Maps and levels of a batch that are computed at once.
struct Part {
  std::size_t first = 0;  ///< map
  std::size_t count = 0;
  std::size_t level = 0;
  std::size_t levels = 0;
  bool alone = false;  ///< without the next part's maps beside it in memory

  [[nodiscard]] bool has_same_maps(const Part& other) const { return first == other.first && count == other.count; }
};

/// The parts of a batch that are left, in order. Each has as many maps as by estimate fit in memory, and no more than
/// keep a device busy: while a part is computed, the next one's maps are brought and the last one's results are taken.
class PartQueue {
 public:
  /// `bytes_of(map)` is the estimate of what a map takes at all levels.
  template <class BytesOf>
  PartQueue(std::span<const SizedMap> maps, std::size_t levels, std::size_t memory, BytesOf bytes_of) {
    for (std::size_t first = 0; first < maps.size();) {
      std::size_t count = 1;
      std::size_t bytes = bytes_of(maps[first]);
      std::size_t pixels = pixels_of(maps[first]);
      for (; first + count < maps.size(); ++count) {
        bytes += bytes_of(maps[first + count]);
        pixels += pixels_of(maps[first + count]);
        if (bytes > memory || pixels > kMostPixels) break;
      }
      for (std::size_t level = 0; level < levels; level += kMostLevels) {
        parts_.push_back({first, count, level, std::min<std::size_t>(kMostLevels, levels - level)});
      }
      first += count;
    }
  }

  [[nodiscard]] bool empty() const { return parts_.empty(); }
  Part take() {
    const Part part = parts_.front();
    parts_.pop_front();
    return part;
  }
  /// The next part with other maps than these; null after the last.
  [[nodiscard]] const Part* next_after(const Part& part) const {
    const auto next = std::ranges::find_if(parts_, [&](const Part& other) { return !part.has_same_maps(other); });
    return next == parts_.end() ? nullptr : &*next;
  }
  /// Puts a part first again.
  void put_back(const Part& part) { parts_.push_front(part); }
  /// Puts the halves of a part first: of its maps, or of its levels where it is one map.
  void put_back_halves(const Part& part) {
    Part low = part;
    Part high = part;
    if (part.count > 1) {
      low.count = part.count / 2;
      high.first += low.count;
      high.count -= low.count;
    } else {
      low.levels = part.levels / 2;
      high.level += low.levels;
      high.levels -= low.levels;
    }
    parts_.push_front(high);
    parts_.push_front(low);
  }

 private:
  static constexpr std::size_t kMostPixels = std::size_t{1} << 26;

  static std::size_t pixels_of(const SizedMap& map) {
    return static_cast<std::size_t>(map.map.width) * static_cast<std::size_t>(map.map.height);
  }

  std::deque<Part> parts_;
};

}  // namespace thresher::cuda
