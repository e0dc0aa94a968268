import { datagram } from '../net/build'
import { reach, serverRouter } from '../net/exposure'
import type { Rule } from '../net/filter'
import { asciiOf, hexByte } from '../net/hex'
import { nftRule } from '../net/nft-text'
import type { ConnectionId } from '../net/quic'
import { ID_LENGTH, quicConnectionOf, quicInitial, quicShort } from '../net/quic'
import { SocketTable } from '../net/socket-table'
import type { Endpoint } from '../net/tuple'
import { endpointText } from '../net/tuple'
import type { MisconceptionId } from '../lessons/misconception'
import { anyAddress } from './callers'
import type { Tell } from './deal-tell'
import type { Dealer } from './dealer'
import type { ReceptionKind } from './reception-plan'
import type { Option, Print } from './shift'

/** A guest of HTTP/3: the ID that the server gave out, and from where it was last heard. */
interface Guest {
  readonly id: ConnectionId
  readonly seen: Endpoint
}

const digits = ({ dice }: Dealer, bytes: number): ConnectionId =>
  Array.from({ length: bytes }, () => dice.int(0, 255).toString(16).padStart(2, '0')).join('')

/** The guests of a wave: two of them share an address, as behind one NAT. */
function guestsOf(dealer: Dealer): readonly Guest[] {
  const { dice, wave, callers } = dealer
  const count = wave.guests ?? 3
  const addresses = callers.map(({ address }) => address)
  return Array.from({ length: count }, (_, index) => ({
    id: digits(dealer, ID_LENGTH),
    seen: {
      address: addresses[index === count - 1 ? 0 : index % addresses.length] ?? anyAddress(dice),
      port: dice.int(49152, 65535),
    },
  }))
}

/** So many bytes are shown, and so many in a row: that fits on a phone. */
const [SHOWN, ROW] = [24, 8]

/** The beginning of what is in the postcard. */
const dump = (bytes: Uint8Array): Print => ({
  command: 'tcpdump -x udp port 443',
  lines: Array.from({ length: SHOWN / ROW }, (_, row) => {
    const part = [...bytes.subarray(row * ROW, (row + 1) * ROW)]
    return `${part
      .map(hexByte)
      .join(' ')
      .padEnd(ROW * 3)} ${part.map(asciiOf).join('')}`
  }),
})

const textOf = ({ id, seen }: Guest) => `${id}  ${endpointText(seen)}`

/** Whose postcard is it? The program goes by the connection ID. */
function guest(dealer: Dealer, kind: 'initial' | 'known' | 'moved'): Tell {
  const { dice, host } = dealer
  const guests = guestsOf(dealer)
  const one = dice.pick(guests)
  const neighbours = guests.filter(({ id }) => id !== one.id)
  const sealed = (length: number) => Array.from({ length }, () => dice.int(0, 255))
  // Whoever moves turns up at the address of another guest, as often as at one that nobody has.
  const elsewhere = dice.next() < 0.6 ? dice.pick(neighbours).seen.address : anyAddress(dice)
  const source: Endpoint =
    kind === 'known'
      ? one.seen
      : { address: kind === 'moved' ? elsewhere : one.seen.address, port: dice.int(49152, 65535) }
  // An Initial fills its datagram to 1,200 bytes at least (RFC 9000 section 14.1).
  const payload =
    kind === 'initial' ? quicInitial(digits(dealer, 8), digits(dealer, 4), sealed(1172)) : quicShort(one.id, sealed(40))
  const destination = { address: host.addresses[0], port: 443 }
  const about = datagram({ source, destination, payload, ttl: dice.int(44, 62), identification: dice.int(1, 65535) })
  const right = quicConnectionOf(guests, payload)
  const options = guests.map((each): Option => ({
    told: { kind: 'sign', text: textOf(each) },
    ...(each !== right && {
      misconception: each.seen.address === source.address ? 'source-ip-alone-selects' : 'dport-alone-selects',
    }),
  }))
  const newGuest: Option = {
    told: { kind: 'say', saying: 'new-guest' },
    ...(right && { misconception: kind === 'moved' ? 'source-ip-alone-selects' : 'https-is-tcp-only' }),
  }
  return {
    question: 'guest',
    about,
    print: dump(payload),
    options: [...options, newGuest],
    why: right ? 'known-id' : 'new-id',
    field: 'payload',
    notes: { end: right?.id ?? '', seen: endpointText(source) },
  }
}

/** Which one rule does HTTP/3 need besides those for TCP? */
function quicRule(dealer: Dealer): Tell {
  const { dice, host, sockets, wave } = dealer
  const source = { address: anyAddress(dice), port: dice.int(49152, 65535) }
  const destination = { address: host.addresses[0], port: 443 }
  const rule = (match: Rule['match']): Rule => ({ match, action: 'accept' })
  const candidates: readonly { readonly rule: Rule; readonly idea: MisconceptionId }[] = [
    { rule: rule({ protocol: 'udp', destinationPort: [443] }), idea: 'https-is-tcp-only' },
    { rule: rule({ protocol: 'tcp', destinationPort: [443] }), idea: 'tcp-udp-share-space' },
    { rule: rule({ protocol: 'udp', sourcePort: [443] }), idea: 'source-port-is-door' },
    { rule: rule({ protocol: 'udp', destinationPort: [80] }), idea: 'secure-twin-mixup' },
  ]
  const serves = (one: Rule) => {
    const chain = { name: 'input', family: 'inet', hook: 'input', policy: 'drop' } as const
    const rules = [...(wave.gate?.rules ?? []), one]
    const router = serverRouter(host.addresses, [{ ...chain, rules }])
    const site = { name: host.name, router, table: SocketTable.of(sockets) }
    return reach(site, { ...source, iif: 'eth0' }, 'udp', destination) !== undefined
  }
  const sealed = Array.from({ length: 1172 }, () => dice.int(0, 255))
  const payload = quicInitial(digits(dealer, 8), digits(dealer, 4), sealed)
  return {
    question: 'opening',
    about: datagram({ source, destination, payload, ttl: dice.int(44, 62), identification: dice.int(1, 65535) }),
    options: dice.shuffle(
      candidates.map(({ rule: one, idea }): Option => ({
        told: { kind: 'sign', text: nftRule(one, 'inet') },
        ...(!serves(one) && { misconception: idea }),
      })),
    ),
    why: 'http3-rule',
    field: 'protocol',
    notes: { end: endpointText(destination), seen: endpointText(source) },
  }
}

type GuestKind = Extract<ReceptionKind, `quic-${string}`>

export const GUEST_DESKS: Record<GuestKind, (dealer: Dealer) => Tell> = {
  'quic-initial': (dealer) => guest(dealer, 'initial'),
  'quic-known': (dealer) => guest(dealer, 'known'),
  'quic-moved': (dealer) => guest(dealer, 'moved'),
  'quic-rule': quicRule,
}
