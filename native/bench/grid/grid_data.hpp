#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "thresher/image.hpp"
#include "thresher/score/ground_truth.hpp"

namespace bench {

/// A probability map with its ground truth, which is in pixels of an image of another size.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<float> pixels;
  thresher::Size size;
  thresher::GroundTruth ground_truth;

  [[nodiscard]] thresher::MapView map() const { return {pixels.data(), width, height}; }
};

/// Reads the images of a folder: maps/0.npy, maps/1.npy, ... (H x W, little-endian float32, C order) and images.txt, of
/// numbers between white space: for each map the width and height of its image and how many objects follow; of an
/// object 1 if it is "don't care" else 0, the number of its points, and these. An image with -1 objects has no ground
/// truth: the boxes of the usual setting stand for it. Throws std::runtime_error with the file and what it lacks.
std::vector<Image> read_images(const std::filesystem::path& folder);

}  // namespace bench
