import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The one way to build the screens: the desktop build, the web host's build and the browser tests all start from here. */
export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  // Relative addresses, so that the same files work under app:// and under the loopback server.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../out/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    // `default-src 'self'` allows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
