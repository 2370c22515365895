#pragma once

#include <memory>
#include <span>
#include <string>

#include "thresher/cuda/engine.hpp"

namespace bench {

/// Maps that stay on the device from run to run.
class Resident {
 public:
  virtual ~Resident() = default;
  [[nodiscard]] virtual std::span<const thresher::cuda::SizedMap> maps() const = 0;
};

/// Copies maps to the device; without CUDA throws thresher::cuda::DeviceError.
std::unique_ptr<Resident> make_resident(std::span<const thresher::cuda::SizedMap> maps);

/// What this device and its bus do at best.
struct Bandwidth {
  double upload = 0;  ///< bytes a second from page-locked memory to the device
  double read = 0;    ///< bytes a second from the device's memory
};
Bandwidth measure_bandwidth();

}  // namespace bench
