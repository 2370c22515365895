#pragma once

/// Marks functions that run on the CPU and on a CUDA device. nvcc and g++ compile them from the same source, both
/// without contracting a * b + c, so that the same operations in the same order give the same bits.
#ifdef __CUDACC__
#define THRESHER_HD __host__ __device__
#else
#define THRESHER_HD
#endif
