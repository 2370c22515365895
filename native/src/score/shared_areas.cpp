#include "shared_areas.hpp"

#include <stdexcept>
#include <string>

namespace thresher {

SharedAreas::SharedAreas(const KnownAreas& known, const PolygonSet& given, const PolygonSet& read) : known_(&known) {
  if (known.size() == 0) return;
  if (known.size() != given.size()) {
    throw std::invalid_argument("there are known areas of " + std::to_string(known.size()) + " detections for " +
                                std::to_string(given.size()) + ".");
  }
  for (std::size_t d = 0; d < given.size(); ++d) usable_.push_back(std::ranges::equal(given[d], read[d]));
}

}  // namespace thresher
