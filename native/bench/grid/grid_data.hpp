#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "thresher/image.hpp"
#include "thresher/score/ground_truth.hpp"

namespace bench {

/// Probability maps of one size with their ground truth, in map pixels.
struct Images {
  int width = 0;
  int height = 0;
  std::vector<float> pixels;
  std::vector<thresher::GroundTruth> ground_truths;

  [[nodiscard]] std::size_t size() const { return ground_truths.size(); }
  [[nodiscard]] thresher::MapView map(std::size_t i) const {
    return {pixels.data() + i * static_cast<std::size_t>(width) * static_cast<std::size_t>(height), width, height};
  }
};

/// Reads the first `most` images of a folder: maps.npy (N x H x W, little-endian float32, C order), index.json (a list
/// of objects with "image", naming the maps in order) and gt/gt_NAME.txt (ICDAR 2015: x1,y1,...,x4,y4,text; "###" is
/// don't care). Throws std::runtime_error with the file and what it lacks.
Images read_images(const std::filesystem::path& folder, std::size_t most);

}  // namespace bench
