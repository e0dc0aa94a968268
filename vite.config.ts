import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { offline } from './scripts/offline.ts'

/**
 * The stage draws images and a little text. Phaser's own smaller entry (no physics, particles, tile maps, sound) has all of
 * that and is 140 kB lighter to fetch; it is source, and asks its bundler for these names.
 */
const PHASER_NAMES = {
  'typeof CANVAS_RENDERER': 'true',
  'typeof WEBGL_RENDERER': 'true',
  'typeof WEBGL_DEBUG': 'false',
  'typeof FEATURE_SOUND': 'false',
  'typeof PLUGIN_FBINSTANT': 'false',
  global: 'globalThis',
}

export default defineConfig(({ mode }) => ({
  base: './',
  publicDir: 'public',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    alias: { phaser: fileURLToPath(new URL('node_modules/phaser/src/phaser-core.js', import.meta.url)) },
  },
  define: PHASER_NAMES,
  optimizeDeps: { rolldownOptions: { transform: { define: PHASER_NAMES } } },
  build: {
    target: 'es2022',
    outDir: mode === 'test' ? 'dist-test' : 'dist',
    emptyOutDir: true,
    // Phaser's loader and strict content policies refuse data: addresses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1600,
    reportCompressedSize: false,
    // The service worker is made after the build and takes its time: that is no news.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  worker: { format: 'es' },
  plugins: [offline()],
}))
