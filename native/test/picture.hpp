#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string_view>
#include <vector>

#include "thresher/geometry/point.hpp"
#include "thresher/image.hpp"

/// A small map that a test can write down: '#' is 1, a digit d is d / 10, anything else 0.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<float> pixels;

  Picture(int w, int h, float value = 0) : width(w), height(h) {
    pixels.assign(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), value);
  }
  Picture(std::initializer_list<std::string_view> rows)
      : Picture(static_cast<int>(rows.begin()->size()), static_cast<int>(rows.size())) {
    std::size_t i = 0;
    for (const auto row : rows) {
      for (const char c : row) pixels[i++] = c == '#' ? 1.0F : c >= '0' && c <= '9' ? (c - '0') / 10.0F : 0.0F;
    }
  }

  float& at(int x, int y) {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
  [[nodiscard]] thresher::MapView view() const { return {pixels.data(), width, height}; }
};

/// Random pictures of many kinds, the same on every run and machine.
class RandomPictures {
 public:
  explicit RandomPictures(std::uint32_t seed) : engine_(seed) {}

  int below(int bound) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(bound)); }

  /// Noise of a random density, then as many rectangles of foreground and background.
  Picture next() {
    Picture picture(1 + below(24), 1 + below(24));
    const int density = below(101);
    for (float& pixel : picture.pixels) pixel = below(100) < density ? 1.0F : 0.0F;
    for (int i = below(6); i > 0; --i) {
      const int x0 = below(picture.width);
      const int y0 = below(picture.height);
      const float value = below(2) == 0 ? 0.0F : 1.0F;
      for (int y = y0; y < picture.height && y <= y0 + i; ++y) {
        for (int x = x0; x < picture.width && x <= x0 + 2 * i; ++x) picture.at(x, y) = value;
      }
    }
    return picture;
  }

  std::vector<thresher::PointI> points(int most, int extent) {
    std::vector<thresher::PointI> result(static_cast<std::size_t>(1 + below(most)));
    for (auto& point : result) point = {below(extent) - extent / 4, below(extent) - extent / 4};
    return result;
  }

 private:
  std::mt19937 engine_;
};
