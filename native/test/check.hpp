#pragma once

#include <functional>
#include <sstream>
#include <stdexcept>
#include <string>

/// A test harness of the size this library needs: TEST("geometry/hull: one point") { CHECK(...); CHECK_EQ(a, b); }
/// The program runs the tests whose name starts with its argument.
namespace check {

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Thrown by a test that this machine lacks something for.
struct NotRun : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Registration {
  Registration(std::string name, std::function<void()> body);
};

[[noreturn]] inline void fail(const char* file, int line, const std::string& what) {
  std::ostringstream message;
  message << file << ":" << line << ": " << what;
  throw Failure(message.str());
}

template <class A, class B>
void equal(const A& a, const B& b, const char* text, const char* file, int line) {
  if (a == b) return;
  std::ostringstream what;
  what.precision(17);
  what << text;
  if constexpr (requires { what << a << b; }) what << ": " << a << " against " << b;
  fail(file, line, what.str());
}

}  // namespace check

#define CHECK_JOIN2(a, b) a##b
#define CHECK_JOIN(a, b) CHECK_JOIN2(a, b)
#define TEST(name)                                                                                         \
  static void CHECK_JOIN(test_, __LINE__)();                                                               \
  static const check::Registration CHECK_JOIN(registration_, __LINE__){name, CHECK_JOIN(test_, __LINE__)}; \
  static void CHECK_JOIN(test_, __LINE__)()
#define CHECK(condition) ((condition) ? void() : check::fail(__FILE__, __LINE__, "not true: " #condition))
#define CHECK_EQ(a, b) check::equal((a), (b), #a " == " #b, __FILE__, __LINE__)
