#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

#include "picture.hpp"

/// Maps that are hard on contours and on arithmetic, of many kinds, the same on every run and machine.
class HardPictures {
 public:
  static constexpr int kKinds = 9;

  explicit HardPictures(std::uint32_t seed) : engine_(seed) {}

  int below(int bound) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(bound)); }
  float fraction() { return static_cast<float>(engine_() >> 8) * 0x1p-24F; }

  Picture next(int largest) {
    Picture picture(1 + below(largest), 1 + below(largest));
    switch (below(kKinds)) {
      case 0:  // noise of any density
        for (float& pixel : picture.pixels) pixel = below(100) < 55 ? fraction() : 0.0F;
        break;
      case 1:
        checkerboard(picture);
        break;
      case 2:
        nested_rings(picture);
        break;
      case 3:  // single pixels, and holes of one
        for (float& pixel : picture.pixels) pixel = below(12) == 0 ? 0.9F : 0.1F;
        if (below(2) == 0) invert(picture);
        break;
      case 4:
        lines(picture);
        break;
      case 5:
        touching_blocks(picture);
        break;
      default:
        text(picture);
    }
    if (below(4) == 0) draw_frame(picture);
    return picture;
  }

  /// Lines of text as a network sees them: turned rectangles with soft edges, some of them close, over faint noise.
  void text(Picture& picture) {
    for (float& pixel : picture.pixels) pixel = std::ldexp(fraction(), -4 - below(20));
    for (int i = 1 + below(8); i > 0; --i) {
      const double angle = below(3) == 0 ? 0 : (fraction() - 0.5) * std::numbers::pi;
      const double half_width = 1 + below(picture.width / 2 + 1);
      const double half_height = 1 + below(picture.height / 6 + 2);
      const double x0 = below(picture.width);
      const double y0 = below(picture.height);
      const double peak = 0.3 + 0.7 * fraction();
      const double softness = 0.3 + 2 * fraction();
      for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
          const double along = std::cos(angle) * (x - x0) + std::sin(angle) * (y - y0);
          const double across = std::cos(angle) * (y - y0) - std::sin(angle) * (x - x0);
          const double outside = std::max(std::abs(along) - half_width, std::abs(across) - half_height);
          const auto value = static_cast<float>(peak / (1 + std::exp(outside / softness)));
          picture.at(x, y) = std::max(picture.at(x, y), value);
        }
      }
    }
  }

 private:
  static void invert(Picture& picture) {
    for (float& pixel : picture.pixels) pixel = 1 - pixel;
  }

  void checkerboard(Picture& picture) {
    const int size = 1 + below(3);
    for (int y = 0; y < picture.height; ++y) {
      for (int x = 0; x < picture.width; ++x) picture.at(x, y) = (x / size + y / size) % 2 == 0 ? 0.8F : 0.2F;
    }
  }

  /// Holes in islands in holes, off centre, with values that rise inwards.
  void nested_rings(Picture& picture) {
    const int step = 1 + below(3);
    const int x0 = below(picture.width);
    const int y0 = below(picture.height);
    for (int y = 0; y < picture.height; ++y) {
      for (int x = 0; x < picture.width; ++x) {
        const int ring = std::max(std::abs(x - x0), std::abs(y - y0)) / step;
        picture.at(x, y) = ring % 2 == 0 ? 0.9F / static_cast<float>(1 + ring / 4) : 0.05F;
      }
    }
    for (int i = below(10); i > 0; --i) picture.at(below(picture.width), below(picture.height)) = 0.5F;
  }

  /// Lines of one pixel's width that cross: necks, collinear runs, contours that pass a pixel several times.
  void lines(Picture& picture) {
    for (int i = 2 + below(6); i > 0; --i) {
      double x = below(picture.width);
      double y = below(picture.height);
      const double angle = below(8) * std::numbers::pi / 4 + (below(2) == 0 ? 0 : fraction());
      const float value = 0.3F + 0.6F * fraction();
      for (int length = below(picture.width + picture.height); length > 0; --length) {
        const int at_x = static_cast<int>(std::lround(x));
        const int at_y = static_cast<int>(std::lround(y));
        if (at_x < 0 || at_y < 0 || at_x >= picture.width || at_y >= picture.height) break;
        picture.at(at_x, at_y) = value;
        x += std::cos(angle);
        y += std::sin(angle);
      }
    }
  }

  /// Blocks that touch by corners and by bridges of one pixel.
  void touching_blocks(Picture& picture) {
    const int size = 2 + below(7);
    for (int y = 0; y < picture.height; ++y) {
      for (int x = 0; x < picture.width; ++x) {
        const bool block = (x / size + y / size) % 2 == 0;
        const bool bridge = x % size == size / 2 && below(5) == 0;
        picture.at(x, y) = block || bridge ? 0.4F + 0.5F * fraction() : 0.1F;
      }
    }
  }

  /// Foreground along the whole edge, which holes and gaps must not leak through.
  static void draw_frame(Picture& picture) {
    for (int y = 0; y < picture.height; ++y) picture.at(0, y) = picture.at(picture.width - 1, y) = 0.7F;
    for (int x = 0; x < picture.width; ++x) picture.at(x, 0) = picture.at(x, picture.height - 1) = 0.7F;
  }

  std::mt19937 engine_;
};
