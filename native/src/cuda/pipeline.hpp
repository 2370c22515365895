#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <new>
#include <span>
#include <vector>

#include "active_words.hpp"
#include "border_starts.hpp"
#include "border_walk.hpp"
#include "components.hpp"
#include "expansions.hpp"
#include "fill_scores.hpp"
#include "layout.hpp"
#include "level_bits.hpp"
#include "overlaps.hpp"
#include "polygons.hpp"
#include "rectangles.hpp"
#include "runs.hpp"
#include "scores.hpp"
#include "thresher/cuda/engine.hpp"
#include "thresher/postprocess/candidates.hpp"

namespace thresher::cuda {

/// What a chunk of maps and levels gave.
struct ChunkResult {
  std::vector<QuadCandidate> candidates;            ///< by bitmap, then by contour
  std::vector<PolygonCandidate> polygons;           ///< the same, of modes whose candidates are polygons
  std::vector<PointI> vertices;                     ///< of the polygons
  std::vector<std::vector<ExpandedQuad>> expanded;  ///< by ratio, then one a candidate
  std::vector<FoundAreas> areas;                    ///< by ratio
  std::vector<std::vector<PointI>> contours;        ///< one a doubtful candidate, in order
  std::uint64_t borders = 0;
};

/// The stages over one chunk, in the memory and by the loops of an executor: HostExecutor says what that has.
/// Its for_each calls return before the work is done where it has a queue; downloads and scans wait for it.
template <class Executor>
class Pipeline {
 public:
  explicit Pipeline(Executor& executor) : executor_(executor) {}

  /// Maps are where the executor's memory is. Throws std::bad_alloc where the chunk does not fit.
  ChunkResult run(std::span<const SizedMap> maps, std::span<const float> levels, const Request& request) {
    ChunkResult result;
    const auto images = lay_out(maps, levels.size());
    const std::size_t bitmaps = maps.size() * levels.size();
    const auto image_memory = uploaded<Image>(images);
    const auto level_memory = uploaded<float>(levels);
    const Chunk chunk{image_memory.data(), index(maps.size()), index(levels.size())};

    const Buffer<ActiveWord> active = find_active(chunk, levels[0], request.mode.dilate);
    if (active.size() == 0) return result;
    const Buffer<std::uint64_t> words = make_bitmaps(chunk, active, level_memory.data(), request.mode.dilate);
    const RunMemory runs = find_runs({chunk, active.data(), words.data()}, active.size() * levels.size());
    if (runs.row.size() == 0) return result;
    const RunTable table{
        chunk, {runs.row.data(), runs.begin.data(), runs.end.data()}, runs.row_start.data(), index(runs.row.size())};
    const Buffer<BorderStart> starts = find_starts(table, bitmaps, request.contours);
    result.borders = starts.size();
    if (starts.size() == 0) return result;

    const BorderWords borders{chunk, words.data(), starts.data()};
    const BorderMemory traced = trace(borders, starts.size());
    if (starts_from_rectangle(request.mode)) {
      Buffer<QuadCandidate> candidates = find_rectangles(borders, traced, request);
      candidates = scores_slowly(request.mode) ? score_contours(chunk, traced, candidates, request.box_thresh)
                                               : score(chunk, candidates, request.box_thresh);
      result.candidates = downloaded(candidates);
      result.contours = doubtful_contours(result.candidates, traced);
      OverlapStage<Executor> overlaps(executor_, maps);
      for (const double ratio : request.unclip_ratio) {
        const Buffer<ExpandedQuad> boxes = expand(chunk, candidates, request, ratio);
        result.areas.push_back(overlaps.find(candidates, boxes, chunk.levels));
        result.expanded.push_back(downloaded(boxes));
      }
    } else {
      const auto polygons = scored_polygons(chunk, borders, traced, request);
      result.polygons = downloaded(polygons.candidates);
      result.vertices = downloaded(polygons.vertices);
      result.contours = doubtful_contours(result.polygons, traced);
    }
    return result;
  }

 private:
  template <class T>
  using Buffer = typename Executor::template Buffer<T>;

  struct RunMemory {
    Buffer<Index> row;
    Buffer<std::int32_t> begin;
    Buffer<std::int32_t> end;
    Buffer<Index> row_start;
  };

