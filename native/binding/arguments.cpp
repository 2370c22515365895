#include "arguments.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace binding {
namespace {

using thresher::BoxType;
using thresher::Protocol;
using thresher::ScoreMode;
using thresher::Variant;

[[noreturn]] void type_error(Napi::Env env, std::string_view name, std::string_view what) {
  throw Napi::TypeError::New(env, std::string(name) + " must be " + std::string(what));
}

[[noreturn]] void range_error(Napi::Env env, std::string_view name, std::string_view what) {
  throw Napi::RangeError::New(env, std::string(name) + " must be " + std::string(what));
}

double read_number(const Napi::Value& value, std::string_view name) {
  if (!value.IsNumber()) type_error(value.Env(), name, "a number");
  const double number = value.As<Napi::Number>().DoubleValue();
  if (!std::isfinite(number)) range_error(value.Env(), name, "finite");
  return number;
}

int read_int(const Napi::Value& value, std::string_view name, int least) {
  const double number = read_number(value, name);
  if (number != std::trunc(number) || number < least || number > std::numeric_limits<int>::max()) {
    range_error(value.Env(), name, "an integer from " + std::to_string(least) + " to 2147483647");
  }
  return static_cast<int>(number);
}

template <class Enum, std::size_t N>
Enum read_choice(const Napi::Value& value, std::string_view name,
                 const std::array<std::pair<std::string_view, Enum>, N>& choices) {
  const std::string text = value.IsString() ? value.As<Napi::String>().Utf8Value() : std::string();
  std::string names;
  for (const auto& [choice, result] : choices) {
    if (text == choice) return result;
    names += (names.empty() ? "" : ", ") + std::string(choice);
  }
  type_error(value.Env(), name, "one of " + names);
}

constexpr std::array kVariants{std::pair{std::string_view("paddleocr"), Variant::paddleocr},
                               std::pair{std::string_view("mhliao"), Variant::mhliao},
                               std::pair{std::string_view("receipt"), Variant::receipt},
                               std::pair{std::string_view("mmocr"), Variant::mmocr}};
constexpr std::array kBoxTypes{std::pair{std::string_view("quad"), BoxType::quad},
                               std::pair{std::string_view("poly"), BoxType::poly}};
constexpr std::array kScoreModes{std::pair{std::string_view("fast"), ScoreMode::fast},
                                 std::pair{std::string_view("slow"), ScoreMode::slow}};
constexpr std::array kProtocols{std::pair{std::string_view("icdar2015"), Protocol::icdar2015},
                                std::pair{std::string_view("iou"), Protocol::iou}};

template <class Array>
Array read_typed_array(const Napi::Value& value, napi_typedarray_type type, std::string_view name,
                       std::string_view what) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type) {
    type_error(value.Env(), name, what);
  }
  return value.As<Array>();
}

std::vector<double> read_numbers(const Napi::Value& value, std::string_view name) {
  if (!value.IsArray()) type_error(value.Env(), name, "an array of numbers");
  const auto array = value.As<Napi::Array>();
  std::vector<double> numbers(array.Length());
  for (std::uint32_t i = 0; i < array.Length(); ++i) numbers[i] = read_number(array[i], name);
  if (numbers.empty()) range_error(value.Env(), name, "not empty");
  return numbers;
}

}  // namespace

thresher::MapView read_map(const Napi::Value& data, const Napi::Value& width, const Napi::Value& height) {
  const auto array = read_typed_array<Napi::Float32Array>(data, napi_float32_array, "data", "a Float32Array");
  const int w = read_int(width, "width", 1);
  const int h = read_int(height, "height", 1);
  if (static_cast<std::uint64_t>(w) * static_cast<std::uint64_t>(h) != array.ElementLength()) {
    range_error(data.Env(), "data",
                "width x height = " + std::to_string(w) + " x " + std::to_string(h) + " values long, not " +
                    std::to_string(array.ElementLength()));
  }
  return {array.Data(), w, h};
}

thresher::PostprocessMode read_mode(const Napi::Object& object) {
  return {.variant = read_choice(object.Get("variant"), "variant", kVariants),
          .box_type = read_choice(object.Get("boxType"), "boxType", kBoxTypes),
          .score_mode = read_choice(object.Get("scoreMode"), "scoreMode", kScoreModes),
          .dilate = object.Get("dilate").ToBoolean().Value()};
}

