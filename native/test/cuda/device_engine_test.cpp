#include <memory>

#include "check.hpp"
#include "random_batches.hpp"
#include "thresher/cuda/device.hpp"
#include "thresher/cuda/engine.hpp"

using namespace thresher;

namespace {

std::unique_ptr<cuda::Engine> device_engine() {
  const cuda::Status status = cuda::query();
  if (!status.reason.empty()) throw check::NotRun(status.reason);
  return cuda::make_device_engine();
}

}  // namespace

TEST("cuda/device_engine: equal to the CPU's path on small maps and on larger ones") {
  const auto engine = device_engine();
  agreement::check_batches(*engine, {.seed = 1, .batches = 300, .largest = 24});
  agreement::check_batches(*engine, {.seed = 2, .batches = 30, .largest = 200});
  CHECK(engine->work().contours > 1000);
  CHECK(engine->work().areas > 1000);
}

TEST("cuda/device_engine: equal where every doubt goes to the CPU") {
  const auto engine = device_engine();
  agreement::check_batches(*engine, {.seed = 4, .batches = 30, .largest = 40, .caution = 1e12});
  CHECK(engine->work().boxes_redone > 10);
}

TEST("cuda/device_engine: where there is no device, or not that many, an error says so") {
  const cuda::Status status = cuda::query();
  std::string message;
  try {
    cuda::make_device_engine(static_cast<int>(status.devices.size()) + 1000);
  } catch (const cuda::DeviceError& error) {
    message = error.what();
  }
  CHECK(message == status.reason || message.starts_with("there is no device 10"));
}
