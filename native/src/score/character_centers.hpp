#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "thresher/geometry/point.hpp"

namespace thresher {

/// Python's round(): to the nearest whole number, halves to the even one, and at most `most`.
std::size_t python_round(double value, std::size_t most);

/// Centres of `characters` equal pieces of the middle line of a quad (TL, TR, BR, BL), from its left side to its
/// right one, or from bottom to top where `vertical`. Appended to `centers`.
void quad_character_centers(std::span<const PointD> quad, std::size_t characters, bool vertical,
                            std::vector<PointD>& centers);

/// Centres of characters along a polygon whose first half of points is its upper border and whose second half the
/// lower one, backwards: each span between two points is cut into as many pieces as there are characters, with what
/// lies between the points truncated to whole pixels, and a character has as many pieces as there are spans. At least
/// four points; of an odd number the odd one ends the lower border. Appended to `centers`.
void span_character_centers(std::span<const PointD> polygon, std::size_t characters, std::vector<PointD>& centers);

}  // namespace thresher
