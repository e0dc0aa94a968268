import type { Random } from './random'

const text = (line: string): Uint8Array => Uint8Array.from(line, (letter) => letter.charCodeAt(0) & 255)

/** A DNS query (RFC 1035 section 4) for the A record of a name: header with RD set, then the question. */
function dnsQuery(id: number, name: string): Uint8Array {
  const labels = name.split('.').flatMap((label) => [label.length, ...text(label)])
  return Uint8Array.from([id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, 1, 0, 1])
}

const NAMES = ['harbour.example', 'lighthouse.example', 'quay.example', 'tide.example', 'berth.example'] as const
const EVENTS = ['cron: tide table printed', 'sshd: session opened', 'kernel: link up', 'crane: load set down'] as const

/** What a client would really send first to the service that usually stands at this UDP port, or in a ping. */
export function payloadFor(port: number | 'ping', dice: Random): Uint8Array {
  switch (port) {
    case 'ping':
      return Uint8Array.from({ length: 56 }, (_, index) => (index < 16 ? dice.int(0, 255) : index))
    case 53:
      return dnsQuery(dice.int(0, 65535), dice.pick(NAMES))
    case 123:
      // NTP version 4, mode 3 (client), everything else zero (RFC 5905 section 7.3).
      return Uint8Array.from({ length: 48 }, (_, index) => (index === 0 ? 0x23 : 0))
    case 514:
      return text(`<13>Nov 24 02:${String(dice.int(10, 59))}:00 quay ${dice.pick(EVENTS)}`)
    case 51820:
      // A WireGuard handshake initiation: message type 1, 148 bytes.
      return Uint8Array.from({ length: 148 }, (_, index) => (index === 0 ? 1 : index < 4 ? 0 : dice.int(0, 255)))
    default:
      return text(`knock ${dice.int(1000, 9999)}`)
  }
}

/** What a segment of an open connection carries: a record of TLS application data (RFC 8446 section 5.2), unreadable as it should be. */
export function recordFor(dice: Random): Uint8Array {
  const length = dice.int(24, 72)
  return Uint8Array.from([23, 3, 3, 0, length, ...Array.from({ length }, () => dice.int(0, 255))])
}
