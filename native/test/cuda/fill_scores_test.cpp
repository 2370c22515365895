#include "../../src/cuda/fill_scores.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "../../src/cuda/host_executor.hpp"
#include "../../src/cuda/polygons.hpp"
#include "check.hpp"
#include "hard_pictures.hpp"
#include "thresher/geometry/polygon_mean.hpp"

using namespace thresher;
using cuda::HostExecutor;
using cuda::PolygonCandidate;
using cuda::Standing;

namespace {

/// Scores polygons that lie in one map, as the stages do.
std::vector<PolygonCandidate> scores(HostExecutor& executor, MapView map, const std::vector<std::vector<PointI>>& rings,
                                     double box_thresh) {
  cuda::Image image;
  image.pixels = map.data;
  image.size = {map.width, map.height};
  const cuda::Chunk chunk{&image, 1, 1};
  std::vector<PointI> vertices;
  std::vector<PolygonCandidate> candidates;
  for (const auto& ring : rings) {
    candidates.push_back({vertices.size(), static_cast<cuda::Index>(ring.size()), 0,
                          static_cast<cuda::Index>(candidates.size()), 0, 0, Standing::found, 0});
    vertices.insert(vertices.end(), ring.begin(), ring.end());
  }
  const cuda::DescribePolygons describe{chunk, candidates.data(), vertices.data()};
  const auto kept =
      cuda::score_fills(executor, chunk, vertices.data(), describe, candidates.data(), candidates.size(), box_thresh);
  return {kept.data(), kept.data() + kept.size()};
}

/// Any polygon in a map: few or many vertices anywhere, so that it crosses itself, repeats itself or has no area.
std::vector<PointI> any_ring(HardPictures& random, const Picture& map) {
  std::vector<PointI> ring;
  const int vertices = random.below(8) == 0 ? 1 + random.below(120) : 1 + random.below(8);
  for (int i = 0; i < vertices; ++i) {
    ring.push_back({random.below(map.width), random.below(map.height)});
    if (random.below(6) == 0) ring.push_back(ring[static_cast<std::size_t>(random.below(i + 1))]);
  }
  return ring;
}

}  // namespace

TEST("cuda/fill_scores: means over any polygons are PolygonMean's, also where a row has many crossings") {
  HardPictures random(41);
  PolygonMean mean;
  std::size_t most = 0;
  for (int round = 0; round < 150; ++round) {
    HostExecutor executor(1 + static_cast<unsigned>(round % 3), std::size_t{1} << 26, 16);
    Picture map(1 + random.below(90), 1 + random.below(60));
    for (float& pixel : map.pixels) pixel = random.fraction();
    std::vector<std::vector<PointI>> rings;
    for (int i = random.below(12); i > 0; --i) rings.push_back(any_ring(random, map));
    const auto found = scores(executor, map.view(), rings, 0);
    CHECK_EQ(found.size(), rings.size());
    for (std::size_t i = 0; i < rings.size(); ++i) {
      const double expected = mean(map.view(), rings[i]);
      CHECK_EQ(std::bit_cast<std::uint64_t>(found[i].score), std::bit_cast<std::uint64_t>(expected));
      most = std::max(most, rings[i].size());
    }
  }
  CHECK(most > 100);
}

TEST("cuda/fill_scores: a score equal to box_thresh stays, one below it goes") {
  HostExecutor executor(1, std::size_t{1} << 20);
  Picture map(10, 10);
  map.at(4, 4) = 0.5F;
  map.at(7, 7) = 0.25F;
  const auto found = scores(executor, map.view(), {{{4, 4}}, {{7, 7}}, {{4, 4}, {5, 4}}}, 0.25);
  CHECK_EQ(found.size(), 3U);
  CHECK_EQ(scores(executor, map.view(), {{{4, 4}}, {{7, 7}}, {{4, 4}, {5, 4}}}, 0.26).size(), 1U);
}