thresher::PostprocessOptions read_options(const Napi::Object& object) {
  thresher::PostprocessOptions options;
  options.mode = read_mode(object);
  options.thresh = read_number(object.Get("thresh"), "thresh");
  options.box_thresh = read_number(object.Get("boxThresh"), "boxThresh");
  options.unclip_ratio = read_number(object.Get("unclipRatio"), "unclipRatio");
  options.max_candidates = read_int(object.Get("maxCandidates"), "maxCandidates", 0);
  options.min_size = read_number(object.Get("minSize"), "minSize");
  if (!object.Get("size").IsUndefined()) options.size = read_size(object.Get("size"), "size");
  return options;
}

thresher::Protocol read_protocol(const Napi::Value& value) {
  return read_choice(value, "protocol", kProtocols);
}

thresher::Size read_size(const Napi::Value& value, std::string_view name) {
  if (!value.IsObject()) type_error(value.Env(), name, "{ width, height }");
  const auto object = value.As<Napi::Object>();
  return {read_int(object.Get("width"), std::string(name) + ".width", 1),
          read_int(object.Get("height"), std::string(name) + ".height", 1)};
}

thresher::Grid read_grid(const Napi::Object& object) {
  thresher::Grid grid{.thresh = read_numbers(object.Get("thresh"), "grid.thresh"),
                      .box_thresh = read_numbers(object.Get("boxThresh"), "grid.boxThresh"),
                      .unclip_ratio = read_numbers(object.Get("unclipRatio"), "grid.unclipRatio"),
                      .max_candidates = {},
                      .min_size = read_numbers(object.Get("minSize"), "grid.minSize")};
  read_numbers(object.Get("maxCandidates"), "grid.maxCandidates");
  const auto limits = object.Get("maxCandidates").As<Napi::Array>();
  for (std::uint32_t i = 0; i < limits.Length(); ++i) {
    grid.max_candidates.push_back(read_int(limits[i], "grid.maxCandidates", 0));
  }
  return grid;
}

thresher::PolygonSet read_polygons(const Napi::Value& value, std::string_view name) {
  if (!value.IsObject()) type_error(value.Env(), name, "{ points, offsets }");
  const auto object = value.As<Napi::Object>();
  const auto points = read_typed_array<Napi::Float64Array>(object.Get("points"), napi_float64_array,
                                                           std::string(name) + ".points", "a Float64Array");
  const auto offsets = read_typed_array<Napi::Uint32Array>(object.Get("offsets"), napi_uint32_array,
                                                           std::string(name) + ".offsets", "a Uint32Array");
  const std::size_t count = offsets.ElementLength();
  bool ordered =
      count > 0 && offsets[0] == 0 && static_cast<std::uint64_t>(offsets[count - 1]) * 2 == points.ElementLength();
  for (std::size_t i = 1; ordered && i < count; ++i) ordered = offsets[i - 1] <= offsets[i];
  if (!ordered) {
    range_error(value.Env(), std::string(name) + ".offsets", "ascending from 0 to the number of points");
  }
  thresher::PolygonSet set;
  set.offsets.assign(offsets.Data(), offsets.Data() + count);
  set.points.resize(points.ElementLength() / 2);
  for (std::size_t i = 0; i < set.points.size(); ++i) set.points[i] = {points[2 * i], points[2 * i + 1]};
  return set;
}

thresher::GroundTruth read_ground_truth(const Napi::Value& value) {
  thresher::GroundTruth gt;
  gt.polygons = read_polygons(value, "groundTruth");
  const auto ignore = read_typed_array<Napi::Uint8Array>(value.As<Napi::Object>().Get("ignore"), napi_uint8_array,
                                                         "groundTruth.ignore", "a Uint8Array");
  if (ignore.ElementLength() != gt.polygons.size()) {
    range_error(value.Env(), "groundTruth.ignore", "as long as there are polygons");
  }
  gt.ignore.assign(ignore.Data(), ignore.Data() + ignore.ElementLength());
  return gt;
}

}  // namespace binding
