#include "span_sum.hpp"

#include <algorithm>
#include <bit>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define THRESHER_SUM_AVX2 1
#endif

namespace thresher {
namespace detail {
namespace {

constexpr std::uint32_t kMagnitude = 0x7FFFFFFF;

#ifdef THRESHER_SUM_AVX2

__attribute__((target("avx2"))) LooseSum loose_sum_avx2(const float* origin, std::size_t stride,
                                                        std::span<const PixelRun> runs) {
  const __m256i magnitude = _mm256_set1_epi32(static_cast<int>(kMagnitude));
  const __m256i minus_1 = _mm256_set1_epi32(-1);
  const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  __m256d low = _mm256_setzero_pd();
  __m256d high = _mm256_setzero_pd();
  __m256i largest = _mm256_setzero_si256();
  __m256i smallest = minus_1;
  for (const PixelRun& run : runs) {
    const float* row = origin + static_cast<std::size_t>(run.y) * stride;
    for (std::int32_t x = run.begin; x < run.end; x += 8) {
      const __m256i inside = _mm256_cmpgt_epi32(_mm256_set1_epi32(run.end - x), lane);
      const __m256 pixels = _mm256_maskload_ps(row + x, inside);
      low = _mm256_add_pd(low, _mm256_cvtps_pd(_mm256_castps256_ps128(pixels)));
      high = _mm256_add_pd(high, _mm256_cvtps_pd(_mm256_extractf128_ps(pixels, 1)));
      const __m256i bits = _mm256_and_si256(_mm256_castps_si256(pixels), magnitude);
      largest = _mm256_max_epu32(largest, bits);
      smallest = _mm256_min_epu32(smallest, _mm256_add_epi32(bits, minus_1));
    }
  }
  alignas(32) double sums[4];
  alignas(32) std::uint32_t most[8];
  alignas(32) std::uint32_t least[8];
  _mm256_store_pd(sums, _mm256_add_pd(low, high));
  _mm256_store_si256(reinterpret_cast<__m256i*>(most), largest);
  _mm256_store_si256(reinterpret_cast<__m256i*>(least), smallest);
  return {(sums[0] + sums[1]) + (sums[2] + sums[3]), *std::max_element(most, most + 8),
          *std::min_element(least, least + 8)};
}

#endif

}  // namespace

LooseSum loose_sum_portable(const float* origin, std::size_t stride, std::span<const PixelRun> runs) {
  LooseSum result;
  double sums[4] = {};
  for (const PixelRun& run : runs) {
    const float* row = origin + static_cast<std::size_t>(run.y) * stride;
    std::int32_t x = run.begin;
    for (; x + 4 <= run.end; x += 4) {
      for (int i = 0; i < 4; ++i) sums[i] += row[x + i];
    }
    for (; x < run.end; ++x) sums[0] += row[x];
    for (x = run.begin; x < run.end; ++x) {
      const std::uint32_t bits = std::bit_cast<std::uint32_t>(row[x]) & kMagnitude;
      result.largest = std::max(result.largest, bits);
      result.smallest_less_1 = std::min(result.smallest_less_1, bits - 1);
    }
  }
  result.sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  return result;
}

LooseSummer loose_summer() {
#ifdef THRESHER_SUM_AVX2
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
  if (has_avx2) return loose_sum_avx2;
#endif
  return loose_sum_portable;
}

}  // namespace detail

double span_sum(const float* origin, std::size_t stride, std::span<const PixelRun> runs) {
  std::uint64_t count = 0;
  for (const PixelRun& run : runs) count += static_cast<std::uint64_t>(run.end - run.begin);
  const detail::LooseSum loose = detail::loose_summer()(origin, stride, runs);
  if (loose.is_exact(count)) return loose.sum;
  double sum = 0;
  for (const PixelRun& run : runs) {
    const float* row = origin + static_cast<std::size_t>(run.y) * stride;
    for (std::int32_t x = run.begin; x < run.end; ++x) sum += row[x];
  }
  return sum;
}

}  // namespace thresher