  /// Borders' turning points one after the other, and which rows they are in.
  struct BorderMemory {
    Buffer<Offset> first_point;
    Buffer<PointI> points;
    Buffer<std::uint32_t> row_counts;
    Buffer<std::int32_t> tops;
  };

  /// A count as an index, where the chunk is small enough for those.
  static Index index(std::uint64_t count) {
    if (count >= std::numeric_limits<Index>::max()) throw std::bad_alloc();
    return static_cast<Index>(count);
  }

  /// Steps may write a word's bytes one by one.
  static std::uint8_t* bytes_of(const Buffer<std::uint64_t>& words) {
    return reinterpret_cast<std::uint8_t*>(words.data());
  }

  template <class T>
  Buffer<T> uploaded(std::span<const T> values) {
    auto memory = executor_.template buffer<T>(values.size());
    executor_.upload(values.data(), values.size(), memory.data());
    return memory;
  }
  template <class T>
  std::vector<T> downloaded(const Buffer<T>& memory) {
    std::vector<T> values(memory.size());
    executor_.download(memory.data(), values.size(), values.data());
    return values;
  }

  std::vector<Image> lay_out(std::span<const SizedMap> maps, std::size_t levels) {
    std::vector<Image> images;
    word_count_ = row_count_ = bitmap_words_ = 0;
    for (const SizedMap& map : maps) {
      Image image;
      image.pixels = map.map.data;
      image.size = {map.map.width, map.map.height};
      image.scaled = map.size;
      image.row_words = (static_cast<Index>(map.map.width) + 63) / 64;
      image.first_word = word_count_;
      image.first_row = row_count_;
      image.first_bits = bitmap_words_;
      word_count_ += Offset{image.row_words} * static_cast<Offset>(map.map.height);
      row_count_ += levels * static_cast<Offset>(map.map.height);
      bitmap_words_ += levels * image.bitmap_words();
      images.push_back(image);
    }
    index(row_count_ + 1);
    return images;
  }

  Buffer<ActiveWord> find_active(const Chunk& chunk, float lowest, bool dilate) {
    auto marks = executor_.template buffer<std::uint32_t>(word_count_);
    {
      const auto eighths = executor_.template buffer<std::uint64_t>(word_count_);
      executor_.for_each(8 * word_count_, MarkEighths{chunk, lowest, bytes_of(eighths)});
      executor_.for_each(word_count_, MarkActive{eighths.data(), marks.data()});
    }
    if (dilate) {
      auto grown = executor_.template buffer<std::uint32_t>(word_count_);
      executor_.for_each(word_count_, GrowActive{chunk, marks.data(), grown.data()});
      marks = std::move(grown);
    }
    const auto places = executor_.template buffer<Offset>(word_count_ + 1);
    const Offset count = executor_.exclusive_scan(marks.data(), word_count_, places.data());
    auto active = executor_.template buffer<ActiveWord>(count);
    executor_.for_each(word_count_, ListActive{chunk, marks.data(), places.data(), active.data()});
    executor_.for_each(chunk.image_count, FindOwnActive{chunk, places.data()});
    return active;
  }

  Buffer<std::uint64_t> make_bitmaps(const Chunk& chunk, const Buffer<ActiveWord>& active, const float* levels,
                                     bool dilate) {
    const Offset items = active.size() * chunk.levels;
    auto words = executor_.template zeros<std::uint64_t>(bitmap_words_);
    {
      const auto ranks = executor_.template buffer<std::uint64_t>(active.size() * 8);
      executor_.for_each(active.size() * 64, RankPixels{chunk, active.data(), levels, bytes_of(ranks)});
      executor_.for_each(items, AssembleWords{chunk, active.data(), active.size(), ranks.data(), words.data()});
    }
    if (!dilate) return words;
    auto dilated = executor_.template zeros<std::uint64_t>(bitmap_words_);
    executor_.for_each(items, DilateWords{chunk, active.data(), active.size(), words.data(), dilated.data()});
    return dilated;
  }

