#pragma once

#include <napi.h>

#include <algorithm>
#include <cstddef>

#include "thresher/geometry/point.hpp"
#include "thresher/score/tally.hpp"

namespace binding {

/// A typed array whose i-th element is element(i).
template <class Array, class Element>
Array make_array(Napi::Env env, std::size_t size, Element element) {
  auto array = Array::New(env, size);
  auto* data = array.Data();
  for (std::size_t i = 0; i < size; ++i) data[i] = element(i);
  return array;
}

inline Napi::Object make_tally(Napi::Env env, const thresher::Tally& tally) {
  auto object = Napi::Object::New(env);
  object.Set("recallHits", tally.recall_hits);
  object.Set("recallTotal", tally.recall_total);
  object.Set("precisionHits", tally.precision_hits);
  object.Set("precisionTotal", tally.precision_total);
  return object;
}

/// { points: Float64Array of x, y pairs, offsets: Uint32Array }.
inline Napi::Object make_polygons(Napi::Env env, const thresher::PolygonSet& set) {
  auto points = Napi::Float64Array::New(env, set.points.size() * 2);
  for (std::size_t i = 0; i < set.points.size(); ++i) {
    points[2 * i] = set.points[i].x;
    points[2 * i + 1] = set.points[i].y;
  }
  auto object = Napi::Object::New(env);
  object.Set("points", points);
  object.Set("offsets",
             make_array<Napi::Uint32Array>(env, set.offsets.size(), [&](std::size_t i) { return set.offsets[i]; }));
  return object;
}

}  // namespace binding
