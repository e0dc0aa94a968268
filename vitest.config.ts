import { configDefaults, defineConfig } from 'vitest/config'

/** Rooms that keep nothing: their tests share a process, so that each module is loaded and compiled once, not once a file. */
const PURE = 'src/{net,ports,lessons,shift,levels,quiz,exchange,practice,sandbox,room,modes}/**/*.test.ts'

export default defineConfig({
  test: {
    environment: 'node',
    // All of the machine: by itself it leaves a core of two alone.
    maxWorkers: '100%',
    setupFiles: ['scripts/property-seed.ts', 'scripts/plain-expect.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Long enough for a machine that has other things to do: what is polled for comes at once otherwise.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      { extends: true, test: { name: 'pure', include: [PURE], isolate: false } },
      {
        extends: true,
        test: {
          name: 'rest',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...configDefaults.exclude, PURE],
        },
      },
    ],
  },
})
