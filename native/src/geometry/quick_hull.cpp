#include "thresher/geometry/quick_hull.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace thresher {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

/// Qhull looks beyond the extreme points for a third corner where the triangle's area is less than this share of
/// what the width allows, and settles for ten times it.
constexpr double kNarrowTriangle = 1e-3;

/// Positions of the least and the greatest of some values; the first ones among equals.
struct Extremes {
  std::uint32_t least = 0;
  std::uint32_t greatest = 0;
};

template <class Value>
Extremes extremes(std::size_t count, Value value) {
  Extremes found;
  for (std::uint32_t i = 1; i < count; ++i) {
    if (value(found.greatest) < value(i)) {
      found.greatest = i;
    } else if (value(found.least) > value(i)) {
      found.least = i;
    }
  }
  return found;
}

}  // namespace

std::span<const std::uint32_t> QuickHull::operator()(std::span<const PointF> points) {
  corners_.clear();
  points_.clear();
  for (const PointF point : points) points_.push_back({point.x, point.y});
  if (points.size() < 3 || !choose_triangle()) return corners_;
  make_triangle();
  for (const Index edge : order_) {
    if (edges_[edge].offset + centre_.x * edges_[edge].normal_x + centre_.y * edges_[edge].normal_y >= -round_off_) {
      return corners_;
    }
  }
  distribute_points();
  work_on_farthest_first();
  while (next_ != kNone) {
    std::vector<Index>& outside = edges_[next_].outside;
    if (outside.empty()) {
      const auto place = std::find(order_.begin(), order_.end(), next_) + 1;
      next_ = place == order_.end() ? kNone : *place;
      continue;
    }
    const Index apex = outside.back();
    outside.pop_back();
    if (!add(apex, next_)) return corners_;
  }
  list_corners();
  return corners_;
}

double QuickHull::turn(Index a, Index b, Index c) const {
  const PointD p = points_[a];
  const PointD q = points_[b];
  const PointD r = points_[c];
  return (p.x - r.x) * (q.y - r.y) - (p.y - r.y) * (q.x - r.x);
}

bool QuickHull::choose_triangle() {
  const Extremes by_x = extremes(points_.size(), [&](Index i) { return points_[i].x; });
  const Extremes by_y = extremes(points_.size(), [&](Index i) { return points_[i].y; });
  const double width = points_[by_x.greatest].x - points_[by_x.least].x;
  if (!(width > 0)) return false;
  const double reach_x = std::max(points_[by_x.greatest].x, -points_[by_x.least].x);
  const double reach_y = std::max(points_[by_y.greatest].y, -points_[by_y.least].y);
  const double reach = std::max({0.0, reach_x, reach_y});
  round_off_ = kEpsilon * (2 * std::min(std::sqrt(2.0) * reach, reach_x + reach_y) * 1.01 + reach);

  Index third = kNone;
  double best = -1;
  for (const Index i : {by_x.least, by_x.greatest, by_y.least, by_y.greatest}) {
    if (i == by_x.least || i == by_x.greatest) continue;
    const double area = std::fabs(turn(by_x.least, by_x.greatest, i));
    if (area > best) {
      best = area;
      third = i;
    }
  }
  const double near_zero = 10 * (80 * (reach_x + reach_y) * kEpsilon);
  const double target = width * std::max(width, points_[by_y.greatest].y - points_[by_y.least].y);
  if (third == kNone || best < near_zero || (best > 0 && best / target < kNarrowTriangle)) {
    for (Index i = 0; i < points_.size(); ++i) {
      if (i == by_x.least || i == by_x.greatest || i == by_y.least || i == by_y.greatest) continue;
      const double area = std::fabs(turn(by_x.least, by_x.greatest, i));
      if (!(area > best)) continue;
      best = area;
      third = i;
      if (best >= near_zero && best > 10 * kNarrowTriangle * target) break;
    }
  }
  if (third == kNone) return false;
  triangle_ = {Vertex{by_x.least, 0}, Vertex{by_x.greatest, 1}, Vertex{third, 2}};
  next_age_ = 3;
  centre_ = {};
  for (const Vertex vertex : {triangle_[2], triangle_[1], triangle_[0]}) {
    centre_.x += points_[vertex.point].x;
    centre_.y += points_[vertex.point].y;
  }
  centre_ = {centre_.x / 3, centre_.y / 3};
  return true;
}

