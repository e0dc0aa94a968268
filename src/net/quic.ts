/** How many bytes of connection ID this server gives out. A short header does not say it: who issued the ID knows (RFC 9000 section 5.1). */
export const ID_LENGTH = 4

/** A connection ID as a text of hexadecimal digits, two a byte. */
export type ConnectionId = string

const bytesOf = (id: ConnectionId): readonly number[] =>
  Array.from({ length: id.length / 2 }, (_, index) => Number.parseInt(id.slice(index * 2, index * 2 + 2), 16))

const textOf = (bytes: Uint8Array): ConnectionId =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** What follows the header: encrypted, so any bytes will do. */
type Sealed = readonly number[]

/**
 * The first packet of a client, type Initial: long header, version 1, the ID that the client has made up for the server, and
 * its own (RFC 9000 section 17.2.2).
 */
export const quicInitial = (destination: ConnectionId, source: ConnectionId, sealed: Sealed): Uint8Array => {
  const [to, from] = [bytesOf(destination), bytesOf(source)]
  // No token; the length is a variable-length integer of two bytes (RFC 9000 section 16).
  const length = [0x40 | (sealed.length >> 8), sealed.length & 255]
  return Uint8Array.from([0xc3, 0, 0, 0, 1, to.length, ...to, from.length, ...from, 0, ...length, ...sealed])
}

/** A packet of a connection that is open, type 1-RTT: the short header has the ID that the server gave out (RFC 9000 section 17.3.1). */
export const quicShort = (destination: ConnectionId, sealed: Sealed): Uint8Array =>
  Uint8Array.from([0x43, ...bytesOf(destination), ...sealed])

/**
 * The destination connection ID of a packet of QUIC version 1: a long header says how long it is, behind a short one it has
 * `ID_LENGTH` bytes. Undefined for bytes that are no such packet: the fixed bit is not set, or they end too early.
 */
export function connectionIdOf(payload: Uint8Array): ConnectionId | undefined {
  const [first = 0] = payload
  if ((first & 0x40) === 0) return undefined
  const long = (first & 0x80) !== 0
  const [start, length] = long ? [6, payload[5] ?? 255] : [1, ID_LENGTH]
  return start + length <= payload.length ? textOf(payload.subarray(start, start + length)) : undefined
}

/**
 * The connection that a packet belongs to, of those that are open: the one with its ID, whatever address and port it comes
 * from (RFC 9000 sections 5.2 and 9). Undefined for none: an Initial begins a new one.
 */
export function quicConnectionOf<C extends { readonly id: ConnectionId }>(
  open: readonly C[],
  payload: Uint8Array,
): C | undefined {
  const id = connectionIdOf(payload)
  return open.find((one) => one.id === id)
}
