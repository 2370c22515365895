#include "clipper_union.hpp"

#include <cstdint>

#include "clipper/clipper.hpp"
#include "thresher/geometry/offset.hpp"

namespace thresher {
namespace {

constexpr std::int64_t kClipperMax = 0x3FFFFFFFFFFFFFFF;  // hiRange of clipper.hpp

ClipperLib::Path checked_path(std::span<const PointL> path) {
  ClipperLib::Path out;
  out.reserve(path.size());
  for (const PointL vertex : path) {
    // Clipper's own test negates, which overflows for the least int64.
    check_clipper_range(vertex);
    out.emplace_back(vertex.x, vertex.y);
  }
  return out;
}

std::vector<std::vector<PointL>> points_of(const ClipperLib::Paths& paths) {
  std::vector<std::vector<PointL>> out;
  out.reserve(paths.size());
  for (const ClipperLib::Path& path : paths) {
    std::vector<PointL>& outline = out.emplace_back();
    outline.reserve(path.size());
    for (const ClipperLib::IntPoint& point : path) outline.push_back({point.X, point.Y});
  }
  return out;
}

}  // namespace

std::invalid_argument out_of_clipper_range() {
  return std::invalid_argument("a polygon's vertex is not within 2^62 px of the origin, before or after the offset.");
}

void check_clipper_range(PointL vertex) {
  const auto fits = [](std::int64_t v) { return v >= -kClipperMax && v <= kClipperMax; };
  if (!fits(vertex.x) || !fits(vertex.y)) throw out_of_clipper_range();
}

std::vector<std::vector<PointL>> positive_union(std::span<const PointL> path) {
  ClipperLib::Clipper clipper;
  clipper.AddPath(checked_path(path), ClipperLib::ptSubject, true);
  ClipperLib::Paths solution;
  clipper.Execute(ClipperLib::ctUnion, solution, ClipperLib::pftPositive, ClipperLib::pftPositive);
  return points_of(solution);
}

std::vector<std::vector<PointL>> framed_negative_union(std::span<const PointL> path) {
  ClipperLib::Clipper clipper;
  clipper.AddPath(checked_path(path), ClipperLib::ptSubject, true);
  const ClipperLib::IntRect bounds = clipper.GetBounds();
  constexpr std::int64_t margin = 10;
  const PointL frame[] = {{bounds.left - margin, bounds.bottom + margin},
                          {bounds.right + margin, bounds.bottom + margin},
                          {bounds.right + margin, bounds.top - margin},
                          {bounds.left - margin, bounds.top - margin}};
  clipper.AddPath(checked_path(frame), ClipperLib::ptSubject, true);
  clipper.ReverseSolution(true);
  ClipperLib::Paths solution;
  clipper.Execute(ClipperLib::ctUnion, solution, ClipperLib::pftNegative, ClipperLib::pftNegative);
  if (!solution.empty()) solution.erase(solution.begin());
  return points_of(solution);
}

}  // namespace thresher
