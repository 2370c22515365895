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

/// Whether the apex could be added: in the company of points that rounding moves, Qhull may not know how to go on.
bool QuickHull::add(Index apex, Index seen_by) {
  apex_ = {apex, next_age_++};
  find_seen(seen_by);
  if (seen_.size() == order_.size() || !make_cone()) return false;
  for (const Index edge : cone_) {
    const Index horizon = edges_[edge].neighbours[0];
    if (!edges_[horizon].coplanar) continue;
    if (order_.size() - seen_.size() <= 3) return false;
    merge(edge, horizon);
  }
  hand_on_points();
  for (const Index edge : seen_) remove(edge);
  for (const Index edge : order_) edges_[edge].fresh = false;
  return true;
}

/// The edges that see the apex, nearest neighbours first, at the end of the list.
void QuickHull::find_seen(Index first) {
  const double on_line = 2 * round_off_;
  seen_.clear();
  const auto put = [&](Index e) {
    edges_[e].sees_apex = true;
    seen_.push_back(e);
    remove(e);
    append(e);
  };
  put(first);
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    for (const Index n : edges_[seen_[i]].neighbours) {
      Edge& neighbour = edges_[n];
      if (neighbour.sees_apex) continue;
      const double d = distance(apex_.point, neighbour);
      neighbour.coplanar = false;
      if (d > on_line) {
        put(n);
      } else {
        neighbour.coplanar = d >= -on_line;
      }
    }
  }
}

/// Two edges from the apex to where what it sees ends; false where it ends elsewhere too.
bool QuickHull::make_cone() {
  cone_.clear();
  for (const Index s : seen_) {
    const auto before = static_cast<std::ptrdiff_t>(cone_.size());
    const auto done = [&](Index n) {
      return std::any_of(cone_.begin() + before, cone_.end(), [&](Index e) { return edges_[e].neighbours[0] == n; });
    };
    // make_edge may make the list of edges grow, so that no reference is kept.
    for (std::size_t i = 0; i < edges_[s].ridges.size(); ++i) {
      const Index n = edges_[s].ridges[i];
      if (edges_[n].sees_apex) continue;
      const Index edge = make_edge(s, n);
      if (edges_[n].simplicial) {
        std::erase(edges_[n].ridges, s);
      } else {
        edges_[edge].ridges.push_back(n);
        std::replace(edges_[n].ridges.begin(), edges_[n].ridges.end(), s, edge);
      }
    }
    if (!edges_[s].simplicial) continue;
    for (std::size_t i = 0; i < 2; ++i) {
      const Index n = edges_[s].neighbours[i];
      if (!edges_[n].sees_apex && !done(n)) make_edge(s, n);
    }
  }
  if (cone_.size() != 2) return false;
  edges_[cone_[0]].neighbours[1] = cone_[1];
  edges_[cone_[1]].neighbours[1] = cone_[0];
  return true;
}

QuickHull::Index QuickHull::make_edge(Index seen, Index horizon) {
  const std::size_t side = edges_[horizon].neighbours[0] == seen ? 0 : 1;
  const Index edge = new_edge(apex_, edges_[horizon].vertices[1 - side]);
  edges_[edge].neighbours[0] = horizon;
  edges_[edge].fresh = true;
  edges_[horizon].neighbours[side] = edge;
  set_line(edges_[edge]);
  append(edge);
  cone_.push_back(edge);
  return edge;
}

/// Makes one edge of a new edge and of its neighbour on the same line, which keeps its place among those it knows
/// but moves to the end of the list.
void QuickHull::merge(Index edge, Index into) {
  make_ridges(edge);
  make_ridges(into);
  Edge& gone = edges_[edge];
  Edge& kept = edges_[into];
  const Index other = gone.neighbours[1];
  const std::size_t shared = kept.vertices[0].point == gone.vertices[1].point ? 0 : 1;
  const Index beyond = kept.neighbours[shared];
  kept.vertices = {apex_, kept.vertices[1 - shared]};
  kept.neighbours = {beyond, other};
  auto& back = edges_[other].neighbours;
  std::replace(back.begin(), back.end(), edge, into);

  std::erase(kept.ridges, edge);
  std::erase(gone.ridges, into);
  for (const Index n : gone.ridges) {
    std::replace(edges_[n].ridges.begin(), edges_[n].ridges.end(), edge, into);
    kept.ridges.push_back(n);
  }
  kept.fresh = true;
  kept.coplanar = false;
  remove(into);
  append(into);
  remove(edge);
}

void QuickHull::make_ridges(Index edge) {
  if (!edges_[edge].simplicial) return;
  edges_[edge].simplicial = false;
  for (const Index n : edges_[edge].neighbours) {
    auto& ridges = edges_[edge].ridges;
    if (std::find(ridges.begin(), ridges.end(), n) != ridges.end()) continue;
    ridges.push_back(n);
    edges_[n].ridges.push_back(edge);
  }
}

void QuickHull::hand_on_points() {
  for (const Index s : seen_) {
    for (const Index point : edges_[s].outside) hand_on(point);
  }
}

/// Gives a point to the first new edge that sees it, or to an older one next to the nearest, or drops it.
void QuickHull::hand_on(Index point) {
  const double outside = 4 * round_off_;
  Index best = kNone;
  double best_distance = 0;
  for (const Index e : order_) {
    if (!edges_[e].fresh) continue;
    const double d = distance(point, edges_[e]);
    if (best != kNone && !(d > best_distance)) continue;
    best = e;
    best_distance = d;
    if (d >= outside) break;
  }
  if (best_distance < outside) best = best_around(point, best, best_distance);
  if (best_distance < outside) return;

  Edge& edge = edges_[best];
  const bool first = edge.outside.empty();
  if (first || edge.farthest < best_distance) {
    edge.outside.push_back(point);
    edge.farthest = best_distance;
  } else {
    edge.outside.insert(edge.outside.end() - 1, point);
  }
  if (!first || next_ == best) return;
  if (!edge.fresh) {
    remove(best);
    append(best);
    edges_[best].fresh = true;
  } else if (next_ != kNone && edges_[next_].fresh) {
    next_ = *std::find_if(order_.begin(), order_.end(), [&](Index e) { return edges_[e].fresh; });
  }
}

/// Climbs from edge to edge to the one farthest below the point.
QuickHull::Index QuickHull::best_around(Index point, Index start, double& best_distance) const {
  const double slack = 4 * round_off_;
  std::vector<Index> visited{start};
  Index best = start;
  for (std::size_t i = 0; i < visited.size(); ++i) {
    for (const Index n : edges_[visited[i]].neighbours) {
      if (std::find(visited.begin(), visited.end(), n) != visited.end()) continue;
      const double d = distance(point, edges_[n]);
      if (d > best_distance) {
        best = n;
        best_distance = d;
      } else if (d < best_distance - slack) {
        continue;
      }
      visited.push_back(n);
    }
  }
  return best;
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
