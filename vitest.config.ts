import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    // Left to itself vitest keeps a core free for watching; nobody watches here, and most files wait for disks and child processes.
    maxWorkers: 2,
    // SQLite, key derivation and child processes are real here; a slow machine must not fail a right answer.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
