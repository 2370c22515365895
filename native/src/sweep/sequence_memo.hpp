#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

namespace thresher {

/// Remembers a number for each sequence that it was shown. Sequences are the same if their bytes are.
template <class T>
class SequenceMemo {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) % 8 == 0);

 public:
  static constexpr std::uint32_t kNew = 0xFFFFFFFF;

  void clear() {
    entries_.clear();
    pool_.clear();
    table_.assign(table_.size(), 0);
  }
  /// Sequences remembered, and what they hold together.
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] std::size_t pool_size() const { return pool_.size(); }

  /// The number of a sequence, to read or write until the next call; kNew if it was not there yet.
  std::uint32_t& operator[](std::span<const T> sequence) {
    if (2 * (entries_.size() + 1) > table_.size()) grow();
    const std::uint64_t hash = hash_of(sequence);
    const std::size_t mask = table_.size() - 1;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
      if (table_[slot] == 0) {
        entries_.push_back({hash, pool_.size(), sequence.size(), kNew});
        pool_.insert(pool_.end(), sequence.begin(), sequence.end());
        table_[slot] = static_cast<std::uint32_t>(entries_.size());
        return entries_.back().value;
      }
      Entry& entry = entries_[table_[slot] - 1];
      if (entry.hash == hash && holds(entry, sequence)) return entry.value;
    }
  }

 private:
  struct Entry {
    std::uint64_t hash;
    std::size_t begin;
    std::size_t size;
    std::uint32_t value;
  };

  static std::uint64_t hash_of(std::span<const T> sequence) {
    // Two multiplications under way at a time.
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
    std::uint64_t even_hash = sequence.size() + 1;
    std::uint64_t odd_hash = odd;
    const auto* bytes = reinterpret_cast<const unsigned char*>(sequence.data());
    const std::size_t count = sequence.size_bytes() / 8;
    const auto mix = [](std::uint64_t& hash, std::uint64_t word) {
      hash = (hash ^ word) * odd;
      hash ^= hash >> 29;
    };
    const auto word = [bytes](std::size_t i) {
      std::uint64_t value;
      std::memcpy(&value, bytes + 8 * i, sizeof value);
      return value;
    };
    std::size_t i = 0;
    for (; i + 2 <= count; i += 2) {
      mix(even_hash, word(i));
      mix(odd_hash, word(i + 1));
    }
    if (i < count) mix(even_hash, word(i));
    mix(even_hash, odd_hash);
    return even_hash ^ even_hash >> 32;
  }

  [[nodiscard]] bool holds(const Entry& entry, std::span<const T> sequence) const {
    return entry.size == sequence.size() &&
           (entry.size == 0 || std::memcmp(pool_.data() + entry.begin, sequence.data(), sequence.size_bytes()) == 0);
  }

  void grow() {
    table_.assign(table_.empty() ? 256 : 2 * table_.size(), 0);
    const std::size_t mask = table_.size() - 1;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      std::size_t slot = entries_[i].hash & mask;
      while (table_[slot] != 0) slot = (slot + 1) & mask;
      table_[slot] = static_cast<std::uint32_t>(i + 1);
    }
  }

  std::vector<Entry> entries_;
  std::vector<T> pool_;
  std::vector<std::uint32_t> table_;  ///< places in entries_ plus 1, 0 for none; a power of 2 of them
};

}  // namespace thresher
