import type { Random } from '../shift/random'

/** A DNS message (RFC 1035 section 4.1) with one question and no records: a query, or an answer that was cut off. */
export function dnsMessage(id: number, name: string, { truncated }: { readonly truncated: boolean }): Uint8Array {
  const labels = name.split('.').flatMap((label) => [label.length, ...new TextEncoder().encode(label)])
  // QR, AA and TC in an answer that did not fit; none of them in a query that an authoritative server gets.
  const flags = truncated ? 0x8600 : 0
  return Uint8Array.from([
    id >> 8,
    id & 255,
    flags >> 8,
    flags & 255,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    0,
    ...labels,
    0,
    0,
    TXT,
    0,
    1,
  ])
}

const TXT = 16

/** Whether an answer says that it is not all of it: the TC bit. The client then asks over TCP (RFC 7766 section 5). */
export const isTruncated = (message: Uint8Array): boolean => ((message[2] ?? 0) & 2) !== 0

/** What a client says first over UDP to a port: a question to a name server, to a clock, a line for the log, or bytes. */
export function firstWords(dice: Random, port: number): Uint8Array {
  if (port === 53) return dnsMessage(dice.int(1, 65535), 'port.example', { truncated: false })
  // NTP version 4, mode client (RFC 5905 section 7.3).
  if (port === 123) return Uint8Array.from({ length: 48 }, (_, index) => (index === 0 ? 0x23 : 0))
  // Facility daemon, severity info (RFC 5424 section 6.2.1).
  if (port === 514) return new TextEncoder().encode(`<30>quay app[${dice.int(300, 30000)}]: ready`)
  return new Uint8Array(dice.int(20, 400))
}
