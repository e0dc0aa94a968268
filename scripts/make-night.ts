/** Writes src/shift/recorded-night.ts from evidence/night/recorded-night.pcap. Run by hand: `node --import tsx scripts/make-night.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { decodeIp } from '../src/net/frame'
import { readCapture } from '../src/net/capture/read'

const HOST = '192.0.2.150'
const frames: string[] = []
const bytes = readFileSync('evidence/night/recorded-night.pcap')
await readCapture(new Blob([bytes]).stream(), (buffer, start, captured, _original, _linkType, time) => {
  const frame = buffer.slice(start, start + captured)
  // Ethernet II with IPv4 in it (IEEE 802.3; EtherType 0x0800); everything else is not asked about.
  const packet = frame[12] === 8 && frame[13] === 0 ? decodeIp(frame.subarray(14)) : undefined
  if (!packet || 'malformed' in packet || ![packet.source, packet.destination].includes(HOST)) return
  frames.push(`  [${time}, '${Buffer.from(frame).toString('base64')}'],`)
})
writeFileSync(
  'src/shift/recorded-night.ts',
  `/** Made by scripts/make-night.ts: what one laptop sent and got, microseconds since 1970 (UTC) and the frame in Base64. */
export const RECORDED_HOST = '${HOST}'

export const RECORDED_NIGHT: readonly (readonly [time: number, frame: string])[] = [
${frames.join('\n')}
]
`,
)
