#pragma once

#include <napi.h>

#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "thresher/geometry/point.hpp"
#include "thresher/image.hpp"
#include "thresher/postprocess/options.hpp"
#include "thresher/score/ground_truth.hpp"
#include "thresher/score/protocol.hpp"
#include "thresher/sweep/grid.hpp"

/// Reading JavaScript values. Every function throws a Napi::TypeError or RangeError that names the argument.
namespace binding {

[[noreturn]] void type_error(Napi::Env env, std::string_view name, std::string_view what);

/// A typed array of one type; `what` is its type in words.
template <class Array>
Array read_typed_array(const Napi::Value& value, napi_typedarray_type type, std::string_view name,
                       std::string_view what) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type) {
    type_error(value.Env(), name, what);
  }
  return value.As<Array>();
}

/// The elements of a typed array, borrowed: the array must outlive them.
template <class Array>
auto read_view(const Napi::Value& value, napi_typedarray_type type, std::string_view name, std::string_view what) {
  auto array = read_typed_array<Array>(value, type, name, what);
  using Element = std::remove_pointer_t<decltype(array.Data())>;
  return std::span<const Element>(array.Data(), array.ElementLength());
}

/// A whole number from 0.
std::size_t read_count(const Napi::Value& value, std::string_view name);

/// A map borrowed from a Float32Array of width * height values; the array must outlive the view.
thresher::MapView read_map(const Napi::Value& data, const Napi::Value& width, const Napi::Value& height);

thresher::PostprocessMode read_mode(const Napi::Object& object);
/// What object.backend names; the CPU where it is left out.
enum class Backend { cpu, cuda };
Backend read_backend(const Napi::Object& object);
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
