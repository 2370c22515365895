#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>

#include "thresher/geometry/point.hpp"
#include "thresher/host_device.hpp"

// Facts: clipper.cpp of Clipper 6.4.2 (A. Johnson), class ClipperOffset. Every product and sum below keeps the order
// of that source, because vertices are rounded to integers and a last bit decides which.

namespace thresher::offset_steps {

constexpr double kArcTolerance = 0.25;  // px between an arc and its chords
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

THRESHER_HD inline Arc arc_of(double delta) {
  const double radius = std::fabs(delta);
  const double share = radius * kArcTolerance;
  const double sagitta = share < kArcTolerance ? share : kArcTolerance;
  constexpr double two_pi = std::numbers::pi * 2;
  const double most = radius * std::numbers::pi;
  const double wanted = std::numbers::pi / std::acos(1 - sagitta / radius);
  const double chords = most < wanted ? most : wanted;  // a full turn
  const double sine = std::sin(two_pi / chords);
  return {delta < 0 ? -sine : sine, std::cos(two_pi / chords), chords / two_pi};
}

/// Takes out vertices that equal their predecessor (cyclically); the first point stays first. How many stay.
THRESHER_HD inline std::size_t keep_distinct_vertices(PointL* vertices, std::size_t count) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (kept == 0 || !(vertices[kept - 1] == vertices[i])) vertices[kept++] = vertices[i];
  }
  while (kept > 1 && vertices[kept - 1] == vertices[0]) --kept;
  return kept;
}

/// Turns round an outline that runs clockwise as seen with y up (Clipper's wrong way round).
THRESHER_HD inline void run_forward(PointL* polygon, std::size_t count) {
  double doubled = 0;
  PointL previous = polygon[count - 1];
  for (std::size_t i = 0; i < count; ++i) {
    const PointL point = polygon[i];
    doubled += (static_cast<double>(previous.x) + static_cast<double>(point.x)) *
               (static_cast<double>(point.y) - static_cast<double>(previous.y));
    previous = point;
  }
  if (!(doubled < 0)) return;
  for (std::size_t i = 0; i < count / 2; ++i) {
    const PointL kept = polygon[i];
    polygon[i] = polygon[count - 1 - i];
    polygon[count - 1 - i] = kept;
  }
}

THRESHER_HD inline Vector unit_normal(PointL from, PointL to) {
  const auto dx = static_cast<double>(to.x - from.x);
  const auto dy = static_cast<double>(to.y - from.y);
  const double scale = 1.0 / std::sqrt(dx * dx + dy * dy);
  return {dy * scale, -(dx * scale)};
}

/// Moves the edges of a polygon and joins them: calls sink(PointL) for every vertex.
template <class Sink, class Math>
class EdgeMover {
 public:
  THRESHER_HD EdgeMover(double delta, Sink sink, Math& math)
      : delta_(delta), arc_(arc_of(delta)), sink_(sink), math_(math) {}

  THRESHER_HD void run(const PointL* polygon, std::size_t count) {
    const auto normal = [&](std::size_t i) { return unit_normal(polygon[i], polygon[i + 1 < count ? i + 1 : 0]); };
    // The edge before a vertex is the last one that was bent away from: nearly straight vertices do not count.
    Vector before = normal(count - 1);
    for (std::size_t i = 0; i < count; ++i) {
      const Vector after = normal(i);
      if (join(polygon[i], before, after)) before = after;
    }
  }

 private:
  THRESHER_HD void put(PointL vertex, Vector direction) {
    const double x = static_cast<double>(vertex.x) + direction.x * delta_;
    const double y = static_cast<double>(vertex.y) + direction.y * delta_;
    sink_({math_.rounded(x), math_.rounded(y)});
  }
  /// The same for a direction that sines and cosines went into.
  THRESHER_HD void put_turned(PointL vertex, Vector direction) {
    const double x = static_cast<double>(vertex.x) + direction.x * delta_;
    const double y = static_cast<double>(vertex.y) + direction.y * delta_;
    sink_({math_.rounded_about(x), math_.rounded_about(y)});
  }

  /// Joins two moved edges at a vertex. False where they are so nearly in line that one point does.
  THRESHER_HD bool join(PointL vertex, Vector before, Vector after) {
    double sine = before.x * after.y - after.x * before.y;
    const double cosine = before.x * after.x + before.y * after.y;
    if (std::fabs(sine * delta_) < 1.0) {
      if (cosine > 0) {
        put(vertex, before);
        return false;
      }
    } else {
      sine = sine < -1.0 ? -1.0 : sine > 1.0 ? 1.0 : sine;
    }
    if (sine * delta_ < 0) {
      // A reflex corner: through the vertex itself, so that the loop winds the other way and the union drops it.
      put(vertex, before);
      sink_(vertex);
      put(vertex, after);
    } else {
      round_corner(vertex, before, after, std::atan2(sine, cosine));
    }
    return true;
  }

  THRESHER_HD void round_corner(PointL vertex, Vector from, Vector to, double angle) {
    const std::int64_t wanted = math_.rounded_about(arc_.chords_per_radian * std::fabs(angle));
    const std::int64_t chords = wanted < 1 ? 1 : wanted;
    put(vertex, from);
    Vector direction = from;
    for (std::int64_t i = 1; i < chords; ++i) {
      direction = {direction.x * arc_.cosine - arc_.sine * direction.y,
                   direction.x * arc_.sine + direction.y * arc_.cosine};
      put_turned(vertex, direction);
    }
    put(vertex, to);
  }

  double delta_;
  Arc arc_;
  Sink sink_;
  Math& math_;
};

}  // namespace thresher::offset_steps
