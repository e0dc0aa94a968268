/**
 * Builds the game and serves it with the live class: `npm start`. PORT chooses the port. With a folder as argument, that folder is served as
 * it is and nothing is built.
 */
import { createServer } from 'node:http'
import { networkInterfaces } from 'node:os'
import { compressFolder } from '../src/server/compress'
import { holdersOf } from '../src/server/holder'
import { addressLines, codeOf, listen, portFrom, whyNot } from '../src/server/listen'
import { serveClass } from '../src/server/serve-class'
import type { ServedClass } from '../src/server/serve-class'
import { serveFolder } from '../src/server/static'

const [ready] = process.argv.slice(2)
const folder = ready ?? 'dist'
/** In milliseconds. */
const LONGEST_GOODBYE = 5000

async function prepare(): Promise<void> {
  if (ready) return
  console.log('Opening the house: building the game into dist/ …')
  // Whoever serves a built folder need not wait for the builder.
  const { build } = await import('vite')
  await build({ logLevel: 'warn', build: { outDir: folder } })
  await compressFolder(folder)
}

async function start(): Promise<void> {
  const port = portFrom(process.env['PORT'])
  // The port comes first: a second `npm start` must not build over the files that the first one serves.
  let prepared = Promise.resolve()
  const serve = serveFolder(folder)
  let rooms: ServedClass | undefined
  const server = createServer((request, response) => {
    prepared.then(
      () => rooms?.handle(request, response) || serve(request, response),
      () => response.destroy(),
    )
  })
  try {
    await listen(server, port)
  } catch (error) {
    const code = codeOf(error)
    const reason = whyNot(code, port, code === 'EADDRINUSE' ? holdersOf(port) : [], process.platform)
    throw reason ? new Error(reason) : error
  }
  rooms = serveClass(server, port, process.env)
  const close = (): void => {
    // Who is told that the server goes comes back by itself; who does not take it in time is cut off.
    setTimeout(() => process.exit(0), LONGEST_GOODBYE).unref()
    void (rooms?.shutDown() ?? Promise.resolve()).finally(() => {
      server.close(() => process.exit(0))
      server.closeAllConnections()
    })
  }
  process.once('SIGINT', close)
  process.once('SIGTERM', close)
  prepared = prepare()
  await prepared
  console.log(['Port Authority is open:', ...addressLines(port, networkInterfaces()), 'Ctrl-C closes it.'].join('\n'))
}

try {
  await start()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
