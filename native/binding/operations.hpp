#pragma once

#include <napi.h>

/// The functions that the addon exports; packages/native declares their types.
namespace binding {

Napi::Value postprocess(const Napi::CallbackInfo& info);  ///< (data, width, height, options, task)
Napi::Value score_image(const Napi::CallbackInfo& info);  ///< (scoring, groundTruth, detections, level, task)
Napi::Value sweep_image(const Napi::CallbackInfo& info);  ///< (data, width, height, groundTruth, grid, options, task)
Napi::Value resample_sums(
    const Napi::CallbackInfo& info);  ///< (occurrences, which, amounts, offsets, images, count, task)
Napi::Value capabilities(const Napi::CallbackInfo& info);  ///< ()

}  // namespace binding