  RunMemory find_runs(const Items& items, std::size_t count) {
    const auto starts = executor_.template buffer<std::uint32_t>(count);
    const auto ends = executor_.template buffer<std::uint32_t>(count);
    executor_.for_each(count, CountRuns{items, starts.data(), ends.data()});
    const auto first_start = executor_.template buffer<Offset>(count + 1);
    const auto first_end = executor_.template buffer<Offset>(count + 1);
    executor_.exclusive_scan(ends.data(), count, first_end.data());
    const Index runs = index(executor_.exclusive_scan(starts.data(), count, first_start.data()));
    RunMemory memory{executor_.template buffer<Index>(runs), executor_.template buffer<std::int32_t>(runs),
                     executor_.template buffer<std::int32_t>(runs), executor_.template buffer<Index>(row_count_ + 1)};
    const Runs columns{memory.row.data(), memory.begin.data(), memory.end.data()};
    executor_.for_each(count, WriteRuns{items, first_start.data(), first_end.data(), columns});
    executor_.for_each(row_count_ + 1, FindRowStarts{columns.row, runs, memory.row_start.data()});
    return memory;
  }

  Buffer<BorderStart> find_starts(const RunTable& table, std::size_t bitmaps, std::uint64_t limit) {
    const std::size_t runs = table.run_count;
    const auto run_parent = executor_.template buffer<Index>(runs);
    const auto gap_parent = executor_.template buffer<Index>(runs + 1);
    executor_.for_each(runs, MakeSets{run_parent.data()});
    executor_.for_each(runs + 1, MakeSets{gap_parent.data()});
    executor_.for_each(runs, JoinRuns{table, {run_parent.data()}});
    executor_.for_each(runs, JoinGaps{table, {gap_parent.data()}});

    const auto counts = executor_.template buffer<std::uint32_t>(runs);
    const auto first_border = executor_.template buffer<Offset>(runs + 1);
    const CountBorders borders{table, run_parent.data(), gap_parent.data(), counts.data()};
    executor_.for_each(runs, borders);
    executor_.exclusive_scan(counts.data(), runs, first_border.data());

    const auto ends = executor_.template buffer<Offset>(bitmaps);
    const auto kept = executor_.template buffer<std::uint32_t>(bitmaps);
    const auto first_kept = executor_.template buffer<Offset>(bitmaps + 1);
    executor_.for_each(bitmaps, LimitBorders{table, first_border.data(), limit, ends.data(), kept.data()});
    const Index count = index(executor_.exclusive_scan(kept.data(), bitmaps, first_kept.data()));
    auto starts = executor_.template buffer<BorderStart>(count);
    executor_.for_each(runs, ListBorders{borders, first_border.data(), ends.data(), first_kept.data(), starts.data()});
    return starts;
  }

  BorderMemory trace(const BorderWords& borders, std::size_t count) {
    BorderMemory memory;
    memory.row_counts = executor_.template buffer<std::uint32_t>(count);
    memory.tops = executor_.template buffer<std::int32_t>(count);
    memory.first_point = executor_.template buffer<Offset>(count + 1);
    const auto point_counts = executor_.template buffer<std::uint32_t>(count);
    executor_.for_each(count,
                       MeasureBorders{borders, point_counts.data(), memory.row_counts.data(), memory.tops.data()});
    const Offset points = executor_.exclusive_scan(point_counts.data(), count, memory.first_point.data());
    memory.points = executor_.template buffer<PointI>(points);
    executor_.for_each(count, WriteBorders{borders, memory.first_point.data(), memory.points.data()});
    return memory;
  }

  Buffer<QuadCandidate> find_rectangles(const BorderWords& borders, const BorderMemory& traced,
                                        const Request& request) {
    const std::size_t count = traced.tops.size();
    const auto first_row = executor_.template buffer<Offset>(count + 1);
    const Offset rows = executor_.exclusive_scan(traced.row_counts.data(), count, first_row.data());
    const auto left = executor_.template buffer<hull_steps::RowEnd>(rows);
    const auto right = executor_.template buffer<hull_steps::RowEnd>(rows);
    const auto ring = executor_.template buffer<hull_steps::Entry>(2 * rows);
    const auto rectangles = executor_.template buffer<Rectangle>(count);
    const auto keep = executor_.template buffer<std::uint32_t>(count);
    executor_.for_each(count, FindRectangles{traced.points.data(), traced.first_point.data(), first_row.data(),
                                             traced.tops.data(), left.data(), right.data(), ring.data(),
                                             request.min_side, request.caution, rectangles.data(), keep.data()});
    const auto places = executor_.template buffer<Offset>(count + 1);
    auto candidates =
        executor_.template buffer<QuadCandidate>(executor_.exclusive_scan(keep.data(), count, places.data()));
    executor_.for_each(
        count, ListCandidates{borders.starts, rectangles.data(), keep.data(), places.data(), candidates.data()});
    return candidates;
  }

