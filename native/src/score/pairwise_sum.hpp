#pragma once

#include <span>

namespace thresher {

/// numpy.sum of a contiguous array of doubles, to the bit: eight running sums in blocks of up to 128 values, longer
/// arrays halved (N. J. Higham, SIAM J. Sci. Comput. 14, 1993, on the error of such sums).
double pairwise_sum(std::span<const double> values);

}  // namespace thresher
