#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "build.hpp"
#include "check.hpp"
#include "thresher/score/scorer.hpp"

namespace scored {

using namespace thresher;

inline Detections detections(const std::vector<build::Polygon>& polygons, std::vector<double> scores = {}) {
  return {build::polygons(polygons), std::move(scores), {}};
}

/// Tallies of all levels for all detections.
inline std::vector<Tally> tallies(const ProtocolOptions& options, const GroundTruth& gt, const Detections& dets) {
  const auto scorer = make_scorer(options, gt);
  std::vector<Tally> levels(scorer->levels());
  scorer->compare(dets)->tally({}, levels);
  return levels;
}

inline Explanation explanation(const ProtocolOptions& options, const GroundTruth& gt, const Detections& dets) {
  return make_scorer(options, gt)->compare(dets)->explain({}, 0);
}

inline void expect(const Tally& got, const Tally& wanted) {
  const auto near = [](double a, double b) { return std::fabs(a - b) <= 1e-12 * std::fmax(1, std::fabs(b)); };
  if (!near(got.recall_hits, wanted.recall_hits)) CHECK_EQ(got.recall_hits, wanted.recall_hits);
  if (!near(got.precision_hits, wanted.precision_hits)) CHECK_EQ(got.precision_hits, wanted.precision_hits);
  CHECK_EQ(got.recall_total, wanted.recall_total);
  CHECK_EQ(got.precision_total, wanted.precision_total);
}

inline void expect(const ProtocolOptions& options, const GroundTruth& gt, const std::vector<build::Polygon>& dets,
                   const Tally& wanted) {
  expect(tallies(options, gt, detections(dets)).at(0), wanted);
}

/// Each protocol with its defaults, by the enumeration's order.
inline std::vector<ProtocolOptions> default_options() {
  std::vector<ProtocolOptions> all;
  for (int p = 0; p <= static_cast<int>(Protocol::ctw1500); ++p) all.push_back({.protocol = static_cast<Protocol>(p)});
  return all;
}

/// What make_scorer and compare refuse to read, or "" if they do not.
inline std::string refusal(const ProtocolOptions& options, const GroundTruth& gt, const Detections& dets = {}) {
  try {
    make_scorer(options, gt)->compare(dets);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

}  // namespace scored
