import { describe, expect, it } from 'vitest'
import { readNetstat } from './read-netstat'

const TITLES = [
  'Active Internet connections (including servers)',
  'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)    ',
]
const read = (...rows: readonly string[]) =>
  readNetstat([...TITLES, ...rows].map((text, index) => ({ number: index + 1, text })))

describe('netstat as macOS and the BSDs print it', () => {
  it('has a dot before the port, and says which families a listener takes', () => {
    const { sockets, unread } = read(
      'tcp4       0      0  192.168.1.191.52044    198.51.100.35.443      ESTABLISHED',
      'tcp4      24      0  192.168.1.191.52040    198.51.100.4.443       CLOSE_WAIT',
      'tcp46      0      0  *.80                   *.*                    LISTEN     ',
      'tcp6       0      0  *.22                   *.*                    LISTEN     ',
      'tcp4       0      0  *.22                   *.*                    LISTEN     ',
      'tcp4       0      0  127.0.0.1.5432         *.*                    LISTEN     ',
      'tcp6       0      0  ::1.5432               *.*                    LISTEN     ',
      'udp4       0      0  *.5353                 *.*                               ',
    )
    expect(unread).toEqual([])
    expect(
      sockets.map(({ protocol, family, v6only, state, local, peer }) => [
        protocol,
        family,
        v6only,
        state,
        local.address,
        local.port,
        peer?.port,
      ]),
    ).toEqual([
      ['tcp', 4, false, 'ESTAB', '192.168.1.191', 52044, 443],
      ['tcp', 4, false, 'CLOSE-WAIT', '192.168.1.191', 52040, 443],
      ['tcp', 6, false, 'LISTEN', '::', 80, undefined],
      ['tcp', 6, true, 'LISTEN', '::', 22, undefined],
      ['tcp', 4, false, 'LISTEN', '0.0.0.0', 22, undefined],
      ['tcp', 4, false, 'LISTEN', '127.0.0.1', 5432, undefined],
      ['tcp', 6, false, 'LISTEN', '::1', 5432, undefined],
      ['udp', 4, false, 'UNCONN', '0.0.0.0', 5353, undefined],
    ])
  })

  it('leaves out what -v adds behind the state', () => {
    const { sockets } = read(
      'tcp4       0      0  192.168.1.191.52044    198.51.100.35.443      ESTABLISHED 131072 131860   9811      0 0x0102 0x00000008',
    )
    expect(sockets).toMatchObject([{ state: 'ESTAB', peer: { address: '198.51.100.35', port: 443 } }])
  })

  it('gives back what may be cut off, what is a name, and what has no ports', () => {
    const { sockets, unread } = read(
      'tcp6       0      0  2001:db8:1:2:3:4.50000 2001:db8::7.443        ESTABLISHED',
      'tcp4       0      0  *.afpovertcp           *.*                    LISTEN     ',
      'tcp4       0      0  *.ssh                  *.*                    SLEEPING   ',
      'Active LOCAL (UNIX) domain sockets',
      '           Address Type   Recv-Q Send-Q            Inode             Conn             Refs          Nextref Addr',
    )
    expect(sockets).toEqual([])
    expect(unread.map(({ why }) => why)).toEqual(['cut', 'name', 'name', 'no-ports', 'no-ports'])
  })
})
