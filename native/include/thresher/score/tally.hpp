#pragma once

namespace thresher {

/// What one image adds to the numerators and denominators of a data set's recall and precision. Hits are fractions
/// where the protocol gives partial credit, and may be negative where it subtracts penalties.
struct Tally {
  double recall_hits = 0;
  double recall_total = 0;
  double precision_hits = 0;
  double precision_total = 0;

  friend bool operator==(const Tally&, const Tally&) = default;
};

}  // namespace thresher
