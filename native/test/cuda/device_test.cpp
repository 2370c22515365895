#include "thresher/cuda/device.hpp"

#include "check.hpp"

TEST("cuda/device: a status without a device says why, one with a device names it") {
  const auto status = thresher::cuda::query();
  CHECK_EQ(status.devices.empty(), !status.reason.empty());
  CHECK_EQ(status.compiled, !status.toolkit.empty());
  for (const auto& device : status.devices) {
    CHECK(!device.name.empty());
    CHECK(device.memory_bytes > 0);
  }
}
