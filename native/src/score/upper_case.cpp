#include "upper_case.hpp"

#include <algorithm>
#include <iterator>

#include "upper_case_table.hpp"

namespace thresher {
namespace {

void append_upper_case(char32_t code, std::u32string& upper) {
  const auto expansion = std::ranges::lower_bound(kUpperCaseExpansions, code, {}, &UpperCaseExpansion::code);
  if (expansion != std::end(kUpperCaseExpansions) && expansion->code == code) {
    for (const char32_t c : expansion->upper) {
      if (c != 0) upper.push_back(c);
    }
    return;
  }
  const auto range = std::ranges::lower_bound(kUpperCaseRanges, code, {}, &UpperCaseRange::last);
  const bool has =
      range != std::end(kUpperCaseRanges) && range->first <= code && (code - range->first) % range->step == 0;
  upper.push_back(has ? static_cast<char32_t>(static_cast<std::int32_t>(code) + range->shift) : code);
}

}  // namespace

std::u32string upper_case(const std::u32string& text) {
  std::u32string upper;
  for (const char32_t code : text) append_upper_case(code, upper);
  return upper;
}

}  // namespace thresher