void QuickHull::make_triangle() {
  used_ = 0;
  order_.clear();
  next_ = kNone;
  for (const auto& [newer, older] : {std::pair{1, 0}, std::pair{2, 0}, std::pair{2, 1}}) {
    const Index edge = new_edge(triangle_[static_cast<std::size_t>(newer)], triangle_[static_cast<std::size_t>(older)]);
    set_line(edges_[edge]);
    append(edge);
  }
  edges_[0].neighbours = {1, 2};
  edges_[1].neighbours = {0, 2};
  edges_[2].neighbours = {0, 1};
}

/// Each point goes to the first edge that sees it clearly.
void QuickHull::distribute_points() {
  const double clearly = 8 * round_off_;
  std::vector<Index>& left = seen_;
  left.clear();
  for (Index i = 0; i < points_.size(); ++i) {
    const bool taken = std::any_of(triangle_.begin(), triangle_.end(), [&](Vertex v) { return v.point == i; });
    if (!taken) left.push_back(i);
  }
  for (const Index e : order_) {
    Edge& edge = edges_[e];
    Index best = kNone;
    std::size_t kept = 0;
    for (const Index point : left) {
      const double d = distance(point, edge);
      if (d < clearly) {
        left[kept++] = point;
      } else if (best == kNone) {
        best = point;
        edge.farthest = d;
      } else if (d > edge.farthest) {
        edge.outside.push_back(best);
        best = point;
        edge.farthest = d;
      } else {
        edge.outside.push_back(point);
      }
    }
    if (best != kNone) edge.outside.push_back(best);
    left.resize(kept);
  }
}

void QuickHull::work_on_farthest_first() {
  next_ = order_.front();
  Index best = kNone;
  for (const Index e : order_) {
    if (!edges_[e].outside.empty() && (best == kNone || edges_[e].farthest > edges_[best].farthest)) best = e;
  }
  if (best == kNone) return;
  std::erase(order_, best);
  order_.insert(order_.begin(), best);
  next_ = best;
}

void QuickHull::list_corners() {
  const Index start = order_.front();
  const auto runs_forward = [&](const Edge& edge) {
    const PointD a = points_[edge.vertices[0].point];
    const PointD b = points_[edge.vertices[1].point];
    return (b.x - a.x) * edge.normal_y - (b.y - a.y) * edge.normal_x < 0;
  };
  Index at = start;
  do {
    const Edge& edge = edges_[at];
    const std::size_t from = runs_forward(edge) ? 0 : 1;
    corners_.push_back(edge.vertices[from].point);
    at = edge.neighbours[from];
  } while (at != start && corners_.size() < points_.size());
}

double QuickHull::distance(Index point, const Edge& edge) const {
  return edge.offset + points_[point].x * edge.normal_x + points_[point].y * edge.normal_y;
}

/// The line through an edge, with the triangle's centre on its negative side.
void QuickHull::set_line(Edge& edge) const {
  const PointD a = points_[edge.vertices[0].point];
  const PointD b = points_[edge.vertices[1].point];
  edge.normal_x = b.y - a.y;
  edge.normal_y = a.x - b.x;
  const double length = std::sqrt(edge.normal_x * edge.normal_x + edge.normal_y * edge.normal_y);
  const bool outward = (centre_.x - a.x) * edge.normal_x + (centre_.y - a.y) * edge.normal_y <= 0;
  edge.normal_x /= outward ? length : -length;
  edge.normal_y /= outward ? length : -length;
  edge.offset = -(a.x * edge.normal_x + a.y * edge.normal_y);
}

QuickHull::Index QuickHull::new_edge(Vertex newer, Vertex older) {
  if (used_ == edges_.size()) edges_.emplace_back();
  Edge& edge = edges_[used_];
  edge.vertices = {newer, older};
  edge.neighbours = {kNone, kNone};
  edge.outside.clear();
  edge.farthest = 0;
  edge.ridges.clear();
  edge.simplicial = true;
  edge.fresh = edge.sees_apex = edge.coplanar = false;
  return static_cast<Index>(used_++);
}

void QuickHull::append(Index edge) {
  order_.push_back(edge);
  if (next_ == kNone) next_ = edge;
}

void QuickHull::remove(Index edge) {
  const auto place = std::find(order_.begin(), order_.end(), edge);
  if (next_ == edge) next_ = place + 1 == order_.end() ? kNone : *(place + 1);
  order_.erase(place);
}

}  // namespace thresher
