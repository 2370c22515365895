#include "thresher/geometry/offset.hpp"

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "clipper_union.hpp"
#include "library_math.hpp"
#include "offset_steps.hpp"
#include "simple_outline.hpp"

namespace thresher {
namespace {

constexpr double kMaxDelta = 1 << 30;  // px

/// raw_offset into `out`; spoils `vertices`.
void offset_into(std::vector<PointL>& vertices, double delta, std::vector<PointL>& out) {
  out.clear();
  if (!(std::fabs(delta) <= kMaxDelta)) {
    throw std::invalid_argument("offset distance " + std::to_string(delta) +
                                " px is not within 2^30 px. Lower the unclip ratio.");
  }
  vertices.resize(offset_steps::keep_distinct_vertices(vertices.data(), vertices.size()));
  if (vertices.size() < 3) return;
  for (const PointL vertex : vertices) check_clipper_range(vertex);
  offset_steps::run_forward(vertices.data(), vertices.size());
  if (std::fabs(delta) < offset_steps::kZeroDelta) {
    out = vertices;
    return;
  }
  LibraryMath math;
  const auto put = [&out](PointL vertex) { out.push_back(vertex); };
  offset_steps::EdgeMover(delta, put, math).run(vertices.data(), vertices.size());
}

}  // namespace

std::vector<PointL> raw_offset(std::span<const PointL> polygon, double delta) {
  std::vector<PointL> vertices(polygon.begin(), polygon.end());
  std::vector<PointL> out;
  offset_into(vertices, delta, out);
  return out;
}

const std::vector<std::vector<PointL>>& PolygonOffset::operator()(std::span<const PointD> polygon, double delta) {
  vertices_.clear();
  for (const PointD point : polygon) {
    // 2^63 and beyond have no int64; NaN fails the comparison too.
    if (!(std::fabs(point.x) < 0x1p63 && std::fabs(point.y) < 0x1p63)) throw out_of_clipper_range();
    vertices_.push_back({static_cast<std::int64_t>(point.x), static_cast<std::int64_t>(point.y)});
  }
  offset_into(vertices_, delta, path_);
  if (delta >= offset_steps::kLeastSimpleDelta) {
    outlines_.resize(1);
    outlines_[0] = path_;
    if (is_simple_outline(outlines_[0])) return outlines_;
  }
  outlines_ = delta > 0 ? positive_union(path_) : framed_negative_union(path_);
  return outlines_;
}

std::vector<std::vector<PointL>> offset_polygon(std::span<const PointD> polygon, double delta) {
  return PolygonOffset{}(polygon, delta);
}

}  // namespace thresher
