#include "thresher/geometry/approx_polygon.hpp"

#include <stdexcept>

#include "approx_steps.hpp"

namespace thresher {

double arc_length(std::span<const PointI> contour) {
  return approx_steps::arc_length(contour);
}

std::span<const PointI> PolygonApproximation::operator()(std::span<const PointI> contour, double epsilon) {
  if (!(epsilon >= 0 && epsilon < 1e30)) throw std::invalid_argument("epsilon is not a distance in pixels");
  if (kept_.size() < contour.size()) {
    pending_.resize(contour.size());
    kept_.resize(contour.size());
  }
  return {kept_.data(), approx_steps::approximate(contour, epsilon, pending_.data(), kept_.data())};
}

std::vector<PointI> approx_polygon(std::span<const PointI> contour, double epsilon) {
  PolygonApproximation approximation;
  const auto vertices = approximation(contour, epsilon);
  return {vertices.begin(), vertices.end()};
}

}  // namespace thresher
