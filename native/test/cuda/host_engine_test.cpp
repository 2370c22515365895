#include <algorithm>
#include <atomic>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "all_modes.hpp"
#include "check.hpp"
#include "random_batches.hpp"
#include "thresher/cuda/engine.hpp"

using namespace thresher;
using agreement::check_batches;
using cuda::Request;
using cuda::SizedMap;

namespace {

Request plain_request() {
  return {.mode = {}, .levels = {0.3F, 0.5F}, .unclip_ratio = {1.5}, .contours = 1000, .min_side = 3};
}

}  // namespace

TEST("cuda/host_engine: equal to the CPU's path on thousands of small maps") {
  const auto engine = cuda::make_host_engine();
  check_batches(*engine, {.seed = 1, .batches = 2500, .largest = 24});
  const cuda::Work work = engine->work();
  CHECK(work.contours > 10000);
  CHECK(work.areas > 10000 && work.areas_left > 100 && work.areas_left * 3 < work.areas);
}

TEST("cuda/host_engine: equal on maps of several words a row, and mostly without the CPU's help") {
  const auto engine = cuda::make_host_engine();
  check_batches(*engine, {.seed = 2, .batches = 120, .largest = 200});
  const cuda::Work work = engine->work();
  CHECK(work.candidates > 1000 && work.candidates_redone * 100 < work.candidates);
  CHECK(work.boxes > 1000 && work.boxes_redone < work.boxes);
}

TEST("cuda/host_engine: equal on several threads, whichever comes first") {
  const auto engine = cuda::make_host_engine({.threads = 4, .grain = 1});
  check_batches(*engine, {.seed = 3, .batches = 60, .largest = 40});
}

TEST("cuda/host_engine: equal where every doubt goes to the CPU") {
  const auto engine = cuda::make_host_engine();
  check_batches(*engine, {.seed = 4, .batches = 200, .largest = 40, .caution = 1e12});
  const cuda::Work work = engine->work();
  CHECK(work.candidates_redone > 100);
  CHECK(work.boxes_redone > 100);
}

TEST("cuda/host_engine: a batch that does not fit is split by maps, then by levels, with the same result") {
  const auto engine = cuda::make_host_engine({.memory = 150000});
  check_batches(*engine, {.seed = 5, .batches = 60, .largest = 40});
  CHECK(engine->work().chunks_too_large > 0);

  HardPictures pictures(6);
  const Picture map(400, 400, 0.9F);
  bool thrown = false;
  try {
    const std::vector<SizedMap> maps{{map.view(), {400, 400}}};
    engine->find(maps, plain_request());
  } catch (const cuda::DeviceMemoryError& error) {
    thrown = std::string(error.what()).starts_with("a map of 400 x 400 does not fit");
  }
  CHECK(thrown);
  // The engine goes on.
  check_batches(*engine, {.seed = 7, .batches = 5, .largest = 20});
}

namespace {

/// Pages of text with ground truth, larger and smaller ones.
struct Pages {
  explicit Pages(int count) {
    HardPictures random(10);
    for (int i = 0; i < count; ++i) {
      Picture& map = maps.emplace_back(20 + random.below(80), 20 + random.below(60));
      random.text(map);
      ground_truth.push_back(hard_ground_truth(random, {map.width, map.height}));
    }
    for (std::size_t i = 0; i < maps.size(); ++i) {
      sized.push_back({maps[i].view(), {maps[i].width, maps[i].height}, &ground_truth[i]});
    }
  }

  std::vector<Picture> maps;
  std::vector<PolygonSet> ground_truth;
  std::vector<SizedMap> sized;
};

}  // namespace

TEST("cuda/host_engine: the same result from parts one after the other, whatever memory ends where") {
  const Pages pages(14);
  Request request = plain_request();
  request.levels = {0.2F, 0.3F, 0.4F, 0.5F};
  request.unclip_ratio = {1.5, 2};
  std::uint64_t split = 0;
  int enough = 0;
  for (std::size_t memory = 20000; memory < 4000000; memory += memory / 5) {
    const auto engine = cuda::make_host_engine({.threads = 1 + static_cast<unsigned>(memory % 2), .memory = memory});
    try {
      agreement::check(*engine, pages.sized, request);
      ++enough;
    } catch (const cuda::DeviceMemoryError&) {
      CHECK_EQ(enough, 0);
    }
    split += engine->work().chunks_too_large;
  }
  CHECK(enough > 10);
  CHECK(split > 20);
}

