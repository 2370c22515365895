#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace bench {

/// Milliseconds of a pass over all images: of the processor where one thread worked, on the wall where several did.
struct Timing {
  double median = 0;
  double least = 0;
  double most = 0;
};

/// What is done with the image at a place, by one of several threads: each has a number of its own.
using Body = std::function<void(std::size_t image, std::size_t thread)>;

/// Passes that are compared, round by round in turn, so that all meet the same machine; a first round is not counted.
/// Threads take the images in turn, in so many passes that the end, where some have nothing left, hardly counts.
std::vector<Timing> measure_in_turn(std::size_t images, int rounds, std::size_t threads,
                                    const std::vector<Body>& bodies);

}  // namespace bench
