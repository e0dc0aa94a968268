import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type { Plugin, ResolvedConfig } from 'vite'
import { build } from 'vite'

/** A file that the service worker keeps. What is not named by its content has a revision. */
interface Kept {
  readonly url: string
  readonly revision: string | null
}

/** All files of a built folder, by their paths: parts that are fetched late are the ones that would be missed offline. */
async function filesOf(folder: string): Promise<readonly Kept[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return Promise.all(
    paths.toSorted().map(async (path): Promise<Kept> => {
      const url = relative(folder, path).split(sep).join('/')
      if (url.startsWith('assets/')) return { url, revision: null }
      return {
        url,
        revision: createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
          .slice(0, 16),
      }
    }),
  )
}

/** Writes `service-worker.js` beside a build, with the list of the build's files in it as `self.filesOfBuild`. */
export function offline(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'offline',
    apply: 'build',
    configResolved: (resolved) => void (config = resolved),
    // When all is written, what is copied from `public` too.
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const { root, mode, logLevel } = config
        const outDir = resolve(root, config.build.outDir)
        await build({
          configFile: false,
          root,
          mode,
          logLevel: logLevel === 'info' ? 'warn' : (logLevel ?? 'warn'),
          publicDir: false,
          define: { 'self.filesOfBuild': JSON.stringify(await filesOf(outDir)) },
          build: {
            target: config.build.target,
            outDir,
            emptyOutDir: false,
            rolldownOptions: {
              input: resolve(root, 'src/pwa/service-worker.ts'),
              // Not every browser runs a worker of modules.
              output: { format: 'iife', entryFileNames: 'service-worker.js' },
            },
          },
        })
      },
    },
  }
}
