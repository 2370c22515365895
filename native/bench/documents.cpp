#include "documents.hpp"

#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>

namespace bench {
namespace {

using thresher::PointD;

constexpr int kWordsInLine = 5;
constexpr double kLineHeight = 40;
constexpr double kWordPitch = 200;

class Page {
 public:
  explicit Page(std::uint32_t seed) : random_(seed), angle_(uniform(-0.05, 0.05)) {}

  Document write(int words) {
    for (int i = 0; i < words; ++i) {
      const Word word{kWordPitch * (i % kWordsInLine), kLineHeight * (i / kWordsInLine), uniform(60, 180),
                      uniform(18, 30)};
      add_ground_truth(word);
      detect(word, i % kWordsInLine + 1 < kWordsInLine);
    }
    return document_;
  }

 private:
  struct Word {
    double x;
    double y;
    double width;
    double height;
  };

  // Of the engine's bits themselves: what the standard's distributions make of them is up to the library.
  double uniform(double low, double high) {
    return low + (high - low) * (static_cast<double>(random_()) / 4294967296.0);
  }

  [[nodiscard]] std::vector<PointD> quad(const Word& word) const {
    std::vector<PointD> corners;
    for (const auto& [u, v] : {PointD{0, 0}, PointD{1, 0}, PointD{1, 1}, PointD{0, 1}}) {
      const double x = 100 + word.x + u * word.width;
      const double y = 100 + word.y + v * word.height;
      corners.push_back({std::round(x * std::cos(angle_) - y * std::sin(angle_)),
                         std::round(x * std::sin(angle_) + y * std::cos(angle_))});
    }
    return corners;
  }

  void add_ground_truth(const Word& word) {
    document_.gt.polygons.push_back(quad(word));
    document_.gt.ignore.push_back(uniform(0, 1) < 0.05);
    document_.gt.texts.emplace_back(static_cast<std::size_t>(word.width / 15), U'a');
  }

  void add_detection(Word word) {
    word = {word.x + uniform(-3, 3), word.y + uniform(-2, 2), word.width + uniform(-4, 6),
            word.height + uniform(-3, 4)};
    document_.detections.polygons.push_back(quad(word));
    document_.detections.scores.push_back(uniform(0.3, 1));
    document_.detections.texts.emplace_back(static_cast<std::size_t>(word.width / 15), U'a');
  }

  void detect(const Word& word, bool has_next) {
    const double luck = uniform(0, 1);
    const double half = word.width / 2;
    if (luck < 0.04) return;
    if (luck < 0.12) {
      add_detection({word.x, word.y, half, word.height});
      add_detection({word.x + half, word.y, half, word.height});
    } else if (luck < 0.18 && has_next) {
      add_detection({word.x, word.y, kWordPitch + half, word.height});
    } else if (luck < 0.22) {
      add_detection({word.x, word.y, half, word.height});
    } else {
      add_detection(word);
    }
    if (luck > 0.95) add_detection(word);
    if (luck > 0.92) add_detection({word.x + half, word.y + 30, uniform(10, 60), uniform(8, 30)});
  }

  std::mt19937 random_;
  double angle_;
  Document document_;
};

}  // namespace

std::vector<Document> documents(int pages, int boxes) {
  std::vector<Document> all;
  for (int i = 0; i < pages; ++i) all.push_back(Page(static_cast<std::uint32_t>(i) + 1).write(boxes));
  return all;
}

}  // namespace bench
