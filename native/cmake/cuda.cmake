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

# The device's own architecture, or one and PTX, which newer devices translate when they load it.
function(thresher_own_architecture out)
  set(own "")
  find_program(NVIDIA_SMI nvidia-smi)
  if(NVIDIA_SMI)
    execute_process(COMMAND ${NVIDIA_SMI} --query-gpu=compute_cap --format=csv,noheader
      OUTPUT_VARIABLE listed ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed AND listed MATCHES "([0-9]+)\\.([0-9]+)")
      set(own ${CMAKE_MATCH_1}${CMAKE_MATCH_2})
    endif()
  endif()
  if(own)
    set(${out} ${own} PARENT_SCOPE)
  else()
    set(${out} 80 PARENT_SCOPE)
  endif()
endfunction()

# What a build for others has: those that this nvcc knows, and the newest one's PTX.
function(thresher_release_architectures out)
  if(CMAKE_CUDA_COMPILER_VERSION VERSION_LESS 12.8)
    set(${out} 75-real 80-real 86-real 89-real 90 PARENT_SCOPE)
  else()
    set(${out} 75-real 80-real 86-real 89-real 90-real 100-real 120 PARENT_SCOPE)
  endif()
endfunction()

set(CMAKE_CUDA_RUNTIME_LIBRARY Static)
# Before CMake tries the compiler with an architecture of its own choice, which newer ones may not know.
if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
  set(CMAKE_CUDA_ARCHITECTURES 80)
endif()
enable_language(CUDA)
# CMake up to 3.25 does not know nvcc's C++20, so the switch is given by hand.
set(CMAKE_CUDA_STANDARD_DEFAULT "")
string(APPEND CMAKE_CUDA_FLAGS " -std=c++20")
if(NOT THRESHER_CUDA_ARCHITECTURES)
  thresher_own_architecture(THRESHER_CUDA_ARCHITECTURES)
elseif(THRESHER_CUDA_ARCHITECTURES STREQUAL "release")
  thresher_release_architectures(THRESHER_CUDA_ARCHITECTURES)
endif()
set(CMAKE_CUDA_ARCHITECTURES ${THRESHER_CUDA_ARCHITECTURES})
message(STATUS "CUDA: nvcc ${CMAKE_CUDA_COMPILER_VERSION}, architectures ${CMAKE_CUDA_ARCHITECTURES}")
