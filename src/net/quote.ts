import { addressBytes, familyOf } from './address'
import { internetChecksum, onesSum } from './checksum'
import type { IcmpMessage } from './packet'
import { PROTOCOL_NUMBER } from './ip-header'
import type { Endpoint } from './tuple'

const word = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

/** Puts bytes in the place of others and keeps the checksum at `checksum` right (RFC 1624), where it is quoted. */
function replace(bytes: Uint8Array, at: number, by: Uint8Array, checksum: number): void {
  const stated = word(bytes, checksum)
  const before = onesSum(bytes, at, at + by.length)
  const after = onesSum(by, 0, by.length)
  bytes.set(by, at)
  if (checksum < 0 || checksum + 2 > bytes.length || stated === 0) return
  const sum = ~onesSum(bytes, 0, 0, (~stated & 0xffff) + (~before & 0xffff) + after) & 0xffff
  new DataView(bytes.buffer, bytes.byteOffset).setUint16(checksum, sum)
}

/**
 * An ICMP error whose quoted packet has another source or destination: what a translator does so that the sender recognises
 * its own packet (RFC 5508 section 4.2). A quote without IP header and ports stays as it is.
 */
export function rewriteQuote(
  message: IcmpMessage,
  { source, destination }: { readonly source?: Endpoint; readonly destination?: Endpoint },
): IcmpMessage {
  const payload = message.payload.slice()
  const v4 = (payload[0] ?? 0) >> 4 === 4
  const header = v4 ? ((payload[0] ?? 0) & 15) * 4 : 40
  const protocol = payload[v4 ? 9 : 6] ?? 0
  if (payload.length < header + 4) return message
  const checksum = header + (protocol === PROTOCOL_NUMBER.tcp ? 16 : protocol === PROTOCOL_NUMBER.udp ? 6 : -header - 1)
  const put = (end: Endpoint, address: number, port: number) => {
    if ((familyOf(end.address) === 4) !== v4) return
    replace(payload, address, addressBytes(end.address), checksum)
    if (checksum >= 0) replace(payload, port, Uint8Array.of(end.port >> 8, end.port & 255), checksum)
  }
  if (source) put(source, v4 ? 12 : 8, header)
  if (destination) put(destination, v4 ? 16 : 24, header + 2)
  if (v4) {
    const view = new DataView(payload.buffer)
    view.setUint16(10, 0)
    view.setUint16(10, internetChecksum(payload, 0, header))
  }
  return { ...message, payload }
}
