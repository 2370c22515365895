#pragma once

#include <cstddef>
#include <span>

#include "pixel_kernels.hpp"

namespace thresher {

/// Puts what the compiler's target has and this processor can run at the front of `kernels`; how many.
std::size_t add_vector_kernels(std::span<PixelKernels> kernels);

}  // namespace thresher
