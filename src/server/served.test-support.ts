import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { pino } from 'pino'
import { Class } from './class'
import { limitsFrom } from './limits'
import { createMetrics } from './metrics'
import { freePort, newFolder, removeFolder } from './node.test-support'
import { SqliteLog } from './sqlite-log'

export interface Served {
  readonly url: string
  readonly port: number
  readonly rooms: Class
  /** The lines of the server's log. */
  readonly lines: readonly string[]
  /** How often a message by this name was answered so. */
  said(name: string, reply: string): Promise<number>
  slow(): Promise<number>
  close(): Promise<void>
}

/** The class in this process, with limits that differ from the usual ones. */
export async function serveHere(
  environment: Readonly<Record<string, string>> = {},
  ping?: { readonly interval: number; readonly timeout: number },
): Promise<Served> {
  const limits = limitsFrom(environment)
  const folder = newFolder()
  const lines: string[] = []
  const metrics = createMetrics()
  const http: Server = createServer((_, response) => response.writeHead(404).end())
  const port = await freePort()
  const keeping = { grace: 1000, idle: 60_000 }
  const rooms = new Class(http, {
    limits,
    metrics,
    logger: pino({ level: 'info', base: null }, { write: (line: string) => void lines.push(line) }),
    log: (witness) => new SqliteLog(join(folder, 'rooms.db'), keeping, witness),
    ...(ping && { ping }),
  })
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    rooms,
    lines,
    said: async (name, reply) => {
      const { values } = await metrics.said.get()
      return values.find(({ labels }) => labels.said === name && labels.reply === reply)?.value ?? 0
    },
    slow: async () => (await metrics.slow.get()).values[0]?.value ?? 0,
    close: async () => {
      await rooms.shutDown()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
      removeFolder(folder)
    },
  }
}
