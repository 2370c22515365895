#include "thresher/cuda/shared_engine.hpp"

#include <thread>
#include <vector>

#include "agreement.hpp"
#include "check.hpp"
#include "hard_pictures.hpp"

using namespace thresher;

TEST("cuda/shared_engine: many threads, two requests: each gets its own map's result") {
  cuda::SharedEngine engine(cuda::make_host_engine());
  HardPictures pictures(21);
  std::vector<Picture> maps;
  for (int i = 0; i < 48; ++i) maps.push_back(pictures.next(40));
  const cuda::Request low{.levels = {0.2F, 0.4F}, .unclip_ratio = {1.5}, .contours = 100, .min_side = 2};
  cuda::Request high = low;
  high.levels = {0.6F};

  std::vector<cuda::ImageCandidates> found(maps.size());
  const auto sized = [&](std::size_t i) { return cuda::SizedMap{maps[i].view(), {500, 300}}; };
  const auto request = [&](std::size_t i) -> const cuda::Request& { return i % 3 == 0 ? high : low; };
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 6; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = t; i < maps.size(); i += 6) found[i] = engine.find(sized(i), request(i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < maps.size(); ++i) agreement::check_image(sized(i), request(i), found[i]);
  CHECK(engine.work().contours > 0);
}

TEST("cuda/shared_engine: an error reaches the caller, and the next call works") {
  cuda::SharedEngine engine(cuda::make_host_engine({.memory = 20000}));
  const Picture large(400, 400, 1);
  const Picture map(10, 10, 1);
  const cuda::Request request{.levels = {0.5F}, .unclip_ratio = {}, .contours = 10};
  bool thrown = false;
  try {
    engine.find({large.view(), {400, 400}}, request);
  } catch (const cuda::DeviceMemoryError&) {
    thrown = true;
  }
  CHECK(thrown);
  CHECK_EQ(engine.find({map.view(), {10, 10}}, request).candidates.size(), 1U);

  Task task;
  task.cancelled = true;
  bool stopped = false;
  try {
    engine.find({map.view(), {10, 10}}, request, &task);
  } catch (const Cancelled&) {
    stopped = true;
  }
  CHECK(stopped);
}
