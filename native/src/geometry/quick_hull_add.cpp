#include <algorithm>
#include <vector>

#include "thresher/geometry/quick_hull.hpp"

// How a point joins the hull: the edges that see it go, two new ones take their place, and what the old ones saw is
// handed on.

namespace thresher {

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

}  // namespace thresher
