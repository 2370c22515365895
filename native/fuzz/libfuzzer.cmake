# THRESHER_HAS_LIBFUZZER: whether the compiler brings libFuzzer. Where it does, everything is instrumented for it;
# elsewhere standalone.cpp makes up the inputs.
include(CheckCXXSourceCompiles)
set(CMAKE_REQUIRED_FLAGS -fsanitize=fuzzer)
check_cxx_source_compiles("
  #include <cstddef>
  extern \"C\" int LLVMFuzzerTestOneInput(const unsigned char*, std::size_t) { return 0; }
" THRESHER_HAS_LIBFUZZER)
unset(CMAKE_REQUIRED_FLAGS)
if(THRESHER_HAS_LIBFUZZER)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
