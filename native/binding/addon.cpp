#include <napi.h>

#include "async.hpp"
#include "operations.hpp"

static Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  binding::TaskHandle::define(env, exports);
  exports.Set("postprocess", Napi::Function::New<binding::postprocess>(env, "postprocess"));
  exports.Set("scoreImage", Napi::Function::New<binding::score_image>(env, "scoreImage"));
  exports.Set("sweepImage", Napi::Function::New<binding::sweep_image>(env, "sweepImage"));
  exports.Set("resampleSums", Napi::Function::New<binding::resample_sums>(env, "resampleSums"));
  exports.Set("capabilities", Napi::Function::New<binding::capabilities>(env, "capabilities"));
  return exports;
}

NODE_API_MODULE(thresher, initialise)
