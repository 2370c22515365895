#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "check.hpp"
#include "thresher/cuda/engine.hpp"
#include "thresher/cuda/found_boxes.hpp"
#include "thresher/geometry/extent.hpp"
#include "thresher/geometry/polygon_overlap.hpp"
#include "thresher/postprocess/candidates.hpp"
#include "thresher/postprocess/expand.hpp"

/// An engine's results held against the CPU's own path.
namespace agreement {

inline bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

inline void check_polygon(std::span<const thresher::PointD> expected, std::span<const thresher::PointD> found) {
  CHECK_EQ(expected.size(), found.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(same_bits(expected[i].x, found[i].x));
    CHECK(same_bits(expected[i].y, found[i].y));
  }
}

/// What is known of a box's areas: of ground truths whose extents meet its own, in order, each as the CPU has it.
inline void check_areas(const thresher::PolygonSet& ground_truth, const thresher::cuda::FoundBox& box,
                        std::span<const thresher::KnownAreas::Cell> cells) {
  using namespace thresher;
  CHECK(box.exists || cells.empty());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    CHECK(i == 0 || cells[i - 1].gt < cells[i].gt);
    const auto polygon = ground_truth[cells[i].gt];
    CHECK(share_area(extent_of(polygon), extent_of(box.polygon)));
    CHECK(same_bits(cells[i].area, overlap_area(polygon, box.polygon)));
  }
}

inline void check_image(const thresher::cuda::SizedMap& map, const thresher::cuda::Request& request,
                        const thresher::cuda::ImageCandidates& found) {
  using namespace thresher;
  CHECK_EQ(found.ends.size(), request.levels.size());
  CHECK_EQ(found.outlines.size(), found.candidates.size());
  for (const auto& boxes : found.boxes) CHECK_EQ(boxes.size(), found.candidates.size());
  cuda::FoundBoxes other_boxes(found, request.mode, request.unclip_ratio);
  const bool has_areas = map.ground_truth != nullptr && starts_from_rectangle(request.mode);
  CHECK_EQ(found.areas.size(), has_areas ? request.unclip_ratio.size() : 0);
  for (const auto& areas : found.areas) CHECK_EQ(areas.size(), found.candidates.size());
  CandidateFinder find;
  Expander expand;
  ExpandedBox box;
  ExpandedBox other_box;
  std::vector<Candidate> expected;
  std::size_t next = 0;
  for (std::size_t level = 0; level < request.levels.size(); ++level) {
    find(map.map, request.mode, request.levels[level], request.contours, request.min_side, expected);
    for (const Candidate& candidate : expected) {
      if (request.box_thresh > candidate.score) continue;
      CHECK(next < found.ends[level]);
      const cuda::FoundCandidate& other = found.candidates[next];
      CHECK_EQ(candidate.contour, other.contour);
      CHECK(same_bits(candidate.side, other.side));
      CHECK(same_bits(candidate.score, other.score));
      check_polygon(candidate.polygon, found.outlines[next]);
      for (std::size_t r = 0; r < request.unclip_ratio.size(); ++r) {
        if (has_areas) check_areas(*map.ground_truth, found.boxes[r][next], found.areas[r][next]);
        const bool exists = expand(candidate.polygon, request.mode, request.unclip_ratio[r],
                                   {map.map.width, map.map.height}, map.size, box);
        CHECK_EQ(exists, other_boxes(next, r, other_box));
        if (!exists) continue;
        CHECK(same_bits(box.side, other_box.side));
        check_polygon(box.polygon, other_box.polygon);
      }
      ++next;
    }
    CHECK_EQ(next, found.ends[level]);
  }
  CHECK_EQ(next, found.candidates.size());
}

/// Whether an engine gives what the CPU gives, for every map of a batch.
inline void check(thresher::cuda::Engine& engine, std::span<const thresher::cuda::SizedMap> maps,
                  const thresher::cuda::Request& request) {
  const auto found = engine.find(maps, request);
  CHECK_EQ(found.size(), maps.size());
  for (std::size_t i = 0; i < maps.size(); ++i) check_image(maps[i], request, found[i]);
}

}  // namespace agreement