  Buffer<QuadCandidate> score(const Chunk& chunk, const Buffer<QuadCandidate>& candidates, double box_thresh) {
    const std::size_t count = candidates.size();
    const auto row_counts = executor_.template buffer<std::uint32_t>(count);
    executor_.for_each(count, CountScoreRows{chunk, candidates.data(), row_counts.data()});
    const auto first_row = executor_.template buffer<Offset>(count + 1);
    const Offset rows = executor_.exclusive_scan(row_counts.data(), count, first_row.data());
    const RectangleRows over{chunk, candidates.data()};
    return score_rows(executor_, candidates.data(), count, over, first_row.data(), rows, box_thresh);
  }

  Buffer<QuadCandidate> score_contours(const Chunk& chunk, const BorderMemory& traced,
                                       const Buffer<QuadCandidate>& candidates, double box_thresh) {
    const DescribeContours contours{chunk, candidates.data(), traced.first_point.data(), traced.tops.data(),
                                    traced.row_counts.data()};
    return score_fills(executor_, chunk, traced.points.data(), contours, candidates.data(), candidates.size(),
                       box_thresh);
  }

  PolygonMemory<Executor> scored_polygons(const Chunk& chunk, const BorderWords& borders, const BorderMemory& traced,
                                          const Request& request) {
    auto polygons =
        find_polygons(executor_, borders.starts, traced.tops.size(), traced.points.data(), traced.points.size(),
                      traced.first_point.data(), approximation_share(request.mode.variant));
    const DescribePolygons fills{chunk, polygons.candidates.data(), polygons.vertices.data()};
    polygons.candidates = score_fills(executor_, chunk, polygons.vertices.data(), fills, polygons.candidates.data(),
                                      polygons.candidates.size(), request.box_thresh);
    gather_vertices(executor_, polygons);
    return polygons;
  }

  Buffer<ExpandedQuad> expand(const Chunk& chunk, const Buffer<QuadCandidate>& candidates, const Request& request,
                              double ratio) {
    const std::size_t count = candidates.size();
    const auto vertex_counts = executor_.template buffer<std::uint32_t>(count);
    executor_.for_each(count, CountVertices{candidates.data(), ratio, vertex_counts.data()});
    const auto first_vertex = executor_.template buffer<Offset>(count + 1);
    const Offset total = executor_.exclusive_scan(vertex_counts.data(), count, first_vertex.data());
    const auto vertices = executor_.template buffer<PointI>(total);
    const auto sorted = executor_.template buffer<hull_steps::Entry>(total);
    const auto forward = executor_.template buffer<std::uint32_t>(total);
    const auto backward = executor_.template buffer<std::uint32_t>(total);
    const auto hull = executor_.template buffer<hull_steps::Entry>(total + 4 * count);
    auto expanded = executor_.template buffer<ExpandedQuad>(count);
    executor_.for_each(count, ExpandQuads{chunk, candidates.data(), request.mode, ratio, request.caution,
                                          first_vertex.data(), vertices.data(), sorted.data(), forward.data(),
                                          backward.data(), hull.data(), expanded.data()});
    return expanded;
  }

  /// The contours of the candidates that are in doubt, in order.
  template <class Candidate>
  std::vector<std::vector<PointI>> doubtful_contours(const std::vector<Candidate>& candidates,
                                                     const BorderMemory& traced) {
    std::vector<std::vector<PointI>> contours;
    for (const Candidate& candidate : candidates) {
      if (candidate.standing() != Standing::doubtful) continue;
      Offset ends[2];
      executor_.download(traced.first_point.data() + candidate.border, 2, ends);
      std::vector<PointI>& contour = contours.emplace_back(ends[1] - ends[0]);
      executor_.download(traced.points.data() + ends[0], contour.size(), contour.data());
    }
    return contours;
  }

  Executor& executor_;
  Offset word_count_ = 0;
  Offset row_count_ = 0;
  Offset bitmap_words_ = 0;
};

}  // namespace thresher::cuda
