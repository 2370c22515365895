import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'core', root: 'packages/core', include: ['test/**/*.test.ts'] } },
      { test: { name: 'native', root: 'packages/native', include: ['test/**/*.test.ts'] } },
      { test: { name: 'sweeps', root: 'packages/sweeps', include: ['test/**/*.test.ts'] } },
      { test: { name: 'tui', root: 'packages/tui', include: ['test/**/*.test.{ts,tsx}'] } },
      {
        test: {
          name: 'workspace',
          root: 'test',
          include: ['**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
