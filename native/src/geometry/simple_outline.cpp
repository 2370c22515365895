#include "simple_outline.hpp"

#include <algorithm>
#include <cstddef>

#include "outline_steps.hpp"

namespace thresher {

bool is_simple_outline(std::vector<PointL>& path) {
  outline_steps::Path<std::int64_t> outline{path.data(), path.size()};
  const std::size_t start = outline_steps::simple_outline_start(outline);
  if (start == outline.count) return false;
  path.resize(static_cast<std::size_t>(outline.points - path.data()) + outline.count);
  path.erase(path.begin(), path.begin() + (outline.points - path.data()));
  std::rotate(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(start), path.end());
  return true;
}

}  // namespace thresher
