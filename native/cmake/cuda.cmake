# Enables CUDA where nvcc is found. The runtime is linked statically, so that the library loads on a machine without a
# driver.
if(THRESHER_CUDA STREQUAL "OFF")
  return()
endif()

include(CheckLanguage)
check_language(CUDA)
if(NOT CMAKE_CUDA_COMPILER)
  if(THRESHER_CUDA STREQUAL "ON")
    message(FATAL_ERROR "THRESHER_CUDA=ON, but no nvcc was found: set CUDACXX to its path")
  endif()
  message(STATUS "CUDA: no nvcc found, building for the CPU")
  return()
endif()

if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
  set(CMAKE_CUDA_ARCHITECTURES 80)
endif()
set(CMAKE_CUDA_RUNTIME_LIBRARY Static)
enable_language(CUDA)
# CMake up to 3.25 does not know nvcc's C++20, so the switch is given by hand.
set(CMAKE_CUDA_STANDARD_DEFAULT "")
string(APPEND CMAKE_CUDA_FLAGS " -std=c++20")
message(STATUS "CUDA: nvcc ${CMAKE_CUDA_COMPILER_VERSION}, architectures ${CMAKE_CUDA_ARCHITECTURES}")
