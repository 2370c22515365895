#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "thresher/score/match_table.hpp"
#include "thresher/score/scorer.hpp"

namespace thresher {

/// One-to-one matches of a changing subset. A ground truth none of whose detections pairs with another is matched while
/// the subset has any of them; the others are matched anew after a change among theirs.
class OneToOneSubset : public ChangingSubset {
 public:
  /// The table need not outlive the constructor.
  explicit OneToOneSubset(const MatchTable& table);

  void take(std::uint32_t det) override;
  void drop(std::uint32_t det) override;
  void tally(std::span<Tally> levels) override;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr std::uint32_t kShared = 0xFFFFFFFE;

  struct Detection {
    std::uint32_t gt;  ///< the one it pairs with, or kNone, or kShared for one of several or of such a ground truth
    std::uint32_t cares;
  };

  ImageCounts counts_;  ///< what `shared_` matches left out
  std::vector<Detection> detections_;
  std::vector<std::uint32_t> taken_of_gt_;
  MatchTable shared_;
  std::vector<std::uint8_t> taken_;  ///< kept up for shared_ alone
  bool shared_changed_ = false;
  std::int32_t shared_matches_ = 0;
};

}  // namespace thresher
