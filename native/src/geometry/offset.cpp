#include "thresher/geometry/offset.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <stdexcept>
#include <string>

#include "clipper_union.hpp"
#include "simple_outline.hpp"

// Facts: clipper.cpp of Clipper 6.4.2 (A. Johnson), class ClipperOffset. Every product and sum below keeps the order
// of that source, because vertices are rounded to integers and a last bit decides which.

namespace thresher {
namespace {

constexpr double kArcTolerance = 0.25;  // px between an arc and its chords
constexpr double kMaxDelta = 1 << 30;   // px
constexpr double kZeroDelta = 1e-20;    // px; below it Clipper copies the polygon
// px; from here on outlines are thick enough for is_simple_outline. Below 0.7 px a few in a million were not: Clipper
// takes edges less than a pixel apart for crossing ones.
constexpr double kLeastSimpleDelta = 2;

struct Vector {
  double x = 0;
  double y = 0;
};

/// How an arc of a given radius is cut into chords: a rotation by the angle of one chord, and chords a radian.
struct Arc {
  double sine = 0;
  double cosine = 1;
  double chords_per_radian = 0;
};

Arc arc_of(double delta) {
  const double radius = std::fabs(delta);
  const double sagitta = std::min(kArcTolerance, radius * kArcTolerance);
  constexpr double two_pi = std::numbers::pi * 2;
  const double chords =
      std::min(std::numbers::pi / std::acos(1 - sagitta / radius), radius * std::numbers::pi);  // a full turn
  const double sine = std::sin(two_pi / chords);
  return {delta < 0 ? -sine : sine, std::cos(two_pi / chords), chords / two_pi};
}

/// Takes out vertices that equal their predecessor (cyclically); the first point stays first.
void keep_distinct_vertices(std::vector<PointL>& vertices) {
  vertices.erase(std::unique(vertices.begin(), vertices.end()), vertices.end());
  while (vertices.size() > 1 && vertices.back() == vertices.front()) vertices.pop_back();
}

/// Whether the outline runs clockwise as seen with y up (Clipper's wrong way round).
bool runs_backward(std::span<const PointL> polygon) {
  double doubled = 0;
  PointL previous = polygon.back();
  for (const PointL point : polygon) {
    doubled += (static_cast<double>(previous.x) + static_cast<double>(point.x)) *
               (static_cast<double>(point.y) - static_cast<double>(previous.y));
    previous = point;
  }
  return doubled < 0;
}

Vector unit_normal(PointL from, PointL to) {
  const auto dx = static_cast<double>(to.x - from.x);
  const auto dy = static_cast<double>(to.y - from.y);
  const double scale = 1.0 / std::sqrt(dx * dx + dy * dy);
  return {dy * scale, -(dx * scale)};
}

/// Nearest integer, halves away from zero.
std::int64_t rounded(double value) {
  if (!(std::fabs(value) < 0x1p62)) throw out_of_clipper_range();
  return static_cast<std::int64_t>(value < 0 ? value - 0.5 : value + 0.5);
}

/// Moves the edges of a polygon and joins them.
class EdgeMover {
 public:
  EdgeMover(std::span<const PointL> polygon, double delta, std::vector<PointL>& out)
      : polygon_(polygon), delta_(delta), arc_(arc_of(delta)), out_(out) {}

  void run() {
    const std::size_t n = polygon_.size();
    const auto normal = [&](std::size_t i) { return unit_normal(polygon_[i], polygon_[i + 1 < n ? i + 1 : 0]); };
    // The edge before a vertex is the last one that was bent away from: nearly straight vertices do not count.
    Vector before = normal(n - 1);
    for (std::size_t i = 0; i < n; ++i) {
      const Vector after = normal(i);
      if (join(polygon_[i], before, after)) before = after;
    }
  }

 private:
  void put(PointL vertex, Vector direction) {
    out_.push_back({rounded(static_cast<double>(vertex.x) + direction.x * delta_),
                    rounded(static_cast<double>(vertex.y) + direction.y * delta_)});
  }

  /// Joins two moved edges at a vertex. False where they are so nearly in line that one point does.
  bool join(PointL vertex, Vector before, Vector after) {
    double sine = before.x * after.y - after.x * before.y;
    const double cosine = before.x * after.x + before.y * after.y;
    if (std::fabs(sine * delta_) < 1.0) {
      if (cosine > 0) {
        put(vertex, before);
        return false;
      }
    } else {
      sine = std::clamp(sine, -1.0, 1.0);
    }
    if (sine * delta_ < 0) {
      // A reflex corner: through the vertex itself, so that the loop winds the other way and the union drops it.
      put(vertex, before);
      out_.push_back(vertex);
      put(vertex, after);
    } else {
      round_corner(vertex, before, after, std::atan2(sine, cosine));
    }
    return true;
  }

  void round_corner(PointL vertex, Vector from, Vector to, double angle) {
    const auto chords = std::max<std::int64_t>(rounded(arc_.chords_per_radian * std::fabs(angle)), 1);
    Vector direction = from;
    for (std::int64_t i = 0; i < chords; ++i) {
      put(vertex, direction);
      direction = {direction.x * arc_.cosine - arc_.sine * direction.y,
                   direction.x * arc_.sine + direction.y * arc_.cosine};
    }
    put(vertex, to);
  }

  std::span<const PointL> polygon_;
  double delta_;
  Arc arc_;
  std::vector<PointL>& out_;
};

/// raw_offset into `out`; spoils `vertices`.
void offset_into(std::vector<PointL>& vertices, double delta, std::vector<PointL>& out) {
  out.clear();
  if (!(std::fabs(delta) <= kMaxDelta)) {
    throw std::invalid_argument("offset distance " + std::to_string(delta) +
                                " px is not within 2^30 px. Lower the unclip ratio.");
  }
  keep_distinct_vertices(vertices);
  if (vertices.size() < 3) return;
  for (const PointL vertex : vertices) check_clipper_range(vertex);
  if (runs_backward(vertices)) std::reverse(vertices.begin(), vertices.end());
  if (std::fabs(delta) < kZeroDelta) {
    out = vertices;
  } else {
    EdgeMover(vertices, delta, out).run();
  }
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
  if (delta >= kLeastSimpleDelta) {
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
