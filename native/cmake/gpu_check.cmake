# thresher_gpu_check holds the device against the CPU and times both; scripts/gpu-check.sh runs it.
option(THRESHER_GPU_CHECK "Build thresher_gpu_check" OFF)
if(NOT THRESHER_GPU_CHECK)
  return()
endif()

file(GLOB GPU_CHECK_SOURCES CONFIGURE_DEPENDS bench/gpu/*.cpp)
add_executable(thresher_gpu_check ${GPU_CHECK_SOURCES})
find_package(Threads REQUIRED)
target_link_libraries(thresher_gpu_check PRIVATE thresher Threads::Threads)
target_include_directories(thresher_gpu_check PRIVATE bench test)
if(CMAKE_CUDA_COMPILER_LOADED)
  target_sources(thresher_gpu_check PRIVATE bench/gpu/resident.cu)
endif()
