import { fileURLToPath } from 'node:url'
import { defineConfig } from 'electron-vite'
import renderer from './src/renderer/vite.config.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/**
 * Builds everything that does not run straight from its sources: the desktop's main process, its engine process and worker thread,
 * the preload script and the screens (with the very settings the loopback server's build uses). Packages stay outside: better-sqlite3
 * is native, and others break when bundled.
 */
export default defineConfig({
  main: {
    build: {
      outDir: here('out/main'),
      externalizeDeps: true,
      rollupOptions: {
        input: {
          desktop: here('src/main/hosts/desktop/main.ts'),
          engine: here('src/main/hosts/desktop/engine.ts'),
          worker: here('src/main/hosts/worker/main.ts'),
          // The first start makes workspaces as the command line does, in a process of its own.
          cli: here('src/main/hosts/cli/main.ts'),
          'packet-reader': here('src/main/exchange/reader-thread.ts'),
          'bundle-reader': here('src/main/reports/bundle/reader-thread.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: here('out/preload'),
      rollupOptions: {
        input: { preload: here('src/main/hosts/desktop/preload.ts') },
        // A sandboxed preload script can only be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...renderer,
    build: { ...renderer.build, outDir: here('out/renderer'), rollupOptions: { input: here('src/renderer/index.html') } },
  },
})
