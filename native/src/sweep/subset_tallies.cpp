#include "subset_tallies.hpp"

#include <algorithm>

namespace thresher {

void SubsetTallies::start(const Comparison& comparison, std::size_t size, std::size_t levels) {
  comparison_ = &comparison;
  levels_ = levels;
  keep_.assign(size, 0);
  bits_.assign((size + 63) / 64, 0);
  memo_.clear();
  tallies_.clear();
}

void SubsetTallies::keep(std::uint32_t place, bool kept) {
  keep_[place] = kept;
  const std::uint64_t bit = std::uint64_t{1} << place % 64;
  bits_[place / 64] = kept ? bits_[place / 64] | bit : bits_[place / 64] & ~bit;
}

/// The tallies of what is kept now.
std::span<const Tally> SubsetTallies::tally() {
  std::uint32_t& known = memo_[bits_];
  if (known == memo_.kNew) {
    known = static_cast<std::uint32_t>(tallies_.size() / levels_);
    tallies_.resize(tallies_.size() + levels_);
    comparison_->tally(keep_, std::span(tallies_).last(levels_));
  }
  return std::span<const Tally>(tallies_).subspan(known * levels_, levels_);
}

void SubsetTallies::fill(const GridAxes& axes, std::vector<BoundedBox>& boxes, std::span<Tally> out) {
  std::ranges::sort(boxes, {}, &BoundedBox::box_met);
  const std::size_t limits = axes.limits.size();
  const std::size_t sizes = axes.min_size.size();
  for (std::size_t l = 0; l < limits; ++l) {
    for (std::size_t m = 0; m < sizes; ++m) {
      const auto is_chosen = [&](const BoundedBox& box) {
        return box.contour < axes.limits.values[l] && box.size_met > m;
      };
      for (const BoundedBox& box : boxes) {
        if (is_chosen(box)) keep(box.place, true);
      }
      auto next = boxes.begin();
      std::span<const Tally> tallies;
      for (std::size_t b = 0; b < axes.box_thresh.size(); ++b) {
        bool changed = b == 0;
        for (; next != boxes.end() && next->box_met <= b; ++next) {
          if (!is_chosen(*next)) continue;
          keep(next->place, false);
          changed = true;
        }
        if (changed) tallies = tally();
        std::ranges::copy(tallies, out.subspan(((b * limits + l) * sizes + m) * levels_, levels_).begin());
      }
      for (; next != boxes.end(); ++next) {
        if (is_chosen(*next)) keep(next->place, false);
      }
    }
  }
}

}  // namespace thresher
