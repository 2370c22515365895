#!/bin/sh
# Builds the native library for this machine's GPU, holds the GPU's results against the CPU's, runs compute-sanitizer and
# the benchmark, and keeps everything in a folder. Needs CMake 3.20, a C++20 compiler, nvcc and a driver; no Node.
#
#   native/scripts/gpu-check.sh [-m MAPS] [-o OUT] [-d DEVICE] [-n COUNT] [-s SCALE]
#
#   -m  folder of .npy probability maps (float32, H x W or N x H x W) to compare on, besides generated ones
#   -o  folder for the results; default gpu-check-DATE
#   -d  device, counted from 0; default 0
#   -n  generated maps to compare on; default 2000
#   -s  share of the benchmark's maps, where memory or time is short; default 1
#   -h  this text
set -eu

usage() { sed -n '/^# Builds/,/^#   -h/s/^# \{0,1\}//p' "$0"; }
# What is amiss is said before anything is built.
amiss() {
  echo "gpu-check.sh: $1" >&2
  exit 2
}

here=$(cd "$(dirname "$0")/.." && pwd)
maps='' out="gpu-check-$(date +%Y%m%d-%H%M%S)" device=0 count=2000 scale=1
while getopts hm:o:d:n:s: option; do
  case $option in
    m) maps=$OPTARG ;;
    o) out=$OPTARG ;;
    d) device=$OPTARG ;;
    n) count=$OPTARG ;;
    s) scale=$OPTARG ;;
    h) usage && exit ;;
    *) usage >&2 && exit 2 ;;
  esac
done
shift $((OPTIND - 1))
[ $# = 0 ] || amiss "what is \"$1\"? Maps are given with -m."
if [ -n "$maps" ] && [ -z "$(find "$maps" -maxdepth 1 -name '*.npy' 2>&1 | grep -v '^find:' | head -n 1)" ]; then
  amiss "$maps: no .npy maps there. Give a folder that has some, or leave -m out."
fi
command -v cmake >/dev/null || amiss 'cmake was not found. Install CMake 3.20 or newer.'
command -v nvcc >/dev/null || [ -n "${CUDACXX:-}" ] ||
  amiss 'nvcc was not found. Install the CUDA toolkit, or set CUDACXX to its nvcc.'
nvidia-smi >/dev/null 2>&1 || amiss 'nvidia-smi finds no device or driver here. Run this on a machine with an NVIDIA GPU.'
mkdir -p "$out"
build="$here/build/gpu"
check="$build/thresher_gpu_check"

# Prints what it runs, and keeps the output; the log ends with the exit code. Not `tee`: its exit code would count.
failed=''
step() {
  name=$1
  shift
  printf '%s: ' "$name"
  code=0
  "$@" >"$out/$name.txt" 2>&1 || code=$?
  echo "exit code $code" >>"$out/$name.txt"
  if [ "$code" = 0 ]; then echo ok; else
    echo "FAILED, see $out/$name.txt"
    failed="$failed $name"
  fi
}

{
  uname -srm
  "${CUDACXX:-nvcc}" --version | tail -n 2
  nvidia-smi
  grep -m 1 'model name' /proc/cpuinfo || true
  getconf _NPROCESSORS_ONLN
} >"$out/machine.txt" 2>&1

step configure cmake -S "$here" -B "$build" -DCMAKE_BUILD_TYPE=Release -DTHRESHER_CUDA=ON -DTHRESHER_TESTS=ON \
  -DTHRESHER_GPU_CHECK=ON
step build cmake --build "$build" --parallel "$(getconf _NPROCESSORS_ONLN)"
if [ -n "$failed" ]; then exit 1; fi

step tests "$build/thresher_tests"
if grep -q 'NOT RUN' "$out/tests.txt"; then
  echo "tests: some were not run, see $out/tests.txt"
  failed="$failed tests-not-run"
fi
step equality "$check" equality --device "$device" --generated "$count" ${maps:+--maps "$maps"}
if command -v compute-sanitizer >/dev/null; then
  for tool in memcheck racecheck initcheck; do
    step "$tool" compute-sanitizer --tool "$tool" --error-exitcode 9 "$check" equality --device "$device" --generated 40
  done
else
  echo 'compute-sanitizer: not found, so that memory was not checked' | tee "$out/sanitizer-not-run.txt"
  failed="$failed sanitizer"
fi
step benchmark "$check" bench --device "$device" --scale "$scale"

cat "$out/benchmark.txt"
if [ -n "$failed" ]; then
  echo "failed:$failed"
  exit 1
fi
echo "all is well; results in $out"
