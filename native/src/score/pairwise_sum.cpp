#include "pairwise_sum.hpp"

#include <array>
#include <cstddef>

namespace thresher {

double pairwise_sum(std::span<const double> values) {
  constexpr std::size_t lanes = 8;
  constexpr std::size_t block = 128;
  const std::size_t count = values.size();
  if (count > block) {
    const std::size_t half = count / 2 / lanes * lanes;
    return pairwise_sum(values.first(half)) + pairwise_sum(values.subspan(half));
  }
  double sum = 0;
  std::size_t next = 0;
  if (count >= lanes) {
    std::array<double, lanes> sums{};
    for (; next + lanes <= count; next += lanes) {
      for (std::size_t k = 0; k < lanes; ++k) sums[k] += values[next + k];
    }
    sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
  }
  for (; next < count; ++next) sum += values[next];
  return sum;
}

}  // namespace thresher
