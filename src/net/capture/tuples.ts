import { formatAddress } from '../address'
import type { Dissection } from './dissect'

/** The header line of the CSV that `npm run tuples` prints. */
export const TUPLES_HEADER = 'frame,proto,src,sport,dst,dport'

/** One frame as a line of that CSV: its number, then what is known of its five-tuple; unknown parts are empty. */
export function tupleLine(frame: number, buffer: Uint8Array, found: Dissection): string {
  const { family, protocol, source, destination, sourcePort, destinationPort } = found
  const from = family === 0 || source < 0 ? '' : formatAddress(buffer, source, family)
  const to = family === 0 || destination < 0 ? '' : formatAddress(buffer, destination, family)
  return `${frame},${protocol},${from},${sourcePort < 0 ? '' : sourcePort},${to},${destinationPort < 0 ? '' : destinationPort}`
}
