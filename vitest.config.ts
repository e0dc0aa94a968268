import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    // All of the machine: by itself it leaves a core of two alone.
    maxWorkers: '100%',
    setupFiles: ['scripts/property-seed.ts', 'scripts/plain-expect.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Long enough for a machine that has other things to do: what is polled for comes at once otherwise.
    expect: { poll: { timeout: 30_000 } },
  },
})
