#ifndef THRESHER_HAS_LIBFUZZER

#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <random>
#include <vector>

// Makes up inputs where there is no libFuzzer: random bytes, and inputs from before with some bytes changed.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kMostBytes = 600;
constexpr std::size_t kRemembered = 256;

class Inputs {
 public:
  explicit Inputs(std::uint32_t seed) : random_(seed) {}

  const std::vector<std::uint8_t>& next() {
    if (remembered_.size() < kRemembered || random_() % 4 == 0) {
      current_.resize(random_() % kMostBytes);
      for (std::uint8_t& byte : current_) byte = static_cast<std::uint8_t>(random_());
    } else {
      current_ = remembered_[random_() % kRemembered];
      for (std::size_t changes = 1 + random_() % 4; changes > 0 && !current_.empty(); --changes) {
        current_[random_() % current_.size()] = static_cast<std::uint8_t>(random_());
      }
    }
    if (remembered_.size() < kRemembered) {
      remembered_.push_back(current_);
    } else if (random_() % 8 == 0) {
      remembered_[random_() % kRemembered] = current_;
    }
    return current_;
  }

 private:
  std::mt19937 random_;
  std::vector<std::vector<std::uint8_t>> remembered_;
  std::vector<std::uint8_t> current_;
};

bool read_number(const char* text, std::uint32_t& value) {
  const char* end = text + std::strlen(text);
  return std::from_chars(text, end, value).ptr == end;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint32_t seconds = 60;
  std::uint32_t seed = 1;
  if (argc > 3 || (argc > 1 && !read_number(argv[1], seconds)) || (argc > 2 && !read_number(argv[2], seed))) {
    std::fprintf(stderr, "usage: score_fuzz [SECONDS [SEED]]\n");
    return 2;
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  Inputs inputs(seed);
  std::uint64_t runs = 0;
  for (; std::chrono::steady_clock::now() < end; ++runs) {
    const auto& input = inputs.next();
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::printf("%llu inputs, seed %u\n", static_cast<unsigned long long>(runs), seed);
  return 0;
}

#endif
