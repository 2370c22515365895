#include "receipt_aspect.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "character_centers.hpp"

// custom_MinAreaRect, make_aspect_ratio and their users in ocr/metrics/{box_types,eval_functions}.py of the receipt
// competition's baseline. Corners are float32 there; what is computed from them is double under NumPy 1 (the squares of
// float32 differences included) and float32 under NumPy 2. Ties between edges are broken by the last bits, so the
// operations are those of the evaluator, one by one.

namespace thresher {
namespace {

constexpr std::size_t kMostCharacters = 100;

template <class Real>
struct Vector {
  Real x;
  Real y;
};

template <class Real>
Vector<Real> unit_vector(PointF from, PointF to) {
  const Real dx = to.x - from.x;
  const Real dy = to.y - from.y;
  const auto length = static_cast<Real>(std::sqrt(dx * dx + dy * dy));
  return {dx / length, dy / length};
}

template <class Real>
Real extent_along(Vector<Real> direction, std::span<const std::uint32_t> hull, std::span<const PointF> points) {
  Real least = std::numeric_limits<Real>::infinity();
  Real greatest = -least;
  for (const std::uint32_t i : hull) {
    const Real at = direction.x * static_cast<Real>(points[i].x) + direction.y * static_cast<Real>(points[i].y);
    least = std::min(least, at);
    greatest = std::max(greatest, at);
  }
  return greatest - least;
}

}  // namespace

ReceiptAspect ReceiptAspects::operator()(std::span<const PointD> polygon) {
  points_.clear();
  for (const PointD p : polygon) points_.push_back({static_cast<float>(p.x), static_cast<float>(p.y)});
  const auto hull = quick_hull_(points_);
  return numpy2_ ? measure<float>(hull) : measure<double>(hull);
}

template <class Real>
ReceiptAspect ReceiptAspects::measure(std::span<const std::uint32_t> hull) const {
  Real width = 0;
  Real height = 0;
  Real least_area = std::numeric_limits<Real>::infinity();
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const PointF from = points_[hull[i]];
    const PointF to = points_[hull[i + 1 < hull.size() ? i + 1 : 0]];
    const Vector<Real> along = unit_vector<Real>(from, to);
    const Real parallel = extent_along(along, hull, points_);
    const Real across = extent_along(Vector<Real>{-along.y, along.x}, hull, points_);
    if (!(parallel * across < least_area)) continue;
    least_area = parallel * across;
    width = parallel;
    height = across;
  }
  const Real epsilon = std::numeric_limits<float>::epsilon();
  const Real half = Real(0.5);
  const Real aspect = std::min(Real(100), height / (width + epsilon));
  const Real inverse = 1 / (aspect + epsilon);
  return {python_round(half + std::max(aspect, inverse), kMostCharacters),
          python_round(half + inverse, kMostCharacters)};
}

}  // namespace thresher
