#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace thresher::cuda {

struct Device {
  std::string name;
  std::uint64_t memory_bytes = 0;
  int major = 0;  ///< compute capability
  int minor = 0;
};

/// What of CUDA this build has and this machine offers.
struct Status {
  bool compiled = false;        ///< whether the library was built with nvcc
  std::string toolkit;          ///< version of the runtime it was built with, e.g. "13.0"; empty without
  std::string driver;           ///< newest CUDA version that the driver supports; empty without a driver
  std::vector<Device> devices;  ///< those that the driver lists
  std::string reason;           ///< why there is no device to use; empty where there is one
};

/// Asks the runtime; never throws, and needs no driver.
Status query();

}  // namespace thresher::cuda
