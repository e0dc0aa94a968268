import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import type { ManifestOptions } from 'vite-plugin-pwa'
import { VitePWA } from 'vite-plugin-pwa'

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

/** What an installed game is called and looks like; its colours are those of src/ui/tokens.css. */
const MANIFEST: Partial<ManifestOptions> = {
  name: 'Port Authority',
  short_name: 'Ports',
  description: 'A browser game about ports: read the 5-tuple, route each packet to its door.',
  lang: 'en',
  dir: 'ltr',
  start_url: './',
  scope: './',
  display: 'standalone',
  theme_color: '#0a0f1e',
  background_color: '#0a0f1e',
  categories: ['education', 'games'],
  icons: [
    { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: 'icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
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
  plugins: [
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/pwa',
      filename: 'service-worker.ts',
      // src/pwa/update.ts registers it, when the page has time.
      injectRegister: false,
      manifest: MANIFEST,
      includeManifestIcons: false,
      integration: { configureCustomSWViteBuild: (options) => void (options.logLevel = 'warn') },
      injectManifest: {
        injectionPoint: 'self.filesOfBuild',
        // Everything: parts that are fetched late are the ones that would be missed. A larger file fails the build.
        globPatterns: ['**/*'],
        globIgnores: ['**/*.{br,gz}'],
        maximumFileSizeToCacheInBytes: 3_000_000,
        // Not every browser runs a worker of modules.
        rollupFormat: 'iife',
      },
    }),
  ],
}))
