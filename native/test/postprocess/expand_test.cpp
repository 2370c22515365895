#include "thresher/postprocess/expand.hpp"

#include <cmath>
#include <limits>

#include "check.hpp"

using namespace thresher;

namespace {

constexpr Size kMap{100, 50};

/// 20 x 10 pixels: area * 1.5 / perimeter = 5.
Candidate rectangle() {
  return {0, 10, 0.9, {{30, 20}, {50, 20}, {50, 30}, {30, 30}}};
}

/// Two 10 x 10 squares, joined by a path there and back: an outline that falls apart when it is cleaned.
Candidate two_squares() {
  return {0,
          10,
          0.9,
          {{10, 10},
           {20, 10},
           {20, 15},
           {40, 15},
           {40, 10},
           {50, 10},
           {50, 20},
           {40, 20},
           {40, 15},
           {20, 15},
           {20, 20},
           {10, 20}}};
}

PostprocessMode quad(Variant variant) {
  return {.variant = variant};
}
PostprocessMode poly(Variant variant) {
  return {.variant = variant, .box_type = BoxType::poly};
}

}  // namespace

TEST("postprocess/expand: a rectangle moves outward by area * ratio / perimeter") {
  const auto box = expand(rectangle(), quad(Variant::paddleocr), 1.5, kMap, kMap);
  CHECK(box.has_value());
  CHECK_EQ(box->side, 20.0F);
  CHECK(box->polygon == (std::vector<PointD>{{25, 15}, {55, 15}, {55, 35}, {25, 35}}));
}

TEST("postprocess/expand: scaled to the image, each variant in its way") {
  const Size image{333, 50};  // 25 -> 83.25, 55 -> 183.15
  const auto x_of = [&](const PostprocessMode& mode) {
    const auto box = expand(rectangle(), mode, 1.5, kMap, image);
    return std::pair(box->polygon[0].x, box->polygon[1].x);
  };
  CHECK(x_of(quad(Variant::paddleocr)) == std::pair(83.0, 183.0));
  CHECK(x_of(quad(Variant::mhliao)) == std::pair(83.0, 183.0));
  CHECK(x_of(quad(Variant::receipt)) == std::pair(83.0, 183.0));
  CHECK(x_of(quad(Variant::mmocr)) == std::pair(25 * 3.33, 55 * 3.33));
}

TEST("postprocess/expand: halves go to the even neighbour") {
  // Scaled by 1/2: 25 -> 12.5, 55 -> 27.5, 15 -> 7.5, 35 -> 17.5.
  for (const Variant variant : {Variant::paddleocr, Variant::receipt}) {
    const auto box = expand(rectangle(), quad(variant), 1.5, kMap, {50, 25});
    CHECK(box->polygon == (std::vector<PointD>{{12, 8}, {28, 8}, {28, 18}, {12, 18}}));
  }
}

