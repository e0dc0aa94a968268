import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A server as a process of its own. */
export interface Node {
  readonly url: string
  readonly port: number
  readonly process: ChildProcess
  /** What it has printed so far. */
  readonly printed: () => string
}

/** A port at which nothing listens now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** A folder of its own for a test. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'port-authority-class-'))
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true })

/** Resolves when the condition holds; it is asked again and again. Rejects after so many milliseconds. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, most = 20_000): Promise<void> {
  const end = Date.now() + most
  // oxlint-disable-next-line no-await-in-loop
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`In ${most / 1000} s it did not come true: ${what}.`)
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )

/** Starts what `npm start` starts, without building, and waits until it serves rooms. */
export async function startNode(
  environment: Readonly<Record<string, string>>,
  { port, ready = true }: { readonly port?: number; readonly ready?: boolean } = {},
): Promise<Node> {
  const own = port ?? (await freePort())
  const page = newFolder()
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Port Authority</title>')
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts', page], {
    env: { ...process.env, PORT: String(own), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      printed += data.toString()
    })
  child.once('exit', () => removeFolder(page))
  const url = `http://127.0.0.1:${own}`
  await until(
    () => {
      if (child.exitCode !== null) throw new Error(`The server ended at once:\n${printed}`)
      return answers(`${url}/${ready ? 'ready' : 'health'}`)
    },
    'the server is ready',
    40_000,
  )
  return { url, port: own, process: child, printed: () => printed }
}

/** Ends a process with a signal, SIGKILL by default, and waits until it is gone. Resolves with its exit code, if it has one. */
export const end = (child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode)
    child.once('exit', (code) => resolve(code))
    child.kill(signal)
  })

/** The `redis-server` to test with: the one REDIS_SERVER names, or an installed one. */
export { findRedis } from '../../scripts/redis.mjs'

/** A Redis that writes everything down before it says so. */
export async function startRedis(program: string, folder: string, port: number): Promise<ChildProcess> {
  const child = spawn(
    program,
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''].concat([
      '--appendonly',
      'yes',
      '--appendfsync',
      'always',
    ]),
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      printed += data.toString()
    })
  await until(() => {
    if (child.exitCode !== null) throw new Error(`Redis ended at once:\n${printed}`)
    return printed.includes('Ready to accept connections')
  }, 'Redis is ready')
  return child
}
