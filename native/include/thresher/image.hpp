#pragma once

#include <cstddef>

namespace thresher {

struct Size {
  int width = 0;
  int height = 0;

  friend bool operator==(const Size&, const Size&) = default;
};

/// A borrowed row-major image; rows follow one another without padding.
template <class T>
struct ImageView {
  const T* data = nullptr;
  int width = 0;
  int height = 0;

  [[nodiscard]] const T* row(int y) const {
    return data + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
  }
};

using MapView = ImageView<float>;

}  // namespace thresher
