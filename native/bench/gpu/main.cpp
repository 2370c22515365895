#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "gpu_check.hpp"
#include "thresher/cuda/device.hpp"

// thresher_gpu_check equality|bench [--device N | --host] [--generated N] [--seed N] [--maps FOLDER] [--scale X]
// --host puts host threads in the place of the device, to try this program on a machine without one.

namespace {

struct Options {
  std::string what;
  std::string maps;
  int device = 0;
  bool host = false;
  int generated = 2000;
  unsigned seed = 1;
  double scale = 1;
};

Options read(int argc, char** argv) {
  Options options;
  if (argc > 1) options.what = argv[1];
  for (int i = 2; i < argc; ++i) {
    const std::string name = argv[i];
    if (name == "--host") {
      options.host = true;
      continue;
    }
    if (i + 1 == argc) throw std::runtime_error(name + ": needs a value.");
    const std::string value = argv[++i];
    if (name == "--device") {
      options.device = std::stoi(value);
    } else if (name == "--generated") {
      options.generated = std::stoi(value);
    } else if (name == "--seed") {
      options.seed = static_cast<unsigned>(std::stoul(value));
    } else if (name == "--maps") {
      options.maps = value;
    } else if (name == "--scale") {
      options.scale = std::stod(value);
    } else {
      throw std::runtime_error(name + ": no such option.");
    }
  }
  return options;
}

std::unique_ptr<thresher::cuda::Engine> make_engine(const Options& options, unsigned threads) {
  using namespace thresher::cuda;
  if (options.host) return make_host_engine({.threads = threads});
  const Status status = query();
  std::printf("# toolkit %s, driver %s\n", status.toolkit.c_str(), status.driver.c_str());
  for (const Device& device : status.devices) {
    std::printf("# %s, %d.%d, %.1f GiB\n", device.name.c_str(), device.major, device.minor,
                static_cast<double>(device.memory_bytes) / (1 << 30));
  }
  return make_device_engine(options.device);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const Options options = read(argc, argv);
    const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    const auto engine = make_engine(options, threads);
    if (options.what == "equality") {
      std::vector<bench::OwnedMap> maps;
      if (!options.maps.empty()) maps = bench::read_npy_folder(options.maps);
      bench::run_equality(*engine, maps, options.generated, options.seed);
    } else if (options.what == "bench") {
      bench::run_benchmark(*engine, !options.host, threads, options.scale);
    } else {
      throw std::runtime_error("thresher_gpu_check equality|bench; see the top of main.cpp for options.");
    }
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
