#pragma once

#include <cmath>

#include "thresher/host_device.hpp"

namespace thresher {

/// Largest coordinate for which the products here neither overflow nor lose their error terms.
inline constexpr double kMaxCoordinate = 1e100;

/// An unevaluated sum high + low of two doubles that do not overlap: about 106 bits.
/// Error-free transformations after Knuth (TAOCP 2, 4.2.2) and Dekker (Numer. Math. 18, 1971); the operations after
/// Hida, Li and Bailey, "Library for Double-Double and Quad-Double Arithmetic" (2007).
struct DoubleDouble {
  double high = 0;
  double low = 0;

  constexpr DoubleDouble() = default;
  THRESHER_HD constexpr DoubleDouble(double value) : high(value) {}
  THRESHER_HD constexpr DoubleDouble(double h, double l) : high(h), low(l) {}

  /// The nearest double.
  THRESHER_HD explicit operator double() const { return high; }
  THRESHER_HD DoubleDouble operator-() const { return {-high, -low}; }
};

/// a + b as rounded sum and error, exactly.
THRESHER_HD inline DoubleDouble exact_sum(double a, double b) {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// The same where |a| >= |b|.
THRESHER_HD inline DoubleDouble exact_sum_ordered(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

/// a * b as rounded product and error, exactly (barring underflow).
THRESHER_HD inline DoubleDouble exact_product(double a, double b) {
  const double product = a * b;
  return {product, std::fma(a, b, -product)};
}

THRESHER_HD inline DoubleDouble operator+(DoubleDouble a, DoubleDouble b) {
  DoubleDouble sum = exact_sum(a.high, b.high);
  const DoubleDouble rest = exact_sum(a.low, b.low);
  sum = exact_sum_ordered(sum.high, sum.low + rest.high);
  return exact_sum_ordered(sum.high, sum.low + rest.low);
}

THRESHER_HD inline DoubleDouble operator-(DoubleDouble a, DoubleDouble b) {
  return a + -b;
}

THRESHER_HD inline DoubleDouble operator*(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble product = exact_product(a.high, b.high);
  return exact_sum_ordered(product.high, product.low + (a.high * b.low + a.low * b.high));
}

THRESHER_HD inline DoubleDouble operator/(DoubleDouble a, DoubleDouble b) {
  const double first = a.high / b.high;
  DoubleDouble rest = a - b * first;
  const double second = rest.high / b.high;
  rest = rest - b * second;
  return exact_sum_ordered(first, second) + rest.high / b.high;
}

THRESHER_HD inline bool operator==(DoubleDouble a, DoubleDouble b) {
  return a.high == b.high && a.low == b.low;
}
THRESHER_HD inline bool operator<(DoubleDouble a, DoubleDouble b) {
  return a.high < b.high || (a.high == b.high && a.low < b.low);
}

}  // namespace thresher
