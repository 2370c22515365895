#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

#include "thresher/geometry/point.hpp"
#include "thresher/image.hpp"
#include "thresher/postprocess/options.hpp"
#include "thresher/score/known_areas.hpp"
#include "thresher/task.hpp"

namespace thresher::cuda {

/// What a device could not do: the CUDA call, its code and text, as one line.
struct DeviceError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Thrown where not even one map at one threshold fits in the device's memory.
struct DeviceMemoryError : DeviceError {
  using DeviceError::DeviceError;
};

/// What is looked for in every map of a batch.
struct Request {
  PostprocessMode mode{};
  std::vector<float> levels;         ///< as threshold_level gives them, ascending, without repeats
  std::vector<double> unclip_ratio;  ///< may be empty
  std::uint64_t contours = 0;        ///< contour_limit
  double min_side = 0;               ///< candidates with a shorter side are left out
  double box_thresh = 0;             ///< and those with a lower score
  /// Scales the slack within which results go back to the CPU, because the device's sines and arcs might have other
  /// last bits than the C library's. 1 is safe; more sends more, which tests use.
  double caution = 1;

  friend bool operator==(const Request&, const Request&) = default;
};

/// One map to look at, and the size of its image, to which boxes are scaled.
struct SizedMap {
  MapView map;
  Size size;
  /// Polygons whose areas shared with each box are wanted, as Scorer::area_polygons gives them; none where not given.
  const PolygonSet* ground_truth = nullptr;
};

/// A candidate as CandidateFinder gives it: its place among the contours, side and score.
struct FoundCandidate {
  std::uint32_t contour = 0;
  float side = 0;
  double score = 0;
};

/// A rectangle expanded at one ratio, as Expander gives it.
struct FoundBox {
  bool exists = false;
  float side = 0;
  std::array<PointD, 4> polygon{};
};

/// All that one map's grid needs of geometry. FoundBoxes gives the boxes.
struct ImageCandidates {
  Size map;
  Size image;                                ///< what boxes are scaled to
  std::vector<FoundCandidate> candidates;    ///< level by level, each in the order of the list of contours
  PolygonSet outlines;                       ///< one a candidate: its rectangle or its approximated contour
  std::vector<std::size_t> ends;             ///< one a level: where its candidates end
  std::vector<std::vector<FoundBox>> boxes;  ///< by ratio, then one a candidate; none of a mode that starts from
                                             ///< polygons
  std::vector<KnownAreas> areas;             ///< as `boxes`; none without ground truth
};

/// How much an engine did, and how much of it went back to the CPU to be certain of the last bit. Boxes are those that
/// it expanded, which are rectangles'.
struct Work {
  std::uint64_t contours = 0;
  std::uint64_t candidates = 0;
  std::uint64_t candidates_redone = 0;
  std::uint64_t boxes = 0;
  std::uint64_t boxes_redone = 0;
  std::uint64_t areas = 0;       ///< pairs of a box and a ground truth whose extents meet
  std::uint64_t areas_left = 0;  ///< and had no room on the device: the scorer computes them
  std::uint64_t chunks = 0;
  std::uint64_t chunks_too_large = 0;  ///< did not fit in memory and were split
};

/// Finds candidates and boxes for a batch of maps and of thresholds at once, equal to the CPU's to the bit.
/// To be used from one thread at a time.
class Engine {
 public:
  virtual ~Engine() = default;

  /// One result a map. Maps must not be empty. Asks `task` between chunks, and throws Cancelled; throws DeviceError.
  virtual std::vector<ImageCandidates> find(std::span<const SizedMap> maps, const Request& request,
                                            const Task* task = nullptr) = 0;
  /// Since the engine was made.
  [[nodiscard]] virtual Work work() const = 0;
};

struct HostOptions {
  unsigned threads = 1;
  std::size_t memory = std::size_t{1} << 30;  ///< bytes that a chunk may take
  std::size_t grain = 4096;                   ///< loops of fewer steps stay on one thread
};

/// The device's stages on host threads: for tests and comparisons, on any machine.
std::unique_ptr<Engine> make_host_engine(const HostOptions& options = {});

/// The stages on a CUDA device, by its place in Status::devices. Throws DeviceError where there is none, and in a build
/// without CUDA.
std::unique_ptr<Engine> make_device_engine(int device = 0);

}  // namespace thresher::cuda
