#include "thresher/geometry/approx_polygon.hpp"

#include <cmath>
#include <stdexcept>

namespace thresher {
namespace {

PointD difference(PointI a, PointI b) {
  return {static_cast<double>(a.x) - static_cast<double>(b.x), static_cast<double>(a.y) - static_cast<double>(b.y)};
}

double squared_length(PointD v) {
  return v.x * v.x + v.y * v.y;
}

/// The vertex farthest from contour[from], the first of equals in ring order, and its squared distance.
struct Farthest {
  std::size_t index;
  double squared_distance;
};
Farthest farthest_from(std::span<const PointI> contour, std::size_t from) {
  Farthest best{from, 0};
  const auto look = [&](std::size_t i) {
    const double distance = squared_length(difference(contour[i], contour[from]));
    if (distance > best.squared_distance) best = {i, distance};
  };
  for (std::size_t i = from + 1; i < contour.size(); ++i) look(i);
  for (std::size_t i = 0; i < from; ++i) look(i);
  return best;
}

}  // namespace

double arc_length(std::span<const PointI> contour) {
  if (contour.size() < 2) return 0;
  double length = 0;
  PointI previous = contour.back();
  for (const PointI point : contour) {
    const float dx = static_cast<float>(point.x) - static_cast<float>(previous.x);
    const float dy = static_cast<float>(point.y) - static_cast<float>(previous.y);
    length += std::sqrt(dx * dx + dy * dy);
    previous = point;
  }
  return length;
}

/// Ramer-Douglas-Peucker on the ring, cut at two vertices far from one another; keeps the first vertex of every
/// stretch that is straight enough.
void PolygonApproximation::split(std::span<const PointI> contour, double epsilon_squared) {
  Stretch anchors{0, 0};
  double diameter_squared = 0;
  for (int round = 0; round < 3; ++round) {
    const Farthest farthest = farthest_from(contour, anchors.to);
    anchors = {anchors.to, farthest.index};
    diameter_squared = farthest.squared_distance;
  }
  if (diameter_squared <= epsilon_squared) {
    kept_.push_back(contour[anchors.from]);
    return;
  }

  const auto after = [size = contour.size()](std::size_t i) { return i + 1 == size ? 0 : i + 1; };
  pending_.assign({{anchors.to, anchors.from}, anchors});
  while (!pending_.empty()) {
    const Stretch stretch = pending_.back();
    pending_.pop_back();
    const PointI start = contour[stretch.from];
    const PointD chord = difference(contour[stretch.to], start);
    double farthest = 0;
    std::size_t corner = stretch.from;
    for (std::size_t i = after(stretch.from); i != stretch.to; i = after(i)) {
      const PointD arm = difference(contour[i], start);
      const double distance = std::abs(arm.y * chord.x - arm.x * chord.y);
      if (distance > farthest) {
        farthest = distance;
        corner = i;
      }
    }
    if (farthest * farthest <= epsilon_squared * squared_length(chord)) {
      kept_.push_back(start);
    } else {
      pending_.push_back({corner, stretch.to});
      pending_.push_back({stretch.from, corner});
    }
  }
}

/// Goes round once with three successive vertices and drops the middle one where it lies within epsilon / sqrt(2) of
/// the line through the others, unless that line is axis-parallel or the path turns back. Works in place, so that the
/// last steps see what the first ones wrote.
void PolygonApproximation::drop_straight_corners(double epsilon_squared) {
  const std::size_t count = kept_.size();
  const auto after = [count](std::size_t i) { return i + 1 == count ? 0 : i + 1; };
  std::size_t read = 0;
  std::size_t write = 0;
  std::size_t left = count;
  const auto take = [&] {
    const PointI point = kept_[read];
    read = after(read);
    return point;
  };
  const auto put = [&](PointI point) {
    kept_[write] = point;
    write = after(write);
  };

  PointI before = kept_.back();
  PointI middle = take();
  for (std::size_t i = 0; i < count && left > 2; ++i) {
    const PointI next = take();
    const PointD chord = difference(next, before);
    const PointD arm = difference(middle, before);
    const PointD leg = difference(next, middle);
    const double distance = std::abs(arm.x * chord.y - arm.y * chord.x);
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
  kept_.resize(left);
}

std::span<const PointI> PolygonApproximation::operator()(std::span<const PointI> contour, double epsilon) {
  if (!(epsilon >= 0 && epsilon < 1e30)) throw std::invalid_argument("epsilon is not a distance in pixels");
  kept_.clear();
  if (contour.empty()) return kept_;
  const double epsilon_squared = epsilon * epsilon;
  split(contour, epsilon_squared);
  drop_straight_corners(epsilon_squared);
  return kept_;
}

std::vector<PointI> approx_polygon(std::span<const PointI> contour, double epsilon) {
  PolygonApproximation approximation;
  const auto vertices = approximation(contour, epsilon);
  return {vertices.begin(), vertices.end()};
}

}  // namespace thresher
