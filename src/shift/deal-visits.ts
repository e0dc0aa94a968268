import { succeeds } from '../net/attack'
import { synPacket } from '../net/build'
import { covers } from '../net/socket-table'
import type { Endpoint } from '../net/tuple'
import { anyAddress } from './callers'
import { behindOf, nextAttack } from './deal-attack'
import type { Dealer } from './dealer'
import { call, segment } from './dealer'
import type { Need, TrafficKind, VisitKind } from './level'
import type { Numbered, VisitArrival } from './shift'
import { localEnd, remoteEnd } from './windows'

type Packeted = VisitArrival['about']

/** A visit of the kind for which the house has a need. */
function needed(dealer: Dealer, who: Need['who']): Packeted {
  const { dice, host, wave } = dealer
  const need = dealer.draw(
    `need ${who}`,
    (wave.works?.needs ?? []).filter((one) => one.who === who),
  )
  const address = need.from ?? anyAddress(dice)
  const own =
    who === 'local' ? address : (host.addresses.find((one) => insideOf(one) === insideOf(address)) ?? host.addresses[0])
  return visit(dealer, { address, port: dice.int(49152, 65535) }, { address: own, port: need.port })
}

/** Staff come by the staff's network, everybody else by the street. */
const insideOf = (address: string): string =>
  address.startsWith('10.') ? 'staff' : address.startsWith('127.') ? 'own' : 'street'

const visit = ({ dice }: Dealer, source: Endpoint, destination: Endpoint): Packeted =>
  synPacket({
    source,
    destination,
    seq: dice.int(1, 4294967295),
    tsval: dice.int(1, 4294967295),
    ttl: dice.int(44, 62),
    identification: dice.int(1, 65535),
  })

/** An address in town that is nobody's whom the house expects. */
function strangeAddress(dealer: Dealer): string {
  const expected = (dealer.wave.works?.needs ?? []).map(({ from }) => from)
  const address = anyAddress(dealer.dice)
  return expected.includes(address) ? strangeAddress(dealer) : address
}

/** A stranger at one of the doors that nobody in the street needs. */
function stranger(dealer: Dealer, family: 4 | 6): Packeted {
  const { dice, host, doors, wave } = dealer
  const open = (wave.works?.needs ?? []).filter(({ who }) => who === 'customer').map(({ port }) => port)
  const address = family === 6 ? `2001:db8:bad::${dice.int(2, 9999)}` : strangeAddress(dealer)
  const street = host.addresses.find((one) => one.includes(':') === (family === 6) && insideOf(one) === 'street')
  const places = doors.filter(
    (door) => !open.includes(door.local.port) && (family === 4 || (street !== undefined && covers(door, street))),
  )
  const { protocol, local } = dealer.draw(`stranger ${family}`, places)
  const destination = { address: street ?? host.addresses[0], port: local.port }
  return call(dealer, protocol, destination, { address, port: dice.int(49152, 65535) })
}

const MAKERS: Record<VisitKind, (dealer: Dealer) => Packeted> = {
  customer: (dealer) => needed(dealer, 'customer'),
  app: (dealer) => needed(dealer, 'app'),
  admin: (dealer) => needed(dealer, 'admin'),
  local: (dealer) => needed(dealer, 'local'),
  answer: (dealer) => {
    const own = dealer.windows.filter(({ local }) => !dealer.doors.some((door) => door.local.port === local.port))
    const window = dealer.draw('answer', own)
    return segment(dealer, remoteEnd(window), localEnd(window), false)
  },
  stranger: (dealer) => stranger(dealer, 4),
  stranger6: (dealer) => stranger(dealer, 6),
  // To the gate as good as any customer.
  intruder: (dealer) => needed(dealer, 'customer'),
}

export const isVisitKind = (kind: TrafficKind | 'captured'): kind is VisitKind => kind in MAKERS

export const VISIT_KINDS: readonly VisitKind[] = Object.keys(MAKERS).filter((kind): kind is VisitKind => kind in MAKERS)

/** One visitor of the night. */
export function dealVisit(dealer: Dealer, kind: VisitKind, numbered: Numbered): VisitArrival {
  const attack = kind === 'intruder' ? nextAttack(dealer) : undefined
  return {
    ...numbered,
    asks: 'visit',
    about: MAKERS[kind](dealer),
    who: kind,
    ...(attack && { attack: { kind: attack, lost: succeeds(attack, behindOf(dealer)) } }),
  }
}
