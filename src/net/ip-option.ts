import { internetChecksum } from './checksum'

/** Router Alert: four bytes of option in the header (RFC 2113). */
const ROUTER_ALERT = [148, 4, 0, 0] as const

/**
 * The frame with a Router Alert option in its IPv4 header: the header is six words long, so what follows begins at byte 24
 * of the packet. Total length and header checksum are made new (RFC 791 section 3.1).
 *
 * @param at where in the frame the IPv4 header begins; it must have no options yet, or RangeError is thrown.
 */
export function withRouterAlert(frame: Uint8Array, at: number): Uint8Array {
  if (frame[at] !== 0x45) throw new RangeError('Only an IPv4 header without options can be given one.')
  const end = at + 20
  const bytes = new Uint8Array(frame.length + ROUTER_ALERT.length)
  bytes.set(frame.subarray(0, end))
  bytes.set(ROUTER_ALERT, end)
  bytes.set(frame.subarray(end), end + ROUTER_ALERT.length)
  const view = new DataView(bytes.buffer)
  view.setUint8(at, 0x46)
  view.setUint16(at + 2, view.getUint16(at + 2) + ROUTER_ALERT.length)
  view.setUint16(at + 10, 0)
  view.setUint16(at + 10, internetChecksum(bytes, at, end + ROUTER_ALERT.length))
  return bytes
}
