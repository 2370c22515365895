#include "timing.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <thread>

namespace bench {
namespace {

/// Seconds. Of this thread alone: what OpenCV links keeps a pool of threads spinning while it starts, which the
/// process's clock would count.
double thread_seconds() {
  std::timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double alone(std::size_t images, const Body& body) {
  const double start = thread_seconds();
  for (std::size_t i = 0; i < images; ++i) body(i, 0);
  return 1e3 * (thread_seconds() - start);
}

/// Maps enough for each thread that it matters little who is left with the last one: all images again and again.
constexpr std::size_t kMapsAThread = 16;

double together(std::size_t images, std::size_t threads, const Body& body) {
  const std::size_t passes = (kMapsAThread * threads + images - 1) / images;
  const auto start = std::chrono::steady_clock::now();
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> workers;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    workers.emplace_back([&, thread] {
      for (std::size_t i = next++; i < passes * images; i = next++) body(i % images, thread);
    });
  }
  for (std::thread& worker : workers) worker.join();
  const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
  return time.count() / static_cast<double>(passes);
}

}  // namespace

std::vector<Timing> measure_in_turn(std::size_t images, int rounds, std::size_t threads,
                                    const std::vector<Body>& bodies) {
  std::vector<std::vector<double>> times(bodies.size());
  for (int round = 0; round <= rounds; ++round) {
    for (std::size_t which = 0; which < bodies.size(); ++which) {
      const double time = threads == 1 ? alone(images, bodies[which]) : together(images, threads, bodies[which]);
      if (round > 0) times[which].push_back(time);
    }
  }
  std::vector<Timing> timings;
  for (std::vector<double>& each : times) {
    std::ranges::sort(each);
    timings.push_back({each[each.size() / 2], each.front(), each.back()});
  }
  return timings;
}

}  // namespace bench
