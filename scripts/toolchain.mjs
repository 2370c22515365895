// What the native addon needs of the machine, checked before anything is built.
import { spawnSync } from 'node:child_process'
import { succeeds } from './run.mjs'

const cxx20 = '#include <concepts>\n#include <span>\nint main() { return std::span<int>().size(); }\n'

function cmakeVersion() {
  const text = spawnSync('cmake', ['--version'], { encoding: 'utf8' }).stdout ?? ''
  const [, major, minor] = /(\d+)\.(\d+)/.exec(text) ?? []
  return major === undefined ? undefined : [Number(major), Number(minor)]
}

/** One line for each thing that is missing, with the command that installs it; empty when all is there. */
export function missingTools() {
  const missing = []
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    missing.push(
      `Thresher needs Node 20.19 or newer; this is ${process.versions.node}. Install it from nodejs.org.`,
    )
  }
  const compilers = process.env.CXX ? [process.env.CXX] : ['c++', 'g++', 'clang++']
  if (!compilers.some((name) => succeeds(name, ['-std=c++20', '-fsyntax-only', '-x', 'c++', '-'], cxx20))) {
    missing.push(
      `Thresher needs a C++20 compiler (tried ${compilers.join(', ')}). ` +
        'Install one: apt-get install g++ (Debian, Ubuntu), dnf install gcc-c++ (Fedora), xcode-select --install (macOS).',
    )
  }
  const cmake = cmakeVersion()
  if (!cmake || cmake[0] < 3 || (cmake[0] === 3 && cmake[1] < 20)) {
    missing.push(
      `Thresher needs CMake 3.20 or newer (${cmake ? `found ${cmake.join('.')}` : 'none found'}). ` +
        'Install it: apt-get install cmake (Debian, Ubuntu), dnf install cmake (Fedora), brew install cmake (macOS).',
    )
  }
  if (!succeeds('ninja', ['--version']) && !succeeds('make', ['--version'])) {
    missing.push(
      'Thresher needs make or ninja. Install one: apt-get install make (Debian, Ubuntu), dnf install make (Fedora).',
    )
  }
  return missing
}
