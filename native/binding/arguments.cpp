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
constexpr std::array kBackends{std::pair{std::string_view("cpu"), Backend::cpu},
                               std::pair{std::string_view("cuda"), Backend::cuda}};
constexpr std::array kScoreModes{std::pair{std::string_view("fast"), ScoreMode::fast},
                                 std::pair{std::string_view("slow"), ScoreMode::slow}};
constexpr std::array kProtocols{std::pair{std::string_view("icdar2015"), Protocol::icdar2015},
                                std::pair{std::string_view("iou"), Protocol::iou},
                                std::pair{std::string_view("hmean-iou"), Protocol::hmean_iou},
                                std::pair{std::string_view("cleval"), Protocol::cleval},
                                std::pair{std::string_view("cleval-receipt"), Protocol::cleval_receipt},
                                std::pair{std::string_view("deteval"), Protocol::deteval},
                                std::pair{std::string_view("icdar2013"), Protocol::icdar2013},
                                std::pair{std::string_view("mtwi2018"), Protocol::mtwi2018},
                                std::pair{std::string_view("tedeval"), Protocol::tedeval},
                                std::pair{std::string_view("tiou"), Protocol::tiou},
                                std::pair{std::string_view("siou"), Protocol::siou},
                                std::pair{std::string_view("total-text"), Protocol::total_text},
                                std::pair{std::string_view("ctw1500"), Protocol::ctw1500}};

std::vector<double> read_numbers(const Napi::Value& value, std::string_view name) {
  if (!value.IsArray()) type_error(value.Env(), name, "an array of numbers");
  const auto array = value.As<Napi::Array>();
  std::vector<double> numbers(array.Length());
  for (std::uint32_t i = 0; i < array.Length(); ++i) numbers[i] = read_number(array[i], name);
  if (numbers.empty()) range_error(value.Env(), name, "not empty");
  return numbers;
}

/// The value of an option that may be left out.
template <class Read>
auto read_optional(const Napi::Object& object, const char* name, Read read,
                   decltype(read(Napi::Value(), "")) fallback) {
  const Napi::Value value = object.Get(name);
  return value.IsUndefined() ? std::move(fallback) : read(value, name);
}

bool read_flag(const Napi::Value& value, std::string_view name) {
  if (!value.IsBoolean()) type_error(value.Env(), name, "a boolean");
  return value.As<Napi::Boolean>().Value();
}

double read_weight(const Napi::Value& value, std::string_view name) {
  const double number = read_number(value, name);
  if (number < 0) range_error(value.Env(), name, "at least 0");
  return number;
}

/// Code points of a text; half a surrogate pair stands for itself.
std::u32string read_text(const Napi::Value& value, std::string_view name) {
  if (!value.IsString()) type_error(value.Env(), name, "an array of strings");
  const std::u16string units = value.As<Napi::String>().Utf16Value();
  std::u32string text;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char32_t high = units[i];
    const char32_t low = i + 1 < units.size() ? units[i + 1] : u'\0';
    const bool pair = high >= 0xD800 && high < 0xDC00 && low >= 0xDC00 && low < 0xE000;
    text.push_back(pair ? 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) : high);
    i += pair;
  }
  return text;
}

/// One text a polygon, or none at all.
std::vector<std::u32string> read_texts(const Napi::Object& object, std::string_view name, std::size_t polygons) {
  const Napi::Value value = object.Get("texts");
  std::vector<std::u32string> texts;
  if (value.IsUndefined()) return texts;
  if (!value.IsArray()) type_error(value.Env(), name, "an array of strings");
  const auto array = value.As<Napi::Array>();
  if (array.Length() != polygons) range_error(value.Env(), name, "as long as there are polygons");
  texts.reserve(array.Length());
  for (std::uint32_t i = 0; i < array.Length(); ++i) texts.push_back(read_text(array[i], name));
  return texts;
}

}  // namespace

void type_error(Napi::Env env, std::string_view name, std::string_view what) {
  throw Napi::TypeError::New(env, std::string(name) + " must be " + std::string(what));
}

std::size_t read_count(const Napi::Value& value, std::string_view name) {
  return static_cast<std::size_t>(read_int(value, name, 0));
}

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

Backend read_backend(const Napi::Object& object) {
  const Napi::Value value = object.Get("backend");
  return value.IsUndefined() ? Backend::cpu : read_choice(value, "backend", kBackends);
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

thresher::ProtocolOptions read_scoring(const Napi::Value& value) {
  if (!value.IsObject()) type_error(value.Env(), "scoring", "{ protocol, ... }");
  const auto object = value.As<Napi::Object>();
  thresher::ProtocolOptions options;
  options.protocol = read_choice(object.Get("protocol"), "protocol", kProtocols);
  auto& cleval = options.cleval;
  cleval.area_precision = read_optional(object, "areaPrecision", read_weight, cleval.area_precision);
  cleval.recall_granularity = read_optional(object, "recallGranularity", read_weight, cleval.recall_granularity);
  cleval.precision_granularity =
      read_optional(object, "precisionGranularity", read_weight, cleval.precision_granularity);
  cleval.end_to_end = read_optional(object, "endToEnd", read_flag, cleval.end_to_end);
  cleval.case_sensitive = read_optional(object, "caseSensitive", read_flag, cleval.case_sensitive);
  const Napi::Value range = object.Get("scaleRange");
  if (!range.IsUndefined()) {
    const auto ends = read_numbers(range, "scaleRange");
    if (ends.size() != 2) range_error(value.Env(), "scaleRange", "two numbers");
    cleval.scale = {.low = ends[0], .high = ends[1]};
  }
  cleval.numpy2 = read_optional(object, "numpy2", read_flag, cleval.numpy2);
  options.hmean_iou.max_matching = read_optional(object, "maxMatching", read_flag, options.hmean_iou.max_matching);
  options.hmean_iou.score_thresholds = read_optional(object, "scoreThresholds", read_numbers, {});
  return options;
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
  const Napi::Value side = value.As<Napi::Object>().Get("longerSide");
  if (!side.IsUndefined()) gt.longer_side = read_int(side, "groundTruth.longerSide", 1);
  gt.texts = read_texts(value.As<Napi::Object>(), "groundTruth.texts", gt.polygons.size());
  return gt;
}

thresher::Detections read_detections(const Napi::Value& value) {
  thresher::Detections detections;
  detections.polygons = read_polygons(value, "detections");
  const auto object = value.As<Napi::Object>();
  if (!object.Get("scores").IsUndefined()) {
    const auto scores = read_typed_array<Napi::Float64Array>(object.Get("scores"), napi_float64_array,
                                                             "detections.scores", "a Float64Array");
    if (scores.ElementLength() != detections.polygons.size()) {
      range_error(value.Env(), "detections.scores", "as long as there are polygons");
    }
    detections.scores.assign(scores.Data(), scores.Data() + scores.ElementLength());
  }
  detections.texts = read_texts(object, "detections.texts", detections.polygons.size());
  return detections;
}

}  // namespace binding
