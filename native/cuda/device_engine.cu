#include "../src/cuda/chunked_engine.hpp"
#include "device_executor.cuh"
#include "thresher/cuda/device.hpp"

namespace thresher::cuda {

std::unique_ptr<Engine> make_device_engine(int device) {
  const Status status = query();
  if (!status.reason.empty()) throw DeviceError(status.reason);
  if (device < 0 || static_cast<std::size_t>(device) >= status.devices.size()) {
    throw DeviceError("there is no device " + std::to_string(device) + ": the driver lists " +
                      std::to_string(status.devices.size()));
  }
  return std::make_unique<ChunkedEngine<DeviceExecutor>>(device);
}

}  // namespace thresher::cuda
