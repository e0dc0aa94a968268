import type { Random } from './random'
import type { Language } from './level'

const text = (line: string): readonly number[] => Array.from(line, (letter) => letter.charCodeAt(0) & 255)

/** The language that clients speak at a port by custom (the registry's agreement, not a rule). */
const CUSTOM: Readonly<Record<number, Language>> = {
  22: 'ssh',
  53: 'dns',
  80: 'http',
  443: 'tls',
  2222: 'ssh',
  3306: 'mysql',
  8080: 'http',
  8443: 'tls',
}

export const customAt = (port: number): Language | undefined => CUSTOM[port]

/**
 * The first bytes that a client sends: a request line (RFC 9112 section 3), a ClientHello (RFC 8446 section 5.1), a version
 * (RFC 4253 section 4.2), a query behind its length (RFC 1035 section 4.2.2); of MySQL the answer to the server's greeting.
 */
export function firstBytes(language: Language, dice: Random): Uint8Array {
  const some = (count: number) => Array.from({ length: count }, () => dice.int(0, 255))
  switch (language) {
    case 'http':
      return Uint8Array.from(
        text(`GET /${dice.pick(['', 'tide', 'map', 'berths'])} HTTP/1.1\r\nHost: quay.example\r\n`),
      )
    case 'tls':
      return Uint8Array.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3, ...some(29)])
    case 'ssh':
      return Uint8Array.from(text(`SSH-2.0-OpenSSH_9.${dice.int(2, 9)}\r\n`))
    case 'dns':
      return Uint8Array.from([
        0,
        30,
        ...some(2),
        1,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        4,
        ...text('quay'),
        7,
        ...text('example'),
        0,
        0,
        1,
        0,
        1,
      ])
    case 'mysql':
      return Uint8Array.from([85, 0, 0, 1, 133, 166, 3, 32, 0, 0, 0, 1, 45, ...some(3), ...text('root')])
  }
}

/** What a program says first, or to bytes that it does not understand; nothing where it only hangs up. */
export function greeting(language: Language, dice: Random): Uint8Array {
  switch (language) {
    case 'ssh':
      return Uint8Array.from(text(`SSH-2.0-OpenSSH_9.${dice.int(2, 9)}\r\n`))
    case 'mysql':
      return Uint8Array.from([74, 0, 0, 0, 10, ...text(`8.0.${dice.int(20, 39)}`), 0, dice.int(1, 250), 0, 0, 0])
    case 'http':
      return Uint8Array.from(text('HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n'))
    case 'tls':
      return Uint8Array.from([21, 3, 3, 0, 2, 2, 50])
    case 'dns':
      return new Uint8Array()
  }
}

/** In which language bytes are written; undefined for none that is known here. */
export function languageOf(bytes: Uint8Array): Language | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 8))
  if (start.startsWith('SSH-')) return 'ssh'
  if (/^(GET|POST|HEAD|HTTP)[ /]/.test(start)) return 'http'
  if ((bytes[0] === 22 || bytes[0] === 21) && bytes[1] === 3) return 'tls'
  if (bytes[2] === 0 && (bytes[3] === 0 || bytes[3] === 1)) return 'mysql'
  const length = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)
  return length > 0 && length < 512 ? 'dns' : undefined
}
