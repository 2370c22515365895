#include "thresher/sweep/grid.hpp"

#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

namespace thresher {

std::size_t Grid::size() const {
  std::size_t product = 1;
  for (const auto& [name, values] : {std::pair{"thresh", thresh.size()},
                                     {"box_thresh", box_thresh.size()},
                                     {"unclip_ratio", unclip_ratio.size()},
                                     {"max_candidates", max_candidates.size()},
                                     {"min_size", min_size.size()}}) {
    if (values == 0) throw std::invalid_argument(std::string("grid: ") + name + " has no value. Give at least one.");
    if (values > std::numeric_limits<std::size_t>::max() / product) {
      throw std::invalid_argument("grid: more settings than can be counted.");
    }
    product *= values;
  }
  return product;
}

}  // namespace thresher
