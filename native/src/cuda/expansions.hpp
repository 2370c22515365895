#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "../geometry/calipers.hpp"
#include "../geometry/hull_steps.hpp"
#include "../geometry/library_math.hpp"
#include "../geometry/offset_steps.hpp"
#include "../geometry/outline_steps.hpp"
#include "../postprocess/expand_steps.hpp"
#include "layout.hpp"
#include "rectangles.hpp"

// Rectangles moved outward, as Expander does it, where Clipper's union would change nothing; the rest is doubtful.

namespace thresher::cuda {

/// A candidate's rectangle as Clipper sees it, and how far it moves.
class Unclip {
 public:
  THRESHER_HD Unclip(const Rectangle& rectangle, double ratio) {
    std::array<PointD, 4> corners;
    for (std::size_t i = 0; i < 4; ++i) {
      corners[i] = {static_cast<double>(rectangle.corners[i].x), static_cast<double>(rectangle.corners[i].y)};
    }
    if (rectangle.standing != Standing::found) return;
    if (!expand_steps::offset_distance(corners, ratio, delta_)) {
      standing_ = Standing::dropped;
      return;
    }
    for (std::size_t i = 0; i < 4; ++i) {
      vertices_[i] = {static_cast<std::int64_t>(corners[i].x), static_cast<std::int64_t>(corners[i].y)};
    }
    count_ = offset_steps::keep_distinct_vertices(vertices_.data(), 4);
    if (count_ < 3 || !(delta_ >= offset_steps::kLeastSimpleDelta && delta_ <= kLargestDelta)) return;
    offset_steps::run_forward(vertices_.data(), count_);
    standing_ = Standing::found;
  }

  [[nodiscard]] THRESHER_HD Standing standing() const { return standing_; }

  /// sink(PointL) for each vertex of the moved outline.
  template <class Sink>
  THRESHER_HD void move(Sink sink, CheckedMath& math) const {
    offset_steps::EdgeMover<Sink, CheckedMath>(delta_, sink, math).run(vertices_.data(), count_);
  }

 private:
  static constexpr double kLargestDelta = 1 << 16;  // what CheckedMath's slack is meant for

  std::array<PointL, 4> vertices_;
  std::size_t count_ = 0;
  double delta_ = 0;
  Standing standing_ = Standing::doubtful;
};

/// Step i is a candidate: how many vertices its outline has after moving.
struct CountVertices {
  const QuadCandidate* candidates;
  double ratio;
  std::uint32_t* counts;

  THRESHER_HD void operator()(std::size_t i) const {
    const Unclip unclip(candidates[i].rectangle, ratio);
    std::uint32_t count = 0;
    CheckedMath math;
    if (unclip.standing() == Standing::found) unclip.move([&count](PointL) { ++count; }, math);
    counts[i] = count;
  }
};

struct ExpandedQuad {
  std::array<PointD, 4> corners;
  float side;
  Standing standing;
};

/// Step i is a candidate. The memory has room for what CountVertices counted, and four more a candidate in `hull`.
struct ExpandQuads {
  Chunk chunk;
  const QuadCandidate* candidates;
  PostprocessMode mode;
  double ratio;
  double caution;
  const Offset* first_vertex;
  PointI* vertices;
  hull_steps::Entry* sorted;
  std::uint32_t* forward;
  std::uint32_t* backward;
  hull_steps::Entry* hull;
  ExpandedQuad* out;

  THRESHER_HD void operator()(std::size_t i) const {
    const QuadCandidate& candidate = candidates[i];
    const Unclip unclip(candidate.rectangle, ratio);
    out[i] = {{}, 0, unclip.standing()};
    if (unclip.standing() != Standing::found) return;

    CheckedMath math(caution);
    PointI* const path = vertices + first_vertex[i];
    std::size_t count = 0;
    const auto put = [&count, path](PointL vertex) {
      path[count++] = {static_cast<std::int32_t>(vertex.x), static_cast<std::int32_t>(vertex.y)};
    };
    unclip.move(put, math);
    outline_steps::Path<std::int32_t> outline{path, count};
    const std::size_t start = outline_steps::simple_outline_start(outline);
    if (!math.certain() || start == outline.count) {
      out[i].standing = Standing::doubtful;
      return;
    }
    const hull_steps::Ring ring = hull_of(i, outline, start);
    const calipers::PassingEdges<hull_steps::Ring> edges(ring);
    const MiniBox box = calipers::mini_box(calipers::rect_of_hull(ring, edges, math), math);
    if (!math.certain()) {
      out[i].standing = Standing::doubtful;
      return;
    }
    if (!(std::fabs(box.side) < std::numeric_limits<float>::infinity())) {
      out[i].standing = Standing::dropped;
      return;
    }
    const Image& image = chunk.images[candidate.bitmap / chunk.levels];
    out[i].side = box.side;
    for (std::size_t k = 0; k < 4; ++k) {
      out[i].corners[k] = {expand_steps::to_image(box.corners[k].x, {image.size.width, image.scaled.width}, mode),
                           expand_steps::to_image(box.corners[k].y, {image.size.height, image.scaled.height}, mode)};
    }
  }

 private:
  /// A closed path from another vertex on.
  struct Turned {
    outline_steps::Path<std::int32_t> path;
    std::size_t start;

    [[nodiscard]] THRESHER_HD std::size_t size() const { return path.count; }
    [[nodiscard]] THRESHER_HD PointI operator[](std::size_t i) const {
      const std::size_t place = start + i;
      return path.points[place < path.count ? place : place - path.count];
    }
  };

  THRESHER_HD hull_steps::Ring hull_of(std::size_t i, outline_steps::Path<std::int32_t> path, std::size_t start) const {
    const Turned points{path, start};
    const std::size_t count = points.size();
    hull_steps::Entry* const result = hull + first_vertex[i] + 4 * i;
    const int turn = hull_steps::convex_turn(points);
    if (turn != 0) {
      for (std::size_t k = 0; k < count; ++k) result[k] = {points[turn > 0 ? k : count - 1 - k], 0};
      return {result, count, 0};
    }
    hull_steps::Entry* const entries = sorted + first_vertex[i];
    for (std::size_t k = 0; k < count; ++k) insert(entries, k, {points[k], static_cast<std::uint32_t>(k)});
    const std::size_t corners =
        hull_steps::hull_of_sorted(entries, count, forward + first_vertex[i], backward + first_vertex[i], result);
    return hull_steps::in_input_order({result, corners, 0});
  }

  /// Puts an entry among `count` that are sorted. Outlines have tens of vertices, the next one near the last.
  THRESHER_HD static void insert(hull_steps::Entry* entries, std::size_t count, hull_steps::Entry entry) {
    for (; count > 0 && hull_steps::sorts_before(entry, entries[count - 1]); --count) {
      entries[count] = entries[count - 1];
    }
    entries[count] = entry;
  }
};

}  // namespace thresher::cuda
