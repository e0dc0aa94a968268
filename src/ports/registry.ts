import data from './registry.json'

/** A transport protocol of the registry. SCTP and DCCP have ports too. */
export type RegisteredTransport = 'tcp' | 'udp' | 'sctp' | 'dccp'

/** A service of the IANA registry at one port, for all transports under which it is entered alike. */
export interface Registered {
  readonly port: number
  readonly transports: readonly RegisteredTransport[]
  /** The service name (RFC 6335 section 5.1). */
  readonly name: string
  /** The registry's description; empty where it says no more than the name. */
  readonly description: string
}

const TRANSPORTS: Readonly<Record<string, RegisteredTransport>> = { t: 'tcp', u: 'udp', s: 'sctp', d: 'dccp' }

function read(text: string): readonly Registered[] {
  let port = 0
  return text.split('\n').map((line) => {
    const [step = '0', letters = '', name = '', description = ''] = line.split('\t')
    port += Number(step)
    return { port, transports: Array.from(letters).flatMap((letter) => TRANSPORTS[letter] ?? []), name, description }
  })
}

/**
 * The whole registry (IANA Service Name and Transport Protocol Port Number Registry), by ascending port. It is large: import
 * this file when it is needed, not before.
 */
export const REGISTRY: readonly Registered[] = read(data.text)

/** The entry of a port of one transport; of several the first, which is the registry's main one. */
export const registeredAt = (transport: RegisteredTransport, port: number): Registered | undefined =>
  REGISTRY.find((entry) => entry.port === port && entry.transports.includes(transport))

/** How well an entry fits what was typed: smaller is better; undefined if it does not. */
function rank({ port, name, description }: Registered, query: string): number | undefined {
  const digits = /^\d+$/.test(query)
  if (digits && String(port) === query) return 0
  if (name === query) return 1
  if (name.startsWith(query)) return 2
  if (digits && String(port).startsWith(query)) return 3
  if (name.includes(query)) return 4
  const words = description.toLowerCase()
  if (words.split(/[^a-z0-9]+/).includes(query)) return 5
  return query.length > 2 && words.includes(query) ? 6 : undefined
}

/**
 * The entries that fit what was typed, the best first, at most `most`: a number (`88`, `8443/tcp`), or a part of a name or of
 * a description (`mqtt`). Several words must all fit.
 */
export function searchRegistry(typed: string, most = 50): readonly Registered[] {
  const [, bare = '', transport] = /^\s*(.*?)(?:\s*\/\s*(tcp|udp|sctp|dccp))?\s*$/i.exec(typed.toLowerCase()) ?? []
  const words = bare.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return []
  return REGISTRY.flatMap((entry) => {
    if (transport !== undefined && !entry.transports.some((one) => one === transport)) return []
    const ranks = words.map((word) => rank(entry, word))
    const worst = ranks.reduce<number | undefined>(
      (most, one) => (most === undefined || one === undefined ? undefined : Math.max(most, one)),
      0,
    )
    return worst === undefined ? [] : [{ entry, worst }]
  })
    .sort((a, b) => a.worst - b.worst || a.entry.port - b.entry.port)
    .slice(0, most)
    .map(({ entry }) => entry)
}
