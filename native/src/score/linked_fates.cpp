#include "linked_fates.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

namespace thresher {

Explanation explain_unlinked(std::vector<Fate> gt, std::vector<Fate> det, const Kept& kept) {
  for (std::size_t d = 0; d < det.size(); ++d) {
    if (!kept(d)) det[d] = Fate::invalid;
  }
  return {std::move(gt), std::move(det), {}, {}};
}

void apply_links(Explanation& why) {
  std::sort(why.links.begin(), why.links.end(), [](const Explanation::Link& a, const Explanation::Link& b) {
    return std::tie(a.gt, a.det) < std::tie(b.gt, b.det);
  });
  std::vector<std::size_t> pieces(why.gt.size(), 0);
  std::vector<std::size_t> parts(why.det.size(), 0);
  for (const auto& link : why.links) {
    ++pieces[link.gt];
    ++parts[link.det];
    why.gt[link.gt] = Fate::matched;
    why.det[link.det] = Fate::matched;
  }
  // What a polygon itself joins decides before what its partners join.
  for (const auto& link : why.links) {
    if (pieces[link.gt] > 1) why.det[link.det] = Fate::split;
    if (parts[link.det] > 1) why.gt[link.gt] = Fate::merged;
  }
  for (const auto& link : why.links) {
    if (pieces[link.gt] > 1) why.gt[link.gt] = Fate::split;
    if (parts[link.det] > 1) why.det[link.det] = Fate::merged;
  }
}

}  // namespace thresher
