import type { Server } from 'node:http'
import type { NetworkInterfaceInfo } from 'node:os'
import type { Holder } from './holder'

const DEFAULT_PORT = 4180

/**
 * The port that PORT asks for, 4180 if it asks for none. Throws RangeError, with a sentence for the player, for
 * anything but a whole number from 1 to 65535 (RFC 9293 section 3.1: 16 bits; 0 is never sent, RFC 6335 section 6).
 */
export function portFrom(text: string | undefined): number {
  if (!text) return DEFAULT_PORT
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port >= 1 && port <= 65_535) return port
  throw new RangeError(`PORT is "${text}", but a port is a whole number from 1 to 65535: 16 bits, and 0 is nobody's.`)
}

/**
 * Listens on every address of this host: `::`, which takes IPv4 too (ipv6(7), IPV6_V6ONLY off), or `0.0.0.0` where
 * there is no IPv6. Rejects with the error of listen(2).
 */
export async function listen(server: Server, port: number): Promise<void> {
  try {
    await listenOn(server, port, '::')
  } catch (error) {
    const code = codeOf(error)
    if (code !== 'EAFNOSUPPORT' && code !== 'EADDRNOTAVAIL' && code !== 'EINVAL') throw error
    await listenOn(server, port, '0.0.0.0')
  }
}

const listenOn = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => {
      server.off('error', reject)
      resolve()
    })
  })

/** The code of a system error, such as EADDRINUSE (errno(3)); undefined for any other value. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** Private networks (RFC 1918), in the order in which a room's Wi-Fi is likely to be one; those of containers are inside 172.16/12. */
const LIKELY = [/^192\.168\./, /^10\./, /^172\.(1[6-9]|2\d|3[01])\./]

/** The addresses at which other machines on the same network find the game, the likeliest first. */
export const networkAddresses = (port: number, interfaces: NodeJS.Dict<readonly NetworkInterfaceInfo[]>): string[] =>
  Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => ({ address, place: LIKELY.findIndex((network) => network.test(address)) }))
    .sort((a, b) => (a.place < 0 ? LIKELY.length : a.place) - (b.place < 0 ? LIKELY.length : b.place))
    .map(({ address }) => `http://${address}:${port}/`)

/** Where a browser finds the game: on this machine first, then from other machines on the same network. */
export const addressLines = (port: number, interfaces: NodeJS.Dict<readonly NetworkInterfaceInfo[]>): string[] => [
  `  this machine  http://localhost:${port}/`,
  ...networkAddresses(port, interfaces).map((address) => `  your network  ${address}`),
]

/** Why the game cannot listen at a port and what to do, as a night porter says it; undefined if there is no telling. */
export function whyNot(
  code: string | undefined,
  port: number,
  holders: readonly Holder[],
  platform: NodeJS.Platform,
): string | undefined {
  const start = (other: number): string =>
    platform === 'win32' ? `set PORT=${other}&& npm start` : `PORT=${other} npm start`
  if (code === 'EADDRINUSE') {
    const names = holders.map(({ program, pid }) => `${program} (pid ${pid})`).join(', ')
    const who = names ? `${names} listens there` : 'another program listens there'
    const next = port < 65_535 ? port + 1 : DEFAULT_PORT
    return `Port ${port} is taken: ${who}, and a door has one porter.\nKnock at another:  ${start(next)}`
  }
  if (code === 'EACCES' && port < 1024) {
    return `Port ${port} is a system port: below 1024 only the administrator opens doors.\nKnock at another:  ${start(DEFAULT_PORT)}`
  }
  if (code === 'EACCES') {
    return `The system keeps port ${port} for itself (EACCES).\nKnock at another:  ${start(DEFAULT_PORT)}`
  }
  return undefined
}
