#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace thresher {

/// A short list in which several lists are found, each in its own order: a common supersequence. What stands in
/// several lists stands in it once where the orders allow it.
class ListUnion {
 public:
  /// No list.
  void clear();
  /// Merges in a list of items; fills `handles` with the handle of each. An item may occur more than once.
  void add(std::span<const std::uint32_t> items, std::vector<std::uint32_t>& handles);

  [[nodiscard]] std::size_t size() const { return order_.size(); }
  /// The item at a place of the union.
  [[nodiscard]] std::uint32_t item(std::size_t place) const { return items_[order_[place]]; }
  /// Where in the union a handle stands at present.
  [[nodiscard]] std::uint32_t place(std::uint32_t handle) const { return places_[handle]; }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  void choose_ascending();

  std::vector<std::uint32_t> order_;           ///< handles
  std::vector<std::uint32_t> items_;           ///< by handle
  std::vector<std::uint32_t> places_;          ///< by handle
  std::vector<std::uint32_t> handle_of_item_;  ///< the latest, by item

  // Scratch of add().
  std::vector<std::uint32_t> known_;  ///< the place of each item of the list, or kNone where it needs a new one
  std::vector<std::uint32_t> tails_;
  std::vector<std::uint32_t> before_;
  std::vector<std::uint32_t> merged_;
};

}  // namespace thresher
