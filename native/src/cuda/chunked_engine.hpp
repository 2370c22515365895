#pragma once

#include <algorithm>
#include <cstddef>
#include <new>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "pipeline.hpp"
#include "redo.hpp"
#include "thresher/cuda/engine.hpp"

namespace thresher::cuda {

/// An Engine over an executor: cuts a batch into chunks that fit its memory, and hands what is in doubt to the CPU.
/// `Executor` also has hold(maps), which brings maps to where its stages read them, forget(), which ends that and the
/// chunk, and on_host(map), which brings one to where the CPU reads it, until the next call.
template <class Executor>
class ChunkedEngine : public Engine {
 public:
  template <class... Arguments>
  explicit ChunkedEngine(Arguments&&... arguments) : executor_(std::forward<Arguments>(arguments)...) {}

  std::vector<ImageCandidates> find(std::span<const SizedMap> maps, const Request& request, const Task* task) override {
    if (const std::string reason = refusal(request.mode); !reason.empty()) throw std::invalid_argument(reason);
    std::vector<ImageCandidates> results(maps.size());
    for (std::size_t i = 0; i < maps.size(); ++i) {
      results[i].boxes.resize(request.unclip_ratio.size());
      if (maps[i].ground_truth != nullptr) results[i].areas.resize(request.unclip_ratio.size());
    }
    const Batch batch{maps, request, task, results};
    for (std::size_t first = 0; first < maps.size();) {
      const std::size_t memory = executor_.memory();
      std::size_t count = 1;
      std::size_t bytes = bytes_of(maps[first], request);
      while (first + count < maps.size()) {
        bytes += bytes_of(maps[first + count], request);
        if (bytes > memory) break;
        ++count;
      }
      run_levels(batch, first, count);
      first += count;
    }
    return results;
  }

  [[nodiscard]] Work work() const override { return work_; }

 private:
  struct Batch {
    std::span<const SizedMap> maps;
    const Request& request;
    const Task* task;
    std::span<ImageCandidates> results;
  };

  /// What a map may take, roughly: its pixels and their ranks, and for each level its bits, runs and borders.
  static std::size_t bytes_of(const SizedMap& map, const Request& request) {
    const auto pixels = static_cast<std::size_t>(map.map.width) * static_cast<std::size_t>(map.map.height);
    const std::size_t levels = std::min<std::size_t>(request.levels.size(), kMostLevels);
    return 6 * pixels + levels * (pixels / 2 + 4 * static_cast<std::size_t>(map.map.height));
  }

  void run_levels(const Batch& batch, std::size_t first, std::size_t count) {
    const std::size_t levels = batch.request.levels.size();
    for (std::size_t level = 0; level < levels; level += kMostLevels) {
      run(batch, first, count, level, std::min<std::size_t>(kMostLevels, levels - level));
    }
  }

  /// Maps and levels from `first` and `level` on: all of them at once, or, where memory does not reach, in halves.
  void run(const Batch& batch, std::size_t first, std::size_t count, std::size_t level, std::size_t levels) {
    if (batch.task != nullptr) batch.task->check();
    ++work_.chunks;
    try {
      return run_chunk(batch, first, count, level, levels);
    } catch (const std::bad_alloc&) {
      executor_.forget();
      if (count * levels == 1) throw too_large(batch.maps[first].map);
    } catch (...) {
      executor_.forget();
      throw;
    }
    ++work_.chunks_too_large;
    if (count > 1) {
      run(batch, first, count / 2, level, levels);
      run(batch, first + count / 2, count - count / 2, level, levels);
    } else {
      run(batch, first, count, level, levels / 2);
      run(batch, first, count, level + levels / 2, levels - levels / 2);
    }
  }

  static DeviceMemoryError too_large(MapView map) {
    return DeviceMemoryError("a map of " + std::to_string(map.width) + " x " + std::to_string(map.height) +
                             " does not fit in the device's memory, even by itself at one threshold");
  }

  void run_chunk(const Batch& batch, std::size_t first, std::size_t count, std::size_t level, std::size_t levels) {
    const auto maps = batch.maps.subspan(first, count);
    const auto held = executor_.hold(maps);
    const std::span<const float> values = std::span(batch.request.levels).subspan(level, levels);
    const ChunkResult found = Pipeline<Executor>(executor_).run(held, values, batch.request);
    executor_.forget();
    work_.contours += found.borders;
    take(batch, first, count, levels, found);
  }

  /// Adds a chunk's candidates to the results of its maps.
  void take(const Batch& batch, std::size_t first, std::size_t count, std::size_t levels, const ChunkResult& found) {
    std::size_t next = 0;
    std::size_t contour = 0;
    for (std::size_t i = 0; i < count; ++i) {
      ImageCandidates& result = batch.results[first + i];
      for (std::size_t level = 0; level < levels; ++level) {
        const std::size_t bitmap = i * levels + level;
        for (; next < found.candidates.size() && found.candidates[next].bitmap == bitmap; ++next) {
          const bool doubtful = found.candidates[next].rectangle.standing == Standing::doubtful;
          const std::span<const PointI> points =
              doubtful ? std::span<const PointI>(found.contours[contour++]) : std::span<const PointI>();
          take(batch, first + i, found, next, points, result);
        }
        result.ends.push_back(result.candidates.size());
      }
    }
  }

  void take(const Batch& batch, std::size_t image, const ChunkResult& found, std::size_t place,
            std::span<const PointI> contour, ImageCandidates& result) {
    SizedMap map = batch.maps[image];
    const QuadCandidate& from = found.candidates[place];
    FoundCandidate candidate{from.contour, from.rectangle.side, from.score, {}};
    for (std::size_t i = 0; i < 4; ++i) {
      candidate.polygon[i] = {static_cast<double>(from.rectangle.corners[i].x),
                              static_cast<double>(from.rectangle.corners[i].y)};
    }
    ++work_.candidates;
    if (!contour.empty()) {
      ++work_.candidates_redone;
      map.map = executor_.on_host(map.map);
      if (!redo_.candidate(map.map, batch.request, contour, candidate)) return;
    }
    result.candidates.push_back(candidate);
    for (std::size_t r = 0; r < batch.request.unclip_ratio.size(); ++r) {
      ++work_.boxes;
      const ExpandedQuad& quad = found.expanded[r][place];
      if (quad.standing == Standing::doubtful) {
        ++work_.boxes_redone;
        result.boxes[r].push_back(redo_.box(map, batch.request, batch.request.unclip_ratio[r], candidate));
      } else {
        result.boxes[r].push_back({quad.standing == Standing::found, quad.side, quad.corners});
      }
      if (!result.areas.empty()) take_areas(found.areas[r].of(place), result.areas[r]);
    }
  }

  /// Adds a box's areas. A box that the CPU redid has none.
  void take_areas(std::span<const AreaCell> cells, KnownAreas& areas) {
    for (const AreaCell& cell : cells) {
      ++work_.areas;
      if (cell.area == kNoRoom) {
        ++work_.areas_left;
      } else {
        areas.add(cell.gt, cell.area);
      }
    }
    areas.close();
  }

  Executor executor_;
  Redo redo_;
  Work work_;
};

}  // namespace thresher::cuda
