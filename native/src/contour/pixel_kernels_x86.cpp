#include "pixel_kernels_sets.hpp"

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

// Compiled for the instruction set that each function names, whatever the rest is compiled for; which of them run is
// decided at run time.
#define THRESHER_AVX2 __attribute__((target("avx2")))
#define THRESHER_AVX512 __attribute__((target("avx512f,avx512bw")))

namespace thresher {
namespace {

THRESHER_AVX2 std::uint64_t exceeding8(const float* pixels, __m256 level) {
  const __m256 above = _mm256_cmp_ps(_mm256_loadu_ps(pixels), level, _CMP_GT_OQ);
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_ps(above)));
}

THRESHER_AVX2 void binarise_avx2(const float* row, std::size_t width, float level, std::uint64_t* words) {
  const __m256 levels = _mm256_set1_ps(level);
  std::size_t x = 0;
  for (; x + 64 <= width; x += 64) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 64; i += 8) word |= exceeding8(row + x + i, levels) << i;
    words[x / 64] = word;
  }
  if (x == width) return;
  std::uint64_t word = 0;
  std::size_t i = 0;
  for (; x + i + 8 <= width; i += 8) word |= exceeding8(row + x + i, levels) << i;
  for (; x + i < width; ++i) word |= std::uint64_t{row[x + i] > level} << i;
  words[x / 64] = word;
}

THRESHER_AVX2 void rank_avx2(const float* pixels, const float* levels, std::size_t count, std::uint8_t* ranks) {
  for (std::size_t i = 0; i < 64; i += 32) {
    const __m256 p0 = _mm256_loadu_ps(pixels + i);
    const __m256 p1 = _mm256_loadu_ps(pixels + i + 8);
    const __m256 p2 = _mm256_loadu_ps(pixels + i + 16);
    const __m256 p3 = _mm256_loadu_ps(pixels + i + 24);
    __m256i r0 = _mm256_setzero_si256();
    __m256i r1 = r0;
    __m256i r2 = r0;
    __m256i r3 = r0;
    for (std::size_t k = 0; k < count; ++k) {
      const __m256 level = _mm256_set1_ps(levels[k]);
      // A comparison that holds is -1.
      r0 = _mm256_sub_epi32(r0, _mm256_castps_si256(_mm256_cmp_ps(p0, level, _CMP_GT_OQ)));
      r1 = _mm256_sub_epi32(r1, _mm256_castps_si256(_mm256_cmp_ps(p1, level, _CMP_GT_OQ)));
      r2 = _mm256_sub_epi32(r2, _mm256_castps_si256(_mm256_cmp_ps(p2, level, _CMP_GT_OQ)));
      r3 = _mm256_sub_epi32(r3, _mm256_castps_si256(_mm256_cmp_ps(p3, level, _CMP_GT_OQ)));
    }
    // Packing works within halves of a register; the permutation puts the quadruples back in order.
    const __m256i bytes = _mm256_packus_epi16(_mm256_packus_epi32(r0, r1), _mm256_packus_epi32(r2, r3));
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(ranks + i), _mm256_permutevar8x32_epi32(bytes, order));
  }
}

THRESHER_AVX2 std::uint64_t exceeding32(const std::uint8_t* ranks, __m256i rank) {
  const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(ranks));
  const __m256i not_above = _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, rank), bytes);
  return ~static_cast<std::uint32_t>(_mm256_movemask_epi8(not_above));
}

THRESHER_AVX2 void exceed_avx2(const std::uint8_t* ranks, std::size_t count, std::uint8_t rank, std::uint64_t* words) {
  const __m256i limit = _mm256_set1_epi8(static_cast<char>(rank));
  for (std::size_t w = 0; w < count; ++w) {
    const std::uint64_t low = exceeding32(ranks + 64 * w, limit) & 0xFFFFFFFFU;
    words[w] = low | exceeding32(ranks + 64 * w + 32, limit) << 32;
  }
}

THRESHER_AVX512 void binarise_avx512(const float* row, std::size_t width, float level, std::uint64_t* words) {
  const __m512 levels = _mm512_set1_ps(level);
  std::size_t x = 0;
  for (; x + 64 <= width; x += 64) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 64; i += 16) {
      const __mmask16 above = _mm512_cmp_ps_mask(_mm512_loadu_ps(row + x + i), levels, _CMP_GT_OQ);
      word |= static_cast<std::uint64_t>(above) << i;
    }
    words[x / 64] = word;
  }
  if (x == width) return;
  std::uint64_t word = 0;
  for (std::size_t i = 0; x + i < width; i += 16) {
    const std::size_t left = width - x - i;
    const auto inside = static_cast<__mmask16>(left >= 16 ? 0xFFFFU : (1U << left) - 1U);
    const __m512 pixels = _mm512_maskz_loadu_ps(inside, row + x + i);
    word |= static_cast<std::uint64_t>(_mm512_mask_cmp_ps_mask(inside, pixels, levels, _CMP_GT_OQ)) << i;
  }
  words[x / 64] = word;
}

THRESHER_AVX512 void rank_avx512(const float* pixels, const float* levels, std::size_t count, std::uint8_t* ranks) {
  const __m512i one = _mm512_set1_epi32(1);
  for (std::size_t i = 0; i < 64; i += 16) {
    const __m512 values = _mm512_loadu_ps(pixels + i);
    __m512i rank = _mm512_setzero_si512();
    for (std::size_t k = 0; k < count; ++k) {
      const __mmask16 above = _mm512_cmp_ps_mask(values, _mm512_set1_ps(levels[k]), _CMP_GT_OQ);
      rank = _mm512_mask_add_epi32(rank, above, rank, one);
    }
    _mm_storeu_si128(reinterpret_cast<__m128i*>(ranks + i), _mm512_maskz_cvtepi32_epi8(0xFFFF, rank));
  }
}

THRESHER_AVX512 void exceed_avx512(const std::uint8_t* ranks, std::size_t count, std::uint8_t rank,
                                   std::uint64_t* words) {
  const __m512i limit = _mm512_set1_epi8(static_cast<char>(rank));
  for (std::size_t w = 0; w < count; ++w) {
    words[w] = _mm512_cmpgt_epu8_mask(_mm512_loadu_si512(ranks + 64 * w), limit);
  }
}

}  // namespace

std::size_t add_vector_kernels(std::span<PixelKernels> kernels) {
  std::size_t count = 0;
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")) {
    kernels[count++] = {"AVX-512", binarise_avx512, rank_avx512, exceed_avx512};
  }
  if (__builtin_cpu_supports("avx2")) kernels[count++] = {"AVX2", binarise_avx2, rank_avx2, exceed_avx2};
  return count;
}

}  // namespace thresher

#elif !defined(__aarch64__)

namespace thresher {

std::size_t add_vector_kernels(std::span<PixelKernels>) {
  return 0;
}

}  // namespace thresher

#endif
