#pragma once

#include <napi.h>

#include <string_view>
#include <vector>

#include "thresher/geometry/point.hpp"
#include "thresher/image.hpp"
#include "thresher/postprocess/options.hpp"
#include "thresher/score/ground_truth.hpp"
#include "thresher/score/protocol.hpp"
#include "thresher/sweep/grid.hpp"

/// Reading JavaScript values. Every function throws a Napi::TypeError or RangeError that names the argument.
namespace binding {

/// A map borrowed from a Float32Array of width * height values; the array must outlive the view.
thresher::MapView read_map(const Napi::Value& data, const Napi::Value& width, const Napi::Value& height);

thresher::PostprocessMode read_mode(const Napi::Object& object);
thresher::PostprocessOptions read_options(const Napi::Object& object);
/// { protocol, ... }; options that are left out keep the protocol's defaults.
thresher::ProtocolOptions read_scoring(const Napi::Value& value);
thresher::Size read_size(const Napi::Value& value, std::string_view name);
thresher::Grid read_grid(const Napi::Object& object);

/// { points: Float64Array, offsets: Uint32Array }, copied.
thresher::PolygonSet read_polygons(const Napi::Value& value, std::string_view name);
/// read_polygons and { ignore: Uint8Array, texts?: string[] }, one value a polygon.
thresher::GroundTruth read_ground_truth(const Napi::Value& value);
/// read_polygons and { scores?: Float64Array, texts?: string[] }, one value a polygon.
thresher::Detections read_detections(const Napi::Value& value);

}  // namespace binding
