#include "chunked_engine.hpp"
#include "host_executor.hpp"

namespace thresher::cuda {

std::unique_ptr<Engine> make_host_engine(const HostOptions& options) {
  return std::make_unique<ChunkedEngine<HostExecutor>>(options.threads, options.memory, options.grain);
}

}  // namespace thresher::cuda
