#include "image.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>

namespace fuzz {
namespace {

using namespace thresher;

using Polygon = std::vector<PointD>;

/// Bytes one after the other, and zeros when they are used up.
class Bytes {
 public:
  explicit Bytes(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  [[nodiscard]] bool empty() const { return next_ == bytes_.size(); }
  int byte() { return empty() ? 0 : bytes_[next_++]; }
  /// 0 .. count - 1.
  int below(int count) { return byte() % count; }
  bool one_in(int count) { return below(count) == count - 1; }
  template <class T, std::size_t N>
  T pick(const T (&values)[N]) {
    return values[static_cast<std::size_t>(below(static_cast<int>(N)))];
  }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t next_ = 0;
};

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kOddNumbers[] = {-0.0,       0.5,           1e-5,
                                  1e-300,     5e-324,        -1e6,
                                  16777217,   2147483646.5,  2147483647,
                                  2147483648, -2147483648.0, -2147483649.5,
                                  1e15,       3e38,          1e39,
                                  1e99,       1e101,         1e308,
                                  kInfinity,  -kInfinity,    std::numeric_limits<double>::quiet_NaN()};

ProtocolOptions read_options(Bytes& in) {
  constexpr double shares[] = {0.3, 0.5, 0, 0.7, 1, 1.5, -1};
  constexpr double weights[] = {1, 0, 0.5, 3};
  constexpr double thresholds[] = {0.3, 0.5, 0, 1, 0.9, -5, 2};
  ProtocolOptions options;
  options.protocol = static_cast<Protocol>(in.below(static_cast<int>(Protocol::ctw1500) + 1));
  const int flags = in.byte();
  options.cleval.end_to_end = flags & 1;
  options.cleval.case_sensitive = flags & 2;
  options.cleval.numpy2 = flags & 4;
  options.hmean_iou.max_matching = flags & 8;
  if (flags & 32) options.cleval.scale = ScaleRange{in.byte() / 512.0, in.byte() / 128.0};
  if (flags & 16) {
    options.cleval.area_precision = in.pick(shares);
    options.cleval.recall_granularity = in.pick(weights);
    options.cleval.precision_granularity = in.pick(weights);
    for (int i = in.below(4); i > 0; --i) options.hmean_iou.score_thresholds.push_back(in.pick(thresholds));
  }
  return options;
}

/// Polygons that know of those before them.
class Polygons {
 public:
  explicit Polygons(Bytes& in) : in_(in) {
    constexpr double units[] = {1, 1, 1, 0.25, 1.0 / 3, 1000, 1e7, 1e-3};
    unit_ = in.pick(units);
    is_odd_ = in.one_in(6);
  }

  Polygon next() {
    Polygon polygon = draw(in_.below(10));
    before_.push_back(polygon);
    return polygon;
  }

 private:
  double number() {
    if (is_odd_ && in_.one_in(8)) return in_.pick(kOddNumbers);
    return unit_ * (in_.byte() - 64);
  }
  PointD point() {
    const double x = number();
    return {x, number()};
  }
  double size() { return unit_ * (in_.below(64) + 1); }

  Polygon box() {
    const PointD p = point();
    const double width = size();
    const double height = size();
    return {p, {p.x + width, p.y}, {p.x + width, p.y + height}, {p.x, p.y + height}};
  }
  Polygon points(int count) {
    Polygon polygon;
    for (; count > 0; --count) polygon.push_back(point());
    return polygon;
  }
  Polygon earlier() {
    if (before_.empty()) return box();
    return before_[static_cast<std::size_t>(in_.byte()) % before_.size()];
  }

  Polygon draw(int kind) {
    Polygon polygon = kind < 3   ? box()
                      : kind < 4 ? points(4)
                      : kind < 5 ? points(in_.below(in_.one_in(4) ? 48 : 11))
                                 : earlier();
    switch (kind) {
      case 6:  // moved a little
        for (PointD& p : polygon) p = {p.x + unit_ * (in_.below(7) - 3), p.y + unit_ * (in_.below(7) - 3)};
        break;
      case 7:  // half of it, or twice
        if (polygon.size() > 1)
          polygon[1].x = polygon.size() > 2 ? polygon[2].x = (polygon[0].x + polygon[1].x) / 2 : 0;
        break;
      case 8: {  // other corners first, or the other way round
        if (polygon.empty()) break;
        const auto first = static_cast<std::ptrdiff_t>(static_cast<std::size_t>(in_.byte()) % polygon.size());
        std::rotate(polygon.begin(), polygon.begin() + first, polygon.end());
        if (in_.one_in(2)) std::reverse(polygon.begin(), polygon.end());
        break;
      }
      case 9: {  // on one line, or with a corner twice, or crossing itself
        const int how = in_.below(3);
        if (how == 0) {
          for (PointD& p : polygon) p.y = p.x;
        } else if (polygon.size() > 2) {
          if (how == 1) polygon[1] = polygon[2];
          if (how == 2) std::swap(polygon[1], polygon[2]);
        }
        break;
      }
      default:
        break;
    }
    return polygon;
  }

  Bytes& in_;
  double unit_;
  bool is_odd_;
  std::vector<Polygon> before_;
};

std::u32string read_text(Bytes& in) {
  constexpr char32_t letters[] = {U'a', U'b', U'A', U'é', U'ß', U'한', U' ', U'#', 0x1F600};
  std::u32string text(static_cast<std::size_t>(in.one_in(16) ? in.byte() : in.below(9)), U'a');
  for (char32_t& letter : text) {
    if (!in.empty()) letter = in.pick(letters);
  }
  return text;
}

template <class List>
void spoil_length(Bytes& in, List& list) {
  if (!in.one_in(60)) return;
  if (in.one_in(2))
    list.clear();
  else
    list.emplace_back();
}

}  // namespace

Image read_image(std::span<const std::uint8_t> bytes) {
  Bytes in(bytes);
  Image image;
  image.options = read_options(in);
  Polygons polygons(in);
  image.gt.longer_side = in.byte();
  const bool has_scores = !in.one_in(3);
  const bool has_texts = !in.one_in(6);
  const int gts = in.below(9);
  const int dets = in.below(12);
  for (int g = 0; g < gts; ++g) {
    image.gt.polygons.push_back(polygons.next());
    image.gt.ignore.push_back(in.one_in(4));
    image.gt.texts.push_back(read_text(in));
  }
  for (int d = 0; d < dets; ++d) {
    image.detections.polygons.push_back(polygons.next());
    if (has_scores) image.detections.scores.push_back(in.one_in(20) ? in.pick(kOddNumbers) : in.byte() / 255.0);
    if (has_texts) image.detections.texts.push_back(read_text(in));
  }
  spoil_length(in, image.gt.ignore);
  spoil_length(in, image.gt.texts);
  spoil_length(in, image.detections.scores);
  spoil_length(in, image.detections.texts);
  for (int subset = 0; subset < 3; ++subset) {
    auto& keep = image.keeps.emplace_back(static_cast<std::size_t>(dets), 0);
    for (std::uint8_t& flag : keep) flag = static_cast<std::uint8_t>(in.below(3));
  }
  return image;
}

}  // namespace fuzz
