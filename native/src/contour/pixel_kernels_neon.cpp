#include "pixel_kernels_sets.hpp"

#if defined(__aarch64__)

#include <arm_neon.h>

namespace thresher {
namespace {

/// One bit a byte that is all ones, the first byte's lowest.
std::uint64_t bits_of(uint8x16_t mask) {
  constexpr std::uint8_t kBits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t bits = vandq_u8(mask, vld1q_u8(kBits));
  return std::uint64_t{vaddv_u8(vget_low_u8(bits))} | std::uint64_t{vaddv_u8(vget_high_u8(bits))} << 8;
}

/// Four times four lanes of all ones or zeros as sixteen such bytes.
uint8x16_t narrowed(uint32x4_t a, uint32x4_t b, uint32x4_t c, uint32x4_t d) {
  const uint16x8_t low = vcombine_u16(vmovn_u32(a), vmovn_u32(b));
  const uint16x8_t high = vcombine_u16(vmovn_u32(c), vmovn_u32(d));
  return vcombine_u8(vmovn_u16(low), vmovn_u16(high));
}

std::uint64_t exceeding16(const float* pixels, float32x4_t level) {
  return bits_of(narrowed(vcgtq_f32(vld1q_f32(pixels), level), vcgtq_f32(vld1q_f32(pixels + 4), level),
                          vcgtq_f32(vld1q_f32(pixels + 8), level), vcgtq_f32(vld1q_f32(pixels + 12), level)));
}

void binarise_neon(const float* row, std::size_t width, float level, std::uint64_t* words) {
  const float32x4_t levels = vdupq_n_f32(level);
  for (std::size_t x = 0; x < width; x += 64) {
    const std::size_t count = width - x < 64 ? width - x : 64;
    std::uint64_t word = 0;
    std::size_t i = 0;
    for (; i + 16 <= count; i += 16) word |= exceeding16(row + x + i, levels) << i;
    for (; i < count; ++i) word |= std::uint64_t{row[x + i] > level} << i;
    words[x / 64] = word;
  }
}

void rank_neon(const float* pixels, const float* levels, std::size_t count, std::uint8_t* ranks) {
  for (std::size_t i = 0; i < 64; i += 16) {
    const float32x4_t p0 = vld1q_f32(pixels + i);
    const float32x4_t p1 = vld1q_f32(pixels + i + 4);
    const float32x4_t p2 = vld1q_f32(pixels + i + 8);
    const float32x4_t p3 = vld1q_f32(pixels + i + 12);
    uint32x4_t r0 = vdupq_n_u32(0);
    uint32x4_t r1 = r0;
    uint32x4_t r2 = r0;
    uint32x4_t r3 = r0;
    for (std::size_t k = 0; k < count; ++k) {
      const float32x4_t level = vdupq_n_f32(levels[k]);
      // A comparison that holds is -1.
      r0 = vsubq_u32(r0, vcgtq_f32(p0, level));
      r1 = vsubq_u32(r1, vcgtq_f32(p1, level));
      r2 = vsubq_u32(r2, vcgtq_f32(p2, level));
      r3 = vsubq_u32(r3, vcgtq_f32(p3, level));
    }
    vst1q_u8(ranks + i, narrowed(r0, r1, r2, r3));
  }
}

void exceed_neon(const std::uint8_t* ranks, std::size_t count, std::uint8_t rank, std::uint64_t* words) {
  const uint8x16_t limit = vdupq_n_u8(rank);
  for (std::size_t w = 0; w < count; ++w) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 64; i += 16) word |= bits_of(vcgtq_u8(vld1q_u8(ranks + 64 * w + i), limit)) << i;
    words[w] = word;
  }
}

}  // namespace

std::size_t add_vector_kernels(std::span<PixelKernels> kernels) {
  kernels[0] = {"NEON", binarise_neon, rank_neon, exceed_neon};
  return 1;
}

}  // namespace thresher

#endif
