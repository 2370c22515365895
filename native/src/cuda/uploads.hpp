#pragma once

#include <future>
#include <new>
#include <optional>
#include <span>

#include "parts.hpp"
#include "thresher/cuda/engine.hpp"

namespace thresher::cuda {

/// The maps of one part of a batch where the stages read them, and those of the next on their way there.
template <class Executor>
class Uploads {
 public:
  Uploads(Executor& executor, std::span<const SizedMap> maps) : executor_(executor), maps_(maps) {}

  /// A part's maps, brought now where they were not before; they stay until the next call. Throws std::bad_alloc.
  std::span<const SizedMap> bring(const Part& part) {
    if (!held_ || !part.has_same_maps(held_part_)) {
      held_.reset();
      if (coming_.valid()) held_ = arrived(part);
      if (!held_) held_.emplace(hold(part));
      held_part_ = part;
    }
    return held_->maps();
  }

  /// Begins to bring the maps of a part that comes later. No more than one at a time.
  void prefetch(const Part& part) {
    if (coming_.valid()) return;
    coming_part_ = part;
    coming_ = std::async(std::launch::async, [this, part] { return hold(part); });
  }

  /// Gives back what is brought for later; false if that is nothing.
  bool drop_coming() {
    if (!coming_.valid()) return false;
    arrived({});
    return true;
  }
  /// Gives back what bring() brought.
  void drop() { held_.reset(); }

 private:
  using Held = typename Executor::Held;

  Held hold(const Part& part) { return executor_.hold(maps_.subspan(part.first, part.count)); }

  /// Waits for what is coming: this part's maps, or none where it is another's, or where there was no memory beside the
  /// part before.
  std::optional<Held> arrived(const Part& part) {
    try {
      Held held = coming_.get();
      if (part.has_same_maps(coming_part_)) return held;
    } catch (const std::bad_alloc&) {
    }
    return std::nullopt;
  }

  Executor& executor_;
  std::span<const SizedMap> maps_;
  std::optional<Held> held_;
  Part held_part_;
  std::future<Held> coming_;
  Part coming_part_;
};

}  // namespace thresher::cuda
