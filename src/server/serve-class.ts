import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { createAdapter } from '@socket.io/redis-streams-adapter'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { Class } from './class'
import { limitsFrom } from './limits'
import type { Limits } from './limits'
import { networkAddresses } from './listen'
import { createMetrics } from './metrics'
import { originAllowed } from './origin'
import { RedisLog } from './redis-log'
import { fits, hashOf } from './secret'
import { SqliteLog } from './sqlite-log'
import { securityHeaders } from './static'

export interface ServedClass {
  /** Answers a request that is about the class or the health of the server; false if it is about something else. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Says goodbye to everybody, writes what is under way. */
  readonly shutDown: () => Promise<void>
}

/** This machine itself asks, and not a proxy on it for somebody else. */
const isLocal = ({ socket: { remoteAddress = '' }, headers }: IncomingMessage): boolean =>
  /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(remoteAddress) &&
  headers['x-forwarded-for'] === undefined &&
  headers.forwarded === undefined

const mayMeasure = (request: IncomingMessage, { METRICS_TOKEN }: Limits): boolean =>
  METRICS_TOKEN === undefined
    ? isLocal(request)
    : fits(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '', hashOf(METRICS_TOKEN))

/**
 * The live class on a server that listens at `port`: Socket.IO for the rooms, and over HTTP
 * `/class/address` (where phones find this server), `/health`, `/ready`, `/metrics`.
 *
 * @throws RangeError if something in the environment is no use.
 */
export function serveClass(server: Server, port: number, environment: NodeJS.ProcessEnv): ServedClass {
  const limits = limitsFrom(environment)
  const metrics = createMetrics()
  // Whoever sits before the screen wants to hear of trouble only; a log that is kept also says what went well.
  const logger = pino({ level: limits.LOG_LEVEL ?? (process.stdout.isTTY ? 'warn' : 'info'), base: null })
  const keeping = { grace: limits.CLASS_GRACE_MINUTES * 60_000, idle: limits.CLASS_IDLE_HOURS * 3_600_000 }
  // Two servers on one machine never share a port, and so no file.
  const file = join(limits.PORT_AUTHORITY_DATA, `class-${port}.db`)
  const committed = (events: number): void => metrics.commits.observe(events)
  const { REDIS_URL } = limits
  const others = REDIS_URL === undefined ? undefined : new Redis(REDIS_URL, { maxRetriesPerRequest: null })
  // The log of rooms says that Redis is away.
  others?.on('error', () => undefined)
  const rooms = new Class(server, {
    limits,
    metrics,
    logger,
    log: (witness) =>
      REDIS_URL === undefined
        ? new SqliteLog(file, keeping, witness, committed)
        : new RedisLog(REDIS_URL, keeping, witness, committed),
    ...(others && {
      others: {
        adapter: createAdapter(others, { streamName: 'class:nodes', onlyPlaintext: true }),
        reachable: () => others.status === 'ready',
      },
    }),
  })
  const send = (response: ServerResponse, status: number, type: string, body: string): void => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    response.writeHead(status, { 'Content-Type': `${type};charset=utf-8`, 'Cache-Control': 'no-store' })
    response.end(body)
  }
  const endpoints: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
    '/health': (_, response) => send(response, 200, 'text/plain', 'ok\n'),
    '/ready': (_, response) =>
      void rooms.log
        .ready()
        .then((ready) =>
          send(response, ready ? 200 : 503, 'text/plain', ready ? 'ready\n' : 'the log does not answer\n'),
        ),
    '/metrics': (request, response) => {
      if (!mayMeasure(request, limits))
        return send(response, 403, 'text/plain', 'Measurements are not for everybody.\n')
      metrics.registry.metrics().then(
        (text) => send(response, 200, 'text/plain', text),
        () => send(response, 500, 'text/plain', 'They could not be read.\n'),
      )
    },
    '/class/address': (request, response) => {
      if (!originAllowed(request, limits)) return send(response, 403, 'text/plain', 'Not for pages of other places.\n')
      const { PUBLIC_URL } = limits
      const addresses = PUBLIC_URL ? [new URL(PUBLIC_URL).href] : networkAddresses(port, networkInterfaces())
      send(response, 200, 'application/json', JSON.stringify({ addresses }))
    },
  }
  return {
    handle: (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://host')
      const endpoint = Object.hasOwn(endpoints, pathname) ? endpoints[pathname] : undefined
      if (!endpoint || (request.method !== 'GET' && request.method !== 'HEAD')) return false
      endpoint(request, response)
      return true
    },
    shutDown: async () => {
      await rooms.shutDown()
      others?.disconnect()
    },
  }
}
