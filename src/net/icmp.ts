import type { Malformed } from './malformed'
import { malformed, truncated } from './malformed'
import type { IcmpMessage } from './packet'

/** The bytes that a message takes: 8 of header and the payload. */
export const icmpLength = ({ payload }: IcmpMessage): number => 8 + payload.length

/** Writes a message (RFC 792, RFC 4443 section 2.1) at `at`: type, code, checksum still zero, second word, payload. */
export function writeIcmp({ type, code, rest, payload }: IcmpMessage, bytes: Uint8Array, at: number): void {
  const view = new DataView(bytes.buffer, at)
  view.setUint8(0, type)
  view.setUint8(1, code)
  view.setUint32(4, rest)
  bytes.set(payload, at + 8)
}

/** Reads an ICMP or ICMPv6 message. `cut` says that the capture ends before the IP packet does. */
export function readIcmp(bytes: Uint8Array, protocol: IcmpMessage['protocol'], cut: boolean): IcmpMessage | Malformed {
  if (bytes.length < 8) return (cut ? truncated : malformed)(`An ICMP header has 8 bytes, here are ${bytes.length}.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return {
    protocol,
    type: view.getUint8(0),
    code: view.getUint8(1),
    rest: view.getUint32(4),
    payload: bytes.slice(8),
  }
}
