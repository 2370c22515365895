#pragma once

#include <string>

namespace thresher {

/// Python's str.upper(), JavaScript's toUpperCase(): the full mapping of Unicode, so that a text may grow.
std::u32string upper_case(const std::u32string& text);

}  // namespace thresher
