import type { Address } from './address'
import { parseAddress } from './address'
import type { Endpoint, Protocol } from './tuple'

/** A line of a listing with its number, from 1, in what it was taken from. */
export interface NumberedLine {
  readonly number: number
  readonly text: string
}

/** Why a line could not be read. Its words stand in the message catalogue; `what` is the part that is meant. */
export type UnreadWhy =
  /** It belongs to no listing that is known here. */
  | 'unknown'
  | 'columns'
  | 'heading'
  | 'end'
  | 'name'
  | 'cut'
  | 'state'
  | 'no-ports'
  | 'device'
  | 'ports'
  | 'no-address'
  | 'no-service'
  | 'condition'
  | 'target'
  | 'chain'
  | 'nested'
  | 'table'
  | 'hook'
  | 'too-many'

/** A line that could not be read, and why. */
export interface Unread extends NumberedLine {
  readonly why: UnreadWhy
  readonly what: string
}

export const unread = ({ number, text }: NumberedLine, why: UnreadWhy, what = ''): Unread => ({
  number,
  text: text.slice(0, 300),
  why,
  what: what.slice(0, 80),
})

/** Knows the number of a port by its name in services(5): listings made without `-n` have names. */
export type PortOf = (name: string, protocol: Protocol) => number | undefined

/** A port number, 0 to 65535, as tools print it; undefined for anything else. */
export function portNumber(text: string): number | undefined {
  if (!/^\d{1,5}$/.test(text)) return undefined
  const port = Number(text)
  return port <= 65535 ? port : undefined
}

/** An end as tools print it: an address, perhaps the interface it is bound to, and the port; `*` where there is none. */
export interface PrintedEnd {
  /** Undefined for `*`: all addresses. */
  readonly address: Address | undefined
  readonly device: string | undefined
  readonly bracketed: boolean
  readonly port: number | '*'
}

/** Why an end could not be read. */
export interface NoEnd {
  readonly why: 'end' | 'name'
  readonly what: string
}

/** Reads `0.0.0.0:22`, `[::1]:6379`, `:::80`, `127.0.0.53%lo:53`, `*:*`. */
export function readEnd(text: string, protocol: Protocol, portOf: PortOf = () => undefined): PrintedEnd | NoEnd {
  const colon = text.lastIndexOf(':')
  const portText = text.slice(colon + 1)
  let host = text.slice(0, colon)
  if (colon < 0 || portText === '') return { why: 'end', what: text }
  const port = portText === '*' ? '*' : (portNumber(portText) ?? portOf(portText, protocol))
  const bracketed = host.startsWith('[')
  // The zone of a link-local address stands in the brackets, a device behind them or behind the address.
  const [, bare = host, device] = /^(.*?)%([\w.@:-]+)\]?$/.exec(host) ?? []
  host = bare.replace(/^\[|\]$/g, '')
  const address = parseAddress(host)
  if (address === undefined && host !== '*') return { why: 'end', what: text }
  if (port === undefined) return { why: /^[a-z]/i.test(portText) ? 'name' : 'end', what: portText }
  return { address, device, bracketed, port }
}

export const endpointOf = ({ address, port }: PrintedEnd, any: Address): Endpoint => ({
  address: address ?? any,
  port: port === '*' ? 0 : port,
})

/** True for what may be the name of an interface (Linux: IFNAMSIZ, dev_valid_name), as far as tools print it plainly. */
export const isInterfaceName = (text: string): boolean => /^[\w.@:-]{1,15}$/.test(text)
