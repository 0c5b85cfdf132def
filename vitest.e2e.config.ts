import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/support/build-once.ts'],
    // As many browsers as the smallest machine we know has cores.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // Vitest asks for one second; a pipeline's machine may take that for one screen.
    expect: { poll: { timeout: 20_000 } },
  },
})
