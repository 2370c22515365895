#include <cstdio>
#include <string_view>
#include <utility>
#include <vector>

#include "check.hpp"

namespace check {
namespace {

struct Test {
  std::string name;
  std::function<void()> body;
};

std::vector<Test>& tests() {
  static std::vector<Test> all;
  return all;
}

}  // namespace

Registration::Registration(std::string name, std::function<void()> body) {
  tests().push_back({std::move(name), std::move(body)});
}

}  // namespace check

int main(int argc, char** argv) {
  const std::string_view prefix = argc > 1 ? argv[1] : "";
  int passed = 0;
  int failed = 0;
  int not_run = 0;
  for (const auto& test : check::tests()) {
    if (!test.name.starts_with(prefix)) continue;
    try {
      test.body();
      ++passed;
    } catch (const check::NotRun& reason) {
      ++not_run;
      std::printf("NOT RUN %s\n  %s\n", test.name.c_str(), reason.what());
    } catch (const std::exception& error) {
      ++failed;
      std::printf("FAILED %s\n  %s\n", test.name.c_str(), error.what());
    }
  }
  std::printf("%d passed, %d failed", passed, failed);
  std::printf(not_run > 0 ? ", %d not run\n" : "\n", not_run);
  // A prefix that selects nothing is a mistake in the call, not a success.
  return failed > 0 || passed + not_run == 0 ? 1 : 0;
}
