#include "grid_data.hpp"

#include <bit>
#include <fstream>
#include <regex>
#include <stdexcept>
#include <string>

#include "thresher/postprocess/postprocess.hpp"

namespace bench {
namespace {

static_assert(std::endian::native == std::endian::little, "maps are read as they lie");

std::ifstream opened(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path.string() + ": cannot be opened.");
  return file;
}

void read_map(const std::filesystem::path& path, Image& image) {
  std::ifstream file = opened(path);
  std::string magic(10, '\0');
  file.read(magic.data(), 10);
  if (!file || !magic.starts_with("\x93NUMPY\x01")) throw std::runtime_error(path.string() + ": not a version 1 .npy.");
  std::string header(static_cast<unsigned char>(magic[8]) + 256U * static_cast<unsigned char>(magic[9]), ' ');
  file.read(header.data(), static_cast<std::streamsize>(header.size()));
  const std::regex shape(R"('shape': \((\d+), (\d+)\))");
  std::smatch found;
  if (header.find("'<f4'") == std::string::npos || header.find("'fortran_order': False") == std::string::npos ||
      !std::regex_search(header, found, shape)) {
    throw std::runtime_error(path.string() + ": not H x W float32 in C order.");
  }
  image.height = std::stoi(found[1]);
  image.width = std::stoi(found[2]);
  image.pixels.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
  file.read(reinterpret_cast<char*>(image.pixels.data()),
            static_cast<std::streamsize>(image.pixels.size() * sizeof(float)));
  if (!file) throw std::runtime_error(path.string() + ": ends early.");
}

void read_objects(std::istream& file, int count, thresher::GroundTruth& gt) {
  for (int i = 0; i < count; ++i) {
    bool ignore = false;
    std::size_t points = 0;
    file >> ignore >> points;
    std::vector<thresher::PointD> polygon(file ? points : 0);
    for (thresher::PointD& point : polygon) file >> point.x >> point.y;
    gt.polygons.push_back(polygon);
    gt.ignore.push_back(ignore);
  }
}

}  // namespace

std::vector<Image> read_images(const std::filesystem::path& folder) {
  const std::filesystem::path list = folder / "images.txt";
  std::ifstream file = opened(list);
  std::vector<Image> images;
  for (int width = 0, height = 0, objects = 0; file >> width >> height >> objects;) {
    Image image;
    image.size = {width, height};
    read_map(folder / "maps" / (std::to_string(images.size()) + ".npy"), image);
    read_objects(file, objects, image.ground_truth);
    if (!file) throw std::runtime_error(list.string() + ": ends early.");
    if (objects < 0) {
      thresher::PostprocessOptions usual;
      usual.size = image.size;
      image.ground_truth.polygons = thresher::postprocess(image.map(), usual).polygons;
      image.ground_truth.ignore.resize(image.ground_truth.polygons.size());
    }
    images.push_back(std::move(image));
  }
  if (images.empty()) throw std::runtime_error(list.string() + ": names no map.");
  return images;
}

}  // namespace bench
