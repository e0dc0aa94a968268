import { defineConfig } from 'vite'

export default defineConfig(({ mode }) => ({
  base: './',
  publicDir: 'public',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    outDir: mode === 'test' ? 'dist-test' : 'dist',
    emptyOutDir: true,
    // Phaser's loader and strict content policies refuse data: addresses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1600,
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
}))
