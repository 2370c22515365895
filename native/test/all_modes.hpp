#pragma once

#include <vector>

#include "thresher/postprocess/options.hpp"

/// Every variant with every box type and score mode, with and without dilation.
inline std::vector<thresher::PostprocessMode> all_modes() {
  using namespace thresher;
  std::vector<PostprocessMode> modes;
  for (const Variant variant : {Variant::paddleocr, Variant::mhliao, Variant::receipt, Variant::mmocr}) {
    for (const BoxType box_type : {BoxType::quad, BoxType::poly}) {
      for (const ScoreMode score_mode : {ScoreMode::fast, ScoreMode::slow}) {
        for (const bool dilate : {false, true}) modes.push_back({variant, box_type, score_mode, dilate});
      }
    }
  }
  return modes;
}