TEST("postprocess/expand: float32 up to 65535 pixels, float64 beyond, as NumPy 1 has it") {
  // 25 / 97 * n, just below a half: rounding the quotient to float32 first can carry it over.
  const auto x_in = [](Size map, int width) {
    return expand(rectangle(), quad(Variant::paddleocr), 1.5, map, {width, 50})->polygon[0].x;
  };
  int differ = 0;
  for (const int width : {65535, 65536, 1'000'001, 2'000'000'011}) {
    const double in_double = std::nearbyint(25.0 / 97 * width);
    const double in_float = std::nearbyint(25.0F / 97.0F * static_cast<float>(width));
    const double mixed = std::nearbyint(static_cast<double>(25.0F / 97.0F) * width);
    CHECK_EQ(x_in({97, 50}, width), width <= 65535 ? in_float : mixed);
    differ += mixed != in_float && mixed != in_double;
  }
  CHECK(differ > 0);
  CHECK_EQ(x_in({70'001, 50}, 60'000'000), std::nearbyint(25.0 / 70'001 * 60'000'000));
}

TEST("postprocess/expand: PaddleOCR and MhLiao clip to the image, the others do not") {
  const Candidate corner{0, 10, 0.9, {{0, 0}, {20, 0}, {20, 10}, {0, 10}}};
  for (const Variant variant : {Variant::paddleocr, Variant::mhliao}) {
    const auto box = expand(corner, quad(variant), 1.5, {22, 13}, {22, 13});
    CHECK(box->polygon == (std::vector<PointD>{{0, 0}, {22, 0}, {22, 13}, {0, 13}}));
    CHECK(!std::signbit(box->polygon[0].x));
  }
  for (const Variant variant : {Variant::receipt, Variant::mmocr}) {
    const auto box = expand(corner, quad(variant), 1.5, {22, 13}, {22, 13});
    CHECK(box->polygon == (std::vector<PointD>{{-5, -5}, {25, -5}, {25, 15}, {-5, 15}}));
  }
}

TEST("postprocess/expand: what rounds to nought is not -0") {
  const Candidate corner{0, 10, 0.9, {{0, 0}, {20, 0}, {20, 10}, {0, 10}}};
  const auto box = expand(corner, quad(Variant::receipt), 1.5, {22, 13}, {1, 1});
  CHECK_EQ(box->polygon[0].x, 0.0);
  CHECK(!std::signbit(box->polygon[0].x));
}

TEST("postprocess/expand: a polygon keeps the offset's vertices") {
  const auto box = expand(rectangle(), poly(Variant::paddleocr), 1.5, kMap, kMap);
  CHECK(box->polygon.size() > 8);
  for (const PointD& point : box->polygon) {
    CHECK(point.x >= 25 && point.x <= 55 && point.y >= 15 && point.y <= 35);
    CHECK_EQ(point.x, std::floor(point.x));
  }
}

TEST("postprocess/expand: of several outlines the receipt baseline keeps the first, the others none") {
  for (const Variant variant : {Variant::paddleocr, Variant::mhliao, Variant::mmocr}) {
    CHECK(!expand(two_squares(), poly(variant), 0, kMap, kMap).has_value());
  }
  const auto box = expand(two_squares(), poly(Variant::receipt), 0, kMap, kMap);
  CHECK(box.has_value());
  CHECK_EQ(box->side, 10.0F);
  CHECK_EQ(box->polygon.size(), 4U);
}

TEST("postprocess/expand: ratios of nought and less") {
  const auto same = expand(rectangle(), quad(Variant::paddleocr), 0, kMap, kMap);
  CHECK(same->polygon == rectangle().polygon);
  const auto inner = expand(rectangle(), quad(Variant::paddleocr), -0.6, kMap, kMap);
  CHECK(inner->polygon == (std::vector<PointD>{{32, 22}, {48, 22}, {48, 28}, {32, 28}}));
  CHECK(!expand(rectangle(), quad(Variant::paddleocr), -1000, kMap, kMap).has_value());
}

TEST("postprocess/expand: distances without a place to go") {
  const double inf = std::numeric_limits<double>::infinity();
  for (const double ratio : {std::numeric_limits<double>::quiet_NaN(), inf, -inf, 1e300, 1e9}) {
    CHECK(!expand(rectangle(), quad(Variant::receipt), ratio, kMap, kMap).has_value());
  }
  CHECK(expand(rectangle(), quad(Variant::receipt), 1e7, kMap, kMap).has_value());
  const Candidate point{0, 0, 0.9, {{5, 5}, {5, 5}, {5, 5}, {5, 5}}};
  CHECK(!expand(point, quad(Variant::paddleocr), 1.5, kMap, kMap).has_value());
  const Candidate line{0, 0, 0.9, {{5, 5}, {9, 5}, {9, 5}, {5, 5}}};
  CHECK(!expand(line, quad(Variant::paddleocr), 1.5, kMap, kMap).has_value());
}

TEST("postprocess/expand: the second size test is strict, and MMOCR's polygons have none") {
  for (const Variant variant : {Variant::paddleocr, Variant::mhliao, Variant::receipt, Variant::mmocr}) {
    CHECK(keeps_expanded_side(quad(variant), 5, 3));
    CHECK(!keeps_expanded_side(quad(variant), 4.999F, 3));
  }
  CHECK(!keeps_expanded_side(poly(Variant::receipt), 4.999F, 3));
  CHECK(keeps_expanded_side(poly(Variant::mmocr), 0, 3));
  CHECK(keeps_expanded_side(quad(Variant::paddleocr), 0, std::numeric_limits<double>::quiet_NaN()));
}
