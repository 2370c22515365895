#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "thresher/geometry/approx_polygon.hpp"
#include "thresher/geometry/point.hpp"
#include "thresher/host_device.hpp"

// The steps of PolygonApproximation over memory that the caller holds.

namespace thresher::approx_steps {

THRESHER_HD inline double arc_length(std::span<const PointI> contour) {
  if (contour.size() < 2) return 0;
  double length = 0;
  PointI previous = contour[contour.size() - 1];
  for (const PointI point : contour) {
    const float dx = static_cast<float>(point.x) - static_cast<float>(previous.x);
    const float dy = static_cast<float>(point.y) - static_cast<float>(previous.y);
    length += std::sqrt(dx * dx + dy * dy);
    previous = point;
  }
  return length;
}

THRESHER_HD inline PointD difference(PointI a, PointI b) {
  return {static_cast<double>(a.x) - static_cast<double>(b.x), static_cast<double>(a.y) - static_cast<double>(b.y)};
}

THRESHER_HD inline double squared_length(PointD v) {
  return v.x * v.x + v.y * v.y;
}

/// The vertex farthest from contour[from], the first of equals in ring order, and its squared distance.
struct Farthest {
  std::size_t index;
  double squared_distance;
};
THRESHER_HD inline Farthest farthest_from(std::span<const PointI> contour, std::size_t from) {
  Farthest best{from, 0};
  const auto look = [&](std::size_t i) {
    const double distance = squared_length(difference(contour[i], contour[from]));
    if (distance > best.squared_distance) best = {i, distance};
  };
  for (std::size_t i = from + 1; i < contour.size(); ++i) look(i);
  for (std::size_t i = 0; i < from; ++i) look(i);
  return best;
}

/// Ramer-Douglas-Peucker on the ring, cut at two vertices far from one another; keeps the first vertex of every
/// stretch that is straight enough. `pending` and `kept` have room for as many as the contour has points. How many
/// are kept.
THRESHER_HD inline std::size_t split(std::span<const PointI> contour, double epsilon_squared, Stretch* pending,
                                     PointI* kept) {
  Stretch anchors{0, 0};
  double diameter_squared = 0;
  for (int round = 0; round < 3; ++round) {
    const Farthest farthest = farthest_from(contour, anchors.to);
    anchors = {anchors.to, static_cast<std::uint32_t>(farthest.index)};
    diameter_squared = farthest.squared_distance;
  }
  if (diameter_squared <= epsilon_squared) {
    kept[0] = contour[anchors.from];
    return 1;
  }

  const auto after = [size = contour.size()](std::size_t i) { return i + 1 == size ? 0 : i + 1; };
  std::size_t count = 0;
  // What pends are stretches that do not overlap, so that they are no more than the contour's edges.
  pending[0] = {anchors.to, anchors.from};
  pending[1] = anchors;
  std::size_t left = 2;
  while (left > 0) {
    const Stretch stretch = pending[--left];
    const PointI start = contour[stretch.from];
    const PointD chord = difference(contour[stretch.to], start);
    double farthest = 0;
    std::size_t corner = stretch.from;
    for (std::size_t i = after(stretch.from); i != stretch.to; i = after(i)) {
      const PointD arm = difference(contour[i], start);
      const double distance = std::fabs(arm.y * chord.x - arm.x * chord.y);
      if (distance > farthest) {
        farthest = distance;
        corner = i;
      }
    }
    if (farthest * farthest <= epsilon_squared * squared_length(chord)) {
      kept[count++] = start;
    } else {
      pending[left++] = {static_cast<std::uint32_t>(corner), stretch.to};
      pending[left++] = {stretch.from, static_cast<std::uint32_t>(corner)};
    }
  }
  return count;
}

/// Goes round once with three successive vertices and drops the middle one where it lies within epsilon / sqrt(2) of
/// the line through the others, unless that line is axis-parallel or the path turns back. Works in place, so that the
/// last steps see what the first ones wrote. How many vertices are left.
THRESHER_HD inline std::size_t drop_straight_corners(PointI* kept, std::size_t count, double epsilon_squared) {
  const auto after = [count](std::size_t i) { return i + 1 == count ? 0 : i + 1; };
  std::size_t read = 0;
  std::size_t write = 0;
  std::size_t left = count;
  const auto take = [&] {
    const PointI point = kept[read];
    read = after(read);
    return point;
  };
  const auto put = [&](PointI point) {
    kept[write] = point;
    write = after(write);
  };

  PointI before = kept[count - 1];
  PointI middle = take();
  for (std::size_t i = 0; i < count && left > 2; ++i) {
    const PointI next = take();
    const PointD chord = difference(next, before);
    const PointD arm = difference(middle, before);
    const PointD leg = difference(next, middle);
    const double distance = std::fabs(arm.x * chord.y - arm.y * chord.x);
    const bool straight = distance * distance <= 0.5 * epsilon_squared * squared_length(chord);
    if (straight && chord.x != 0 && chord.y != 0 && arm.x * leg.x + arm.y * leg.y >= 0) {
      --left;
      put(next);
      before = next;
      middle = take();
      ++i;
    } else {
      put(middle);
      before = middle;
      middle = next;
    }
  }
  return left;
}

/// The contour's approximation into `kept`; it and `pending` have room for as many as the contour has points. How many
/// vertices there are.
THRESHER_HD inline std::size_t approximate(std::span<const PointI> contour, double epsilon, Stretch* pending,
                                           PointI* kept) {
  if (contour.empty()) return 0;
  const double epsilon_squared = epsilon * epsilon;
  return drop_straight_corners(kept, split(contour, epsilon_squared, pending, kept), epsilon_squared);
}

}  // namespace thresher::approx_steps
