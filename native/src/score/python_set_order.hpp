#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace thresher {

/// The order in which CPython iterates over set(range(n)) - removed, where removed[i] != 0 takes i out, n being
/// removed's length. Ascending unless so many are removed that a new, smaller hash table is filled with the rest;
/// after that, the table's order (setobject.c: open addressing, runs of ten slots, growth at three fifths).
std::vector<std::uint32_t> python_set_order(std::span<const std::uint8_t> removed);

}  // namespace thresher
