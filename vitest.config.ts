import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    // SQLite, key derivation and child processes are real here; a slow machine must not fail a right answer.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
