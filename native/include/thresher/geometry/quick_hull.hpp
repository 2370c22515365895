#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "thresher/geometry/point.hpp"

namespace thresher {

/// Convex hull of points in the plane, listed as scipy.spatial.ConvexHull lists it: counterclockwise as seen with y up,
/// from the edge that heads Qhull's list when it is done. Where that is follows from how Qhull goes about it (Barber,
/// Dobkin and Huhdanpaa, ACM TOMS 22, 1996, and libqhull_r 2019.1, option "Qt"), so the same steps are taken here: the
/// first triangle, the points that each edge sees, the edge that is worked on next, and where new edges join the list.
/// Qhull's tolerances are kept for points on an edge's line; its repair of hulls that are narrower than one part in
/// 10,000 and of points that nearly line up, which whole coordinates up to 100,000 or so cannot give, is not.
///
/// The object is scratch space: use it again and again, from one thread at a time.
class QuickHull {
 public:
  /// Indices of the corners, valid until the next call. None where Qhull gives up: for fewer than three points, or all
  /// of them on a line.
  std::span<const std::uint32_t> operator()(std::span<const PointF> points);

 private:
  using Index = std::uint32_t;
  static constexpr Index kNone = ~Index{0};

  struct Vertex {
    Index point = kNone;
    Index age = 0;  // how many came before it
  };
  /// An edge of the hull. Its newer vertex comes first; neighbour i does not have vertex i.
  struct Edge {
    std::array<Vertex, 2> vertices;
    std::array<Index, 2> neighbours{kNone, kNone};
    double normal_x = 0;
    double normal_y = 0;
    double offset = 0;
    std::vector<Index> outside;  // points that it sees, the farthest one last
    double farthest = 0;
    std::vector<Index> ridges;  // neighbours, in the order in which merges made a record of them
    bool simplicial = true;     // not merged with another
    bool fresh = false;         // made or changed for the point at hand
    bool sees_apex = false;     // and thus goes
    bool coplanar = false;      // has the point at hand on its line
  };

  bool choose_triangle();
  void make_triangle();
  void distribute_points();
  void work_on_farthest_first();
  bool add(Index apex, Index seen_by);
  void find_seen(Index first);
  bool make_cone();
  Index make_edge(Index seen, Index horizon);
  void merge(Index edge, Index into);
  void make_ridges(Index edge);
  void hand_on_points();
  void hand_on(Index point);
  Index best_around(Index point, Index start, double& distance) const;
  void list_corners();

  [[nodiscard]] double distance(Index point, const Edge& edge) const;
  void set_line(Edge& edge) const;
  Index new_edge(Vertex newer, Vertex older);
  void append(Index edge);
  void remove(Index edge);
  [[nodiscard]] double turn(Index a, Index b, Index c) const;

  std::vector<PointD> points_;
  double round_off_ = 0;
  PointD centre_;
  std::array<Vertex, 3> triangle_;
  Index next_age_ = 0;

  std::vector<Edge> edges_;
  std::size_t used_ = 0;
  std::vector<Index> order_;  // Qhull's facet list
  Index next_ = kNone;        // where it goes on in that list; none at the end
  Vertex apex_;
  std::vector<Index> seen_;
  std::vector<Index> cone_;
  std::vector<Index> corners_;
};

}  // namespace thresher
