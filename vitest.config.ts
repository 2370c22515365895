import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Property tests draw the same cases in every run. */
const setupFiles = [fileURLToPath(new URL('test/property-seed.ts', import.meta.url))]

/** A test that hangs is found late rather than one on a busy machine failed. */
const patient = { testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    projects: [
      {
        test: { ...patient, name: 'core', root: 'packages/core', setupFiles, include: ['test/**/*.test.ts'] },
      },
      {
        test: {
          ...patient,
          name: 'native',
          root: 'packages/native',
          setupFiles,
          include: ['test/**/*.test.ts'],
        },
      },
      {
        test: {
          ...patient,
          name: 'sweeps',
          root: 'packages/sweeps',
          setupFiles,
          include: ['test/**/*.test.ts'],
        },
      },
      {
        test: {
          ...patient,
          name: 'tui',
          root: 'packages/tui',
          setupFiles,
          include: ['test/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          name: 'workspace',
          root: 'test',
          setupFiles,
          include: ['**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
