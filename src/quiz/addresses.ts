import type { Address } from '../net/address'
import { IANA_EPHEMERAL, LINUX_EPHEMERAL } from '../net/kernel'
import type { PortRange } from '../ports/range'
import { PORT_RANGES } from '../ports/range'
import type { Random } from '../shift/random'

/** An address of a stranger on the internet, from the documentation networks of RFC 5737. */
export const stranger = (dice: Random): Address => `${dice.pick(['198.51.100', '203.0.113'])}.${dice.int(2, 250)}`

/** An address of a public server, from the third documentation network. */
export const server = (dice: Random): Address => `192.0.2.${dice.int(10, 99)}`

/** An address inside a private network (RFC 1918). `network` keeps several in the same one. */
export const inside = (dice: Random, network: '192.168.1' | '10.0.1' | '10.0.3' = '192.168.1'): Address =>
  `${network}.${dice.int(10, 200)}`

/** A stranger's IPv6 address, from the documentation prefix of RFC 3849. */
export const stranger6 = (dice: Random): Address => `2001:db8:1::${dice.int(1, 0xffff).toString(16)}`

/** A server's IPv6 address, likewise. */
export const server6 = (dice: Random): Address => `2001:db8::${dice.int(10, 99)}`

/** A source port as Linux picks it (ip(7), ip_local_port_range). */
export const linuxPort = (dice: Random): number => dice.int(...LINUX_EPHEMERAL)

/** A source port from IANA's dynamic range, as Windows and BSD systems pick it (RFC 6335 section 6). */
export const dynamicPort = (dice: Random): number => dice.int(...IANA_EPHEMERAL)

/** A source port of any client. */
export const ephemeral = (dice: Random): number => (dice.next() < 0.5 ? linuxPort(dice) : dynamicPort(dice))

/** A port of a range of RFC 6335, without 0. */
export const portIn = (dice: Random, range: PortRange): number =>
  dice.int(Math.max(1, PORT_RANGES[range][0]), PORT_RANGES[range][1])

/** Something like what `make` gives that is none of `others`. */
export function other<T>(others: readonly T[], make: () => T): T {
  for (;;) {
    const made = make()
    if (!others.includes(made)) return made
  }
}
