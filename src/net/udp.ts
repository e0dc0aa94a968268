import type { Malformed } from './malformed'
import { malformed, truncated } from './malformed'
import type { Datagram } from './packet'

/** The bytes that a datagram takes: 8 of header and the payload. */
export const udpLength = ({ payload }: Datagram): number => 8 + payload.length

/** Writes a datagram (RFC 768) at `at`, its checksum still zero. */
export function writeUdp(datagram: Datagram, bytes: Uint8Array, at: number): void {
  const view = new DataView(bytes.buffer, at)
  view.setUint16(0, datagram.sourcePort)
  view.setUint16(2, datagram.destinationPort)
  view.setUint16(4, udpLength(datagram))
  bytes.set(datagram.payload, at + 8)
}

/** Reads a datagram (RFC 768). `partial` says that this is not all of it: cut by the capture, or the first fragment. */
export function readUdp(bytes: Uint8Array, partial: boolean): Datagram | Malformed {
  if (bytes.length < 8) return (partial ? truncated : malformed)(`A UDP header has 8 bytes, here are ${bytes.length}.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const length = view.getUint16(4)
  if (length < 8) return malformed(`A UDP datagram has at least 8 bytes, this one says ${length}.`)
  if (length > bytes.length && !partial)
    return malformed(`The UDP header says ${length} bytes, its IP packet has ${bytes.length}.`)
  return {
    protocol: 'udp',
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    payload: bytes.slice(8, Math.min(length, bytes.length)),
  }
}
