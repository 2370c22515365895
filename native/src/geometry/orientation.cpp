#include "orientation.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

#include "double_double.hpp"

namespace thresher {
namespace {

/// An exact sum of doubles, kept as parts of growing magnitude that do not overlap: the grow-expansion of
/// J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic", Discrete Comput. Geom. 18 (1997).
class ExactSum {
 public:
  void add(double term) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      const DoubleDouble sum = exact_sum(term, parts_[i]);
      term = sum.high;
      if (sum.low != 0) parts_[kept++] = sum.low;
    }
    if (term != 0) parts_[kept++] = term;
    size_ = kept;
  }
  void add_product(double a, double b) {
    const DoubleDouble product = exact_product(a, b);
    add(product.low);
    add(product.high);
  }
  [[nodiscard]] int sign() const { return size_ == 0 ? 0 : parts_[size_ - 1] > 0 ? 1 : -1; }

 private:
  std::array<double, 12> parts_{};
  std::size_t size_ = 0;
};

}  // namespace

int orientation(PointD a, PointD b, PointD c) {
  const double left = (a.x - c.x) * (b.y - c.y);
  const double right = (a.y - c.y) * (b.x - c.x);
  const double area = left - right;
  // Shewchuk's bound on the rounding errors of the three lines above.
  constexpr double half_ulp = std::numeric_limits<double>::epsilon() / 2;
  const double bound = (3 + 16 * half_ulp) * half_ulp * (std::fabs(left) + std::fabs(right));
  if (std::fabs(area) > bound) return area > 0 ? 1 : -1;

  ExactSum sum;
  sum.add_product(a.x, b.y);
  sum.add_product(-a.x, c.y);
  sum.add_product(-c.x, b.y);
  sum.add_product(-a.y, b.x);
  sum.add_product(a.y, c.x);
  sum.add_product(c.y, b.x);
  return sum.sign();
}

}  // namespace thresher
