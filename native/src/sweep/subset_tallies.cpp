#include "subset_tallies.hpp"

#include <algorithm>
#include <utility>

namespace thresher {

void SubsetTallies::start(std::unique_ptr<const Comparison> comparison, std::size_t size, std::size_t levels) {
  subset_.reset();
  comparison_ = std::move(comparison);
  levels_ = levels;
  subset_ = comparison_->changing_subset();
  if (subset_ != nullptr) return;
  keep_.assign(size, 0);
  bits_.assign((size + 63) / 64, 0);
  memo_.clear();
  tallies_.clear();
}

void SubsetTallies::take(std::uint32_t place) {
  if (subset_ != nullptr) return subset_->take(place);
  keep_[place] = 1;
  bits_[place / 64] |= std::uint64_t{1} << place % 64;
}

void SubsetTallies::drop(std::uint32_t place) {
  if (subset_ != nullptr) return subset_->drop(place);
  keep_[place] = 0;
  bits_[place / 64] &= ~(std::uint64_t{1} << place % 64);
}

/// The tallies of what is taken now.
void SubsetTallies::tally(std::span<Tally> out) {
  if (subset_ != nullptr) return subset_->tally(out);
  std::uint32_t& known = memo_[bits_];
  if (known == memo_.kNew) {
    known = static_cast<std::uint32_t>(tallies_.size() / levels_);
    tallies_.resize(tallies_.size() + levels_);
    comparison_->tally(keep_, std::span(tallies_).last(levels_));
  }
  std::copy_n(tallies_.begin() + static_cast<std::ptrdiff_t>(known * levels_), levels_, out.begin());
}

/// Fills sorted_ with the boxes, those that meet the fewest of so many bounds first.
void SubsetTallies::sort_by_score(std::span<const BoundedBox> boxes, std::size_t bounds) {
  firsts_.assign(bounds + 2, 0);
  for (const BoundedBox& box : boxes) ++firsts_[box.box_met + 1];
  for (std::size_t b = 0; b < bounds; ++b) firsts_[b + 1] += firsts_[b];
  sorted_.resize(boxes.size());
  for (const BoundedBox& box : boxes) sorted_[firsts_[box.box_met]++] = box;
}

void SubsetTallies::fill(const GridAxes& axes, std::span<const BoundedBox> boxes, std::span<Tally> out) {
  sort_by_score(boxes, axes.box_thresh.size());
  const std::size_t limits = axes.limits.size();
  const std::size_t sizes = axes.min_size.size();
  for (std::size_t l = 0; l < limits; ++l) {
    for (std::size_t m = 0; m < sizes; ++m) {
      const auto is_chosen = [&](const BoundedBox& box) {
        return box.contour < axes.limits.values[l] && box.size_met > m;
      };
      for (const BoundedBox& box : sorted_) {
        if (is_chosen(box)) take(box.place);
      }
      auto next = sorted_.begin();
      std::span<Tally> tallies;
      for (std::size_t b = 0; b < axes.box_thresh.size(); ++b) {
        bool changed = b == 0;
        for (; next != sorted_.end() && next->box_met <= b; ++next) {
          if (!is_chosen(*next)) continue;
          drop(next->place);
          changed = true;
        }
        const std::span<Tally> here = out.subspan(((b * limits + l) * sizes + m) * levels_, levels_);
        if (changed) {
          tally(here);
        } else {
          std::ranges::copy(tallies, here.begin());
        }
        tallies = here;
      }
      for (; next != sorted_.end(); ++next) {
        if (is_chosen(*next)) drop(next->place);
      }
    }
  }
}

}  // namespace thresher
