import * as v from 'valibot'

const number = (otherwise: string, low: number, high: number) =>
  v.optional(
    v.pipe(v.string(), v.trim(), v.transform(Number), v.number(), v.minValue(low), v.maxValue(high)),
    otherwise,
  )

/**
 * What the class server is told by its environment, with what holds otherwise. Rates by address are high: a school of two
 * thousand phones has one address. What holds single phones back are the limits by socket and by room.
 */
const EnvironmentSchema = v.object({
  /** Where Redis is, for many nodes: redis://host:6379. Without it the rooms are in a SQLite file of this process. */
  REDIS_URL: v.optional(v.pipe(v.string(), v.regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://'))),
  /** The folder with that file. */
  PORT_AUTHORITY_DATA: v.optional(v.pipe(v.string(), v.minLength(1)), 'data'),
  /** The address that phones can reach, where it is not this machine's own: https://ports.example.org/. */
  PUBLIC_URL: v.optional(v.pipe(v.string(), v.url())),
  /** Other origins whose pages may use this server, with commas between them. */
  ALLOWED_ORIGINS: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) =>
        text
          .split(',')
          .map((origin) => origin.trim())
          .filter((origin) => origin !== ''),
      ),
    ),
    '',
  ),
  /** How many proxies stand before this server and write X-Forwarded-For. */
  TRUSTED_PROXIES: number('0', 0, 10),
  /** What whoever reads /metrics must send as a bearer token. Without it only this machine may read. */
  METRICS_TOKEN: v.optional(v.pipe(v.string(), v.minLength(16, 'must have 16 letters or more'))),
  LOG_LEVEL: v.optional(v.picklist(['debug', 'info', 'warn', 'error', 'silent'])),

  /** Connections to this node, and from one address to it. */
  CLASS_CONNECTIONS: number('20000', 1, 1_000_000),
  CLASS_CONNECTIONS_PER_ADDRESS: number('6000', 1, 1_000_000),
  /** New connections a second from one address. */
  CLASS_CONNECTS_PER_ADDRESS: number('1000', 1, 1_000_000),
  /** Rooms that are there at once, and rooms opened an hour from one address. */
  CLASS_ROOMS: number('10000', 1, 10_000_000),
  CLASS_ROOMS_PER_ADDRESS: number('120', 1, 100_000),
  /** Players a second that come into one room. More wait their turn, up to ten seconds. */
  CLASS_JOINS_PER_ROOM: number('400', 1, 100_000),
  /** Wrong codes, words and secrets a minute from one address. */
  CLASS_WRONG_PER_ADDRESS: number('120', 1, 100_000),
  /** Messages a second from one socket, and from all sockets of one address. */
  CLASS_MESSAGES_PER_SOCKET: number('10', 1, 10_000),
  CLASS_MESSAGES_PER_ADDRESS: number('5000', 1, 1_000_000),
  /** Seconds after which a question waits no longer for a player without a connection. */
  CLASS_AWAY_SECONDS: number('10', 0, 3600),
  /** Minutes that a room is kept after its end, and hours after the last thing that happened in it. */
  CLASS_GRACE_MINUTES: number('30', 0, 10_080),
  CLASS_IDLE_HOURS: number('24', 0.01, 720),
})

export type Limits = v.InferOutput<typeof EnvironmentSchema>

/** Reads the environment. Throws RangeError, with a sentence for whoever starts the server, if something in it is no use. */
export function limitsFrom(environment: NodeJS.ProcessEnv): Limits {
  // An empty variable is one that is not set.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = v.safeParse(EnvironmentSchema, set)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  const name = v.getDotPath(issue) ?? 'The environment'
  throw new RangeError(`${name} is "${set[name] ?? ''}", but ${issue.message}.`)
}
