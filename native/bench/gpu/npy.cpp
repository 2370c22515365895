#include "npy.hpp"

#include <algorithm>
#include <bit>
#include <fstream>
#include <regex>
#include <stdexcept>
#include <string>

namespace bench {
namespace {

static_assert(std::endian::native == std::endian::little, "arrays are read as they lie");

void read_npy(const std::filesystem::path& path, std::vector<OwnedMap>& maps) {
  std::ifstream file(path, std::ios::binary);
  std::string magic(10, '\0');
  file.read(magic.data(), 10);
  if (!file || !magic.starts_with("\x93NUMPY\x01")) throw std::runtime_error(path.string() + ": not a version 1 .npy.");
  std::string header(static_cast<unsigned char>(magic[8]) + 256U * static_cast<unsigned char>(magic[9]), ' ');
  file.read(header.data(), static_cast<std::streamsize>(header.size()));
  const std::regex shape(R"('shape': \((?:(\d+), )?(\d+), (\d+)\))");
  std::smatch found;
  if (header.find("'<f4'") == std::string::npos || header.find("'fortran_order': False") == std::string::npos ||
      !std::regex_search(header, found, shape)) {
    throw std::runtime_error(path.string() + ": not H x W or N x H x W float32 in C order.");
  }
  const std::size_t count = found[1].matched ? std::stoul(found[1]) : 1;
  for (std::size_t i = 0; i < count; ++i) {
    OwnedMap& map = maps.emplace_back();
    map.height = std::stoi(found[2]);
    map.width = std::stoi(found[3]);
    map.pixels.resize(static_cast<std::size_t>(map.width) * static_cast<std::size_t>(map.height));
    file.read(reinterpret_cast<char*>(map.pixels.data()),
              static_cast<std::streamsize>(map.pixels.size() * sizeof(float)));
  }
  if (!file) throw std::runtime_error(path.string() + ": ends early.");
}

}  // namespace

std::vector<OwnedMap> read_npy_folder(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".npy") paths.push_back(entry.path());
  }
  if (paths.empty()) throw std::runtime_error(folder.string() + ": has no .npy file.");
  std::ranges::sort(paths);
  std::vector<OwnedMap> maps;
  for (const auto& path : paths) read_npy(path, maps);
  return maps;
}

}  // namespace bench
