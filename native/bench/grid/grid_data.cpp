#include "grid_data.hpp"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace bench {
namespace {

static_assert(std::endian::native == std::endian::little, "maps.npy is read as it lies");

std::ifstream opened(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path.string() + ": cannot be opened.");
  return file;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file = opened(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void read_maps(const std::filesystem::path& path, std::size_t most, Images& images, std::size_t& count) {
  std::ifstream file = opened(path);
  std::string magic(10, '\0');
  file.read(magic.data(), 10);
  if (!file || !magic.starts_with("\x93NUMPY\x01")) throw std::runtime_error(path.string() + ": not a version 1 .npy.");
  std::string header(static_cast<unsigned char>(magic[8]) + 256U * static_cast<unsigned char>(magic[9]), ' ');
  file.read(header.data(), static_cast<std::streamsize>(header.size()));
  const std::regex shape(R"('shape': \((\d+), (\d+), (\d+)\))");
  std::smatch found;
  if (header.find("'<f4'") == std::string::npos || header.find("'fortran_order': False") == std::string::npos ||
      !std::regex_search(header, found, shape)) {
    throw std::runtime_error(path.string() + ": not N x H x W float32 in C order.");
  }
  count = std::min<std::size_t>(most, std::stoul(found[1]));
  images.height = std::stoi(found[2]);
  images.width = std::stoi(found[3]);
  images.pixels.resize(count * static_cast<std::size_t>(images.width) * static_cast<std::size_t>(images.height));
  file.read(reinterpret_cast<char*>(images.pixels.data()),
            static_cast<std::streamsize>(images.pixels.size() * sizeof(float)));
  if (!file) throw std::runtime_error(path.string() + ": ends early.");
}

thresher::GroundTruth read_ground_truth(const std::filesystem::path& path) {
  thresher::GroundTruth gt;
  std::istringstream lines(text_of(path));
  for (std::string line; std::getline(lines, line);) {
    double v[8];
    int end = 0;
    if (line.empty()) continue;
    if (std::sscanf(line.c_str(), "%lf,%lf,%lf,%lf,%lf,%lf,%lf,%lf%n", &v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6],
                    &v[7], &end) != 8) {
      throw std::runtime_error(path.string() + ": a line is not x1,y1,...,x4,y4,text: " + line);
    }
    gt.polygons.push_back(std::vector<thresher::PointD>{{v[0], v[1]}, {v[2], v[3]}, {v[4], v[5]}, {v[6], v[7]}});
    gt.ignore.push_back(line.find(",###", static_cast<std::size_t>(end)) != std::string::npos);
  }
  return gt;
}

}  // namespace

Images read_images(const std::filesystem::path& folder, std::size_t most) {
  Images images;
  std::size_t count = 0;
  read_maps(folder / "maps.npy", most, images, count);
  const std::string index = text_of(folder / "index.json");
  const std::regex name(R"re("image"\s*:\s*"([^"]+)")re");
  for (std::sregex_iterator it(index.begin(), index.end(), name), end; it != end && images.size() < count; ++it) {
    images.ground_truths.push_back(read_ground_truth(folder / "gt" / ("gt_" + (*it)[1].str() + ".txt")));
  }
  if (images.size() < count) {
    throw std::runtime_error((folder / "index.json").string() + ": names fewer maps than maps.npy has.");
  }
  return images;
}

}  // namespace bench
