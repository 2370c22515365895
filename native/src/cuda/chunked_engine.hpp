#pragma once

#include <algorithm>
#include <cstddef>
#include <future>
#include <limits>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "parts.hpp"
#include "pipeline.hpp"
#include "redo.hpp"
#include "thresher/cuda/engine.hpp"
#include "thresher/postprocess/candidates.hpp"
#include "uploads.hpp"

namespace thresher::cuda {

/// An Engine over an executor: cuts a batch into parts that fit its memory, and hands what is in doubt to the CPU.
/// While the stages of one part run, the maps of the next are brought, and the results of the one before are taken.
/// `Executor` also has hold(maps), which brings maps to where its stages read them and returns an owner of these, its
/// Held, from any thread while stages run; and on_host(map), which brings one to where the CPU reads it, until the next
/// call or forget().
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
      if (!starts_from_rectangle(request.mode)) continue;
      results[i].boxes.resize(request.unclip_ratio.size());
      if (maps[i].ground_truth != nullptr) results[i].areas.resize(request.unclip_ratio.size());
    }
    run({maps, request, task, results});
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

  /// What a map may take, roughly: its pixels, those of one that waits and ranks, and for each level its bits, runs and
  /// borders.
  static std::size_t bytes_of(const SizedMap& map, const Request& request) {
    const auto pixels = static_cast<std::size_t>(map.map.width) * static_cast<std::size_t>(map.map.height);
    const std::size_t levels = std::min<std::size_t>(request.levels.size(), kMostLevels);
    return 10 * pixels + levels * (pixels / 2 + 4 * static_cast<std::size_t>(map.map.height));
  }

  void run(const Batch& batch) {
    executor_.forget();
    PartQueue parts(batch.maps, batch.request.levels.size(), executor_.memory(),
                    [&](const SizedMap& map) { return bytes_of(map, batch.request); });
    Uploads<Executor> uploads(executor_, batch.maps);
    std::future<void> taking;
    while (!parts.empty()) {
      if (batch.task != nullptr) batch.task->check();
      const Part part = parts.take();
      ++work_.chunks;
      auto found = find_part(batch, part, parts, uploads);
      if (!found) continue;
      work_.contours += found->borders;
      if (taking.valid()) taking.get();
      if (parts.empty()) {
        take(batch, part, *found);
      } else {
        taking = std::async(std::launch::async,
                            [this, &batch, part, result = std::move(*found)] { take(batch, part, result); });
      }
    }
  }

  /// Runs the stages. Where memory does not reach, nothing: then the part, or its halves, are first among the parts.
  std::optional<ChunkResult> find_part(const Batch& batch, const Part& part, PartQueue& parts,
                                       Uploads<Executor>& uploads) {
    try {
      const auto maps = uploads.bring(part);
      const Part* next = parts.next_after(part);
      if (next != nullptr && !part.alone) uploads.prefetch(*next);
      const auto levels = std::span(batch.request.levels).subspan(part.level, part.levels);
      return Pipeline<Executor>(executor_).run(maps, levels, batch.request);
    } catch (const std::bad_alloc&) {
      Part again = part;
      again.alone = true;
      if (uploads.drop_coming()) {
        parts.put_back(again);
        return std::nullopt;
      }
      if (part.count * part.levels == 1) throw too_large(batch.maps[part.first].map);
      if (part.count > 1) uploads.drop();
      parts.put_back_halves(again);
      ++work_.chunks_too_large;
      return std::nullopt;
    }
  }

  static DeviceMemoryError too_large(MapView map) {
    return DeviceMemoryError("a map of " + std::to_string(map.width) + " x " + std::to_string(map.height) +
                             " does not fit in the device's memory, even by itself at one threshold");
  }

  /// Adds a part's candidates to the results of its maps.
  void take(const Batch& batch, const Part& part, const ChunkResult& found) {
    if (starts_from_rectangle(batch.request.mode)) {
      take(batch, part, found, found.candidates);
    } else {
      take(batch, part, found, found.polygons);
    }
  }
  template <class FromChunk>
  void take(const Batch& batch, const Part& part, const ChunkResult& found, const std::vector<FromChunk>& candidates) {
    std::size_t next = 0;
    std::size_t contour = 0;
    for (std::size_t i = 0; i < part.count; ++i) {
      ImageCandidates& result = batch.results[part.first + i];
      for (std::size_t level = 0; level < part.levels; ++level) {
        const std::size_t bitmap = i * part.levels + level;
        for (; next < candidates.size() && candidates[next].bitmap == bitmap; ++next) {
          const FromChunk& from = candidates[next];
          ++work_.candidates;
          FoundCandidate candidate{from.contour, read_outline(found, from), from.score};
          const bool doubtful = from.standing() == Standing::doubtful;
          if (doubtful && !redo(batch, part.first + i, found.contours[contour++], candidate)) continue;
          result.candidates.push_back(candidate);
          result.outlines.push_back(outline_);
          take_boxes(batch, part.first + i, found, next, result);
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
  std::vector<PointD> outline_;
  Work work_;
};

}  // namespace thresher::cuda
