#pragma once

#include <filesystem>
#include <vector>

#include "thresher/image.hpp"

namespace bench {

struct OwnedMap {
  std::vector<float> pixels;
  int width = 0;
  int height = 0;

  [[nodiscard]] thresher::MapView view() const { return {pixels.data(), width, height}; }
};

/// All maps of a folder's .npy files (H x W or N x H x W, little-endian float32, C order), by file name. Throws
/// std::runtime_error with the file and what is wrong with it.
std::vector<OwnedMap> read_npy_folder(const std::filesystem::path& folder);

}  // namespace bench