TEST("cuda/host_engine: cancelled at any moment, it stops or has finished, and goes on with the next batch") {
  const Pages pages(40);
  Request request = plain_request();
  request.levels = {0.2F, 0.3F, 0.4F};
  const auto engine = cuda::make_host_engine({.memory = 300000});
  for (int round = 0; round < 20; ++round) {
    Task task;
    std::atomic<bool> begun{false};
    std::thread other([&] {
      while (!begun) std::this_thread::yield();
      for (int wait = 0; wait < round * 100; ++wait) std::this_thread::yield();
      task.cancelled = true;
    });
    begun = true;
    try {
      CHECK_EQ(engine->find(pages.sized, request, &task).size(), pages.sized.size());
    } catch (const Cancelled&) {
      CHECK(task.cancelled);
    }
    other.join();
  }
  agreement::check(*engine, pages.sized, request);
}

TEST("cuda/host_engine: more levels than a byte ranks") {
  const auto engine = cuda::make_host_engine();
  HardPictures pictures(8);
  const Picture map = pictures.next(30);
  Request request = plain_request();
  request.levels.clear();
  for (int i = 0; i < 300; ++i) request.levels.push_back(static_cast<float>(i) / 300);
  const std::vector<SizedMap> maps{{map.view(), {map.width, map.height}}};
  agreement::check(*engine, maps, request);
}

TEST("cuda/host_engine: levels at infinity, empty and full maps, single pixels") {
  const auto engine = cuda::make_host_engine();
  const float infinity = std::numeric_limits<float>::infinity();
  Request request = plain_request();
  request.levels = {-infinity, 0, 0.5F, infinity};
  request.min_side = 0;
  for (const PostprocessMode& mode : all_modes()) {
    request.mode = mode;
    for (const Size size : {Size{1, 1}, Size{64, 1}, Size{65, 2}, Size{1, 70}, Size{128, 3}}) {
      const Picture empty(size.width, size.height, 0);
      const Picture full(size.width, size.height, 1);
      const std::vector<SizedMap> maps{{empty.view(), size}, {full.view(), size}, {empty.view(), size}};
      agreement::check(*engine, maps, request);
    }
  }
  CHECK_EQ(engine->find({}, request).size(), 0U);
}

TEST("cuda/host_engine: dilation grows into words that have no foreground of their own") {
  const auto engine = cuda::make_host_engine();
  Request request = plain_request();
  request.mode.dilate = true;
  request.min_side = 0;
  for (const int x : {0, 62, 63, 64, 127, 128, 129}) {
    for (const int y : {0, 2, 4}) {
      Picture map(130, 5);
      map.at(x, y) = 0.9F;
      const std::vector<SizedMap> maps{{map.view(), {130, 5}}};
      agreement::check(*engine, maps, request);
    }
  }
}

TEST("cuda/host_engine: sums that depend on the order are added in the CPU's, and NaN is the CPU's") {
  const auto engine = cuda::make_host_engine();
  HardPictures pictures(9);
  for (const PostprocessMode& mode : all_modes()) {
    for (const float odd : {0.5F, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
      Picture map(40, 30);
      for (float& pixel : map.pixels) {
        pixel = pictures.below(3) == 0 ? 1e-30F * pictures.fraction() : pictures.fraction();
      }
      map.at(20, 15) = odd;
      Request request = plain_request();
      request.mode = mode;
      request.levels = {0.1F, 0.2F};
      const std::vector<SizedMap> maps{{map.view(), {40, 30}}};
      agreement::check(*engine, maps, request);
    }
  }
  CHECK(engine->work().candidates_redone > 32);
}

TEST("cuda/host_engine: a cancelled task ends it") {
  const auto engine = cuda::make_host_engine();
  const Picture map(10, 10, 1);
  const std::vector<SizedMap> maps{{map.view(), {10, 10}}};
  Task task;
  task.cancelled = true;
  bool stopped = false;
  try {
    engine->find(maps, plain_request(), &task);
  } catch (const Cancelled&) {
    stopped = true;
  }
  CHECK(stopped);
}
