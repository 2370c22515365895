#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <new>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "pipeline.hpp"
#include "redo.hpp"
#include "thresher/cuda/engine.hpp"
#include "thresher/postprocess/candidates.hpp"

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
    std::vector<ImageCandidates> results(maps.size());
    for (std::size_t i = 0; i < maps.size(); ++i) {
      results[i].map = {maps[i].map.width, maps[i].map.height};
      results[i].image = maps[i].size;
      if (starts_from_rectangle(request.mode)) results[i].boxes.resize(request.unclip_ratio.size());
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
    if (starts_from_rectangle(batch.request.mode)) {
      take(batch, first, count, levels, found, found.candidates);
    } else {
      take(batch, first, count, levels, found, found.polygons);
    }
  }

  /// Adds a chunk's candidates to the results of its maps.
  template <class FromChunk>
  void take(const Batch& batch, std::size_t first, std::size_t count, std::size_t levels, const ChunkResult& found,
            const std::vector<FromChunk>& candidates) {
    std::size_t next = 0;
    std::size_t contour = 0;
    for (std::size_t i = 0; i < count; ++i) {
      ImageCandidates& result = batch.results[first + i];
      for (std::size_t level = 0; level < levels; ++level) {
        const std::size_t bitmap = i * levels + level;
        for (; next < candidates.size() && candidates[next].bitmap == bitmap; ++next) {
          const FromChunk& from = candidates[next];
          ++work_.candidates;
          FoundCandidate candidate{from.contour, read_outline(found, from), from.score};
          if (from.standing() == Standing::doubtful && !redo(batch, first + i, found.contours[contour++], candidate)) {
            continue;
          }
          result.candidates.push_back(candidate);
          result.outlines.push_back(outline_);
          take_boxes(batch, first + i, found, next, result);
        }
        result.ends.push_back(result.candidates.size());
      }
    }
  }

  /// Sets outline_ to what is expanded; returns the side.
  float read_outline(const ChunkResult&, const QuadCandidate& from) {
    outline_.clear();
    for (const PointF corner : from.rectangle.corners) outline_.push_back({corner.x, corner.y});
    return from.rectangle.side;
  }
  float read_outline(const ChunkResult& found, const PolygonCandidate& from) {
    outline_.clear();
    for (const PointI vertex : std::span(found.vertices).subspan(from.first_vertex, from.vertices)) {
      outline_.push_back({static_cast<double>(vertex.x), static_cast<double>(vertex.y)});
    }
    return std::numeric_limits<float>::infinity();
  }

  /// Puts the CPU's answer into a candidate and outline_. False where it leaves the contour out.
  bool redo(const Batch& batch, std::size_t image, std::span<const PointI> contour, FoundCandidate& out) {
    ++work_.candidates_redone;
    const Candidate* candidate = redo_.candidate(executor_.on_host(batch.maps[image].map), batch.request, contour);
    if (candidate == nullptr) return false;
    out.side = candidate->side;
    out.score = candidate->score;
    outline_ = candidate->polygon;
    return true;
  }

  /// The boxes of the candidate that was taken last, where the engine expands them.
  void take_boxes(const Batch& batch, std::size_t image, const ChunkResult& found, std::size_t place,
                  ImageCandidates& result) {
    for (std::size_t r = 0; r < result.boxes.size(); ++r) {
      ++work_.boxes;
      const ExpandedQuad& quad = found.expanded[r][place];
      if (quad.standing == Standing::doubtful) {
        ++work_.boxes_redone;
        result.boxes[r].push_back(redo_.box(batch.maps[image], batch.request, batch.request.unclip_ratio[r], outline_));
      } else {
        result.boxes[r].push_back({quad.standing == Standing::found, quad.side, quad.corners});
      }
    }
  }

  Executor executor_;
  Redo redo_;
  std::vector<PointD> outline_;
  Work work_;
};

}  // namespace thresher::cuda
