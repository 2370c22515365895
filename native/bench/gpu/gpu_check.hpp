#pragma once

#include <vector>

#include "npy.hpp"
#include "thresher/cuda/engine.hpp"

namespace bench {

/// Holds an engine against the CPU's path on `generated` random maps or so, and on given ones, in every mode. Throws at
/// the first difference.
void run_equality(thresher::cuda::Engine& engine, const std::vector<OwnedMap>& maps, int generated, unsigned seed);

/// Prints one line a measurement, tab-separated: data set, what, seconds, and what the bytes over the measured
/// bandwidth would take. `on_device` says whether the engine has a device, on which maps can stay.
void run_benchmark(thresher::cuda::Engine& engine, bool on_device, unsigned threads, double scale);

}  // namespace bench
