import { ANY4, familyOf, isLoopback, isWildcard } from '../net/address'
import type { BindOutcome, BindRequest } from '../net/bind'
import { bindOutcome } from '../net/bind'
import type { Protocol } from '../net/tuple'
import type { Dealer } from './dealer'
import type { TrafficKind } from './level'
import type { Arrival, Bet, CountArrival } from './shift'

type BindKind = Extract<TrafficKind, `bind-${string}`>
type ConnectKind = Extract<TrafficKind, `connect-${string}`>
type RequestKind = BindKind | ConnectKind | 'count-bet'

/** True for the kinds in which a program asks, or the player bets, and no packet arrives. */
export const isRequestKind = (kind: TrafficKind): kind is RequestKind => /^(bind-|connect-|count-)/.test(kind)

interface Numbered {
  readonly id: number
  readonly wave: number
  readonly kind: TrafficKind
  readonly attempt: number
}

/** One program's or the house's request. `callers` is the size of the crowd that the next wave brings. */
export function dealRequest(dealer: Dealer, kind: RequestKind, numbered: Numbered, callers: number): Arrival {
  if (kind === 'count-bet') return bet(dealer, numbered, callers)
  return isBind(kind) ? bindRequest(dealer, kind, numbered) : connectRequest(dealer, kind, numbered)
}

const isBind = (kind: RequestKind): kind is BindKind => kind.startsWith('bind-')

/** Who asks for which door in an ordinary night. */
const PROGRAMS: readonly { readonly program: string; readonly protocol: Protocol; readonly port: number }[] = [
  { program: 'nginx', protocol: 'tcp', port: 80 },
  { program: 'nginx', protocol: 'tcp', port: 443 },
  { program: 'caddy', protocol: 'tcp', port: 80 },
  { program: 'haproxy', protocol: 'tcp', port: 443 },
  { program: 'sshd', protocol: 'tcp', port: 22 },
  { program: 'postfix', protocol: 'tcp', port: 25 },
  { program: 'dnsmasq', protocol: 'udp', port: 53 },
  { program: 'dnsmasq', protocol: 'tcp', port: 53 },
  { program: 'unbound', protocol: 'udp', port: 53 },
  { program: 'node', protocol: 'tcp', port: 3000 },
  { program: 'java', protocol: 'tcp', port: 8080 },
  { program: 'node', protocol: 'tcp', port: 8080 },
  { program: 'postgres', protocol: 'tcp', port: 5432 },
  { program: 'redis', protocol: 'tcp', port: 6379 },
  { program: 'chronyd', protocol: 'udp', port: 123 },
  { program: 'rsyslogd', protocol: 'udp', port: 514 },
  { program: 'caddy', protocol: 'udp', port: 443 },
]

/** Addresses that no host of the game has. */
const FOREIGN = ['192.0.2.99', '198.51.100.1'] as const

const keyOf = ({ protocol, local, reuseaddr, reuseport, uid }: BindRequest) =>
  `bind ${protocol} ${local.address} ${local.port} ${reuseaddr} ${reuseport} ${uid}`

/** What makes a request one of its kind, by what the model says of it. */
const IS_KIND: Record<BindKind, (request: BindRequest, outcome: BindOutcome, dealer: Dealer) => boolean> = {
  'bind-free': (request, outcome, { sockets }) =>
    outcome.granted &&
    !sockets.some(({ protocol, local }) => protocol !== request.protocol && local.port === request.local.port),
  'bind-other-protocol': (request, outcome, { sockets }) =>
    outcome.granted &&
    sockets.some(({ protocol, local }) => protocol !== request.protocol && local.port === request.local.port),
  'bind-conflict': (request, outcome, dealer) => inUse(outcome) && hasDoor(request, dealer, true) && !request.reuseport,
  'bind-covered': (request, outcome, dealer) => inUse(outcome) && !hasDoor(request, dealer, true) && !request.reuseport,
  'bind-privileged': (_, outcome) => !outcome.granted && outcome.errno === 'EACCES',
  'bind-foreign': (_, outcome) => !outcome.granted && outcome.errno === 'EADDRNOTAVAIL',
  'bind-after-restart': (request, _, { sockets }) => {
    const there = sockets.filter(
      ({ protocol, local }) => protocol === request.protocol && local.port === request.local.port,
    )
    return there.length > 0 && there.every(({ peer }) => peer)
  },
  'bind-reuseport': (request, _, dealer) => request.reuseport && hasDoor(request, dealer, false),
  'bind-any': (request) => request.local.port === 0,
}

const inUse = (outcome: BindOutcome) => !outcome.granted && outcome.errno === 'EADDRINUSE'

const hasDoor = ({ protocol, local }: BindRequest, { doors }: Dealer, exactly: boolean) =>
  doors.some(
    (door) =>
      door.protocol === protocol &&
      door.local.port === local.port &&
      (!exactly || door.local.address === local.address),
  )

/**
 * A request of this kind: requests are made by chance until the model says that one is. Where the night has left no room for
 * the kind, any new request will do: it is judged by the model like all others.
 */
function bindRequest(dealer: Dealer, kind: BindKind, numbered: Numbered): Arrival {
  const { dice, host, taken } = dealer
  const own = host.addresses.filter((address) => familyOf(address) === 4)
  let spare: Arrival | undefined
  for (let turn = 0; turn < 1500; turn++) {
    const { program, protocol, port } = dice.pick(PROGRAMS)
    const address = kind === 'bind-foreign' ? dice.pick(FOREIGN) : dice.next() < 0.4 ? ANY4 : dice.pick(own)
    const asksRoot = port >= 1024 || kind === 'bind-privileged'
    const request: BindRequest = {
      protocol,
      family: 4,
      v6only: false,
      local: { address, port: kind === 'bind-any' ? 0 : port },
      reuseaddr: kind === 'bind-after-restart' ? dice.next() < 0.5 : false,
      reuseport: kind === 'bind-reuseport',
      uid: asksRoot ? 1000 : 0,
    }
    const outcome = bindOutcome(dealer, request)
    if (taken.has(keyOf(request))) continue
    const arrival: Arrival = { ...numbered, asks: 'bind', program, request }
    spare ??= arrival
    if (!IS_KIND[kind](request, outcome, dealer)) continue
    // Somebody who asks for the staff entrance is heard as often as anybody else, and not more.
    if (isLoopback(address) && dice.next() < 0.5) continue
    taken.add(keyOf(request))
    return arrival
  }
  if (spare) return spare
  throw new RangeError(`Level ${dealer.level.id}: nobody asks for a door.`)
}

const CLIENTS: Readonly<Record<number, string>> = { 22: 'ssh', 25: 'mail', 53: 'dig', 80: 'curl', 443: 'browser' }

function connectRequest(dealer: Dealer, kind: ConnectKind, numbered: Numbered): Arrival {
  const { wave, host, sockets } = dealer
  const servers = wave.servers ?? []
  const closing = servers.filter(({ address, port }) =>
    sockets.some(({ peer, state }) => state === 'TIME-WAIT' && peer?.address === address && peer.port === port),
  )
  const [first] = servers
  const choice =
    kind === 'connect-same-server' && first
      ? first
      : dealer.draw(kind, kind === 'connect-after-close' && closing.length > 0 ? closing : servers.slice(1))
  return {
    ...numbered,
    asks: 'connect',
    program: CLIENTS[choice.port] ?? 'curl',
    source: host.addresses[0],
    target: choice,
  }
}

/** How many ports and sockets there are, as `ss` would count them: a port is a number of one protocol. */
export function countOf(
  sockets: readonly { readonly protocol: Protocol; readonly local: { readonly port: number } }[],
  crowd: number,
) {
  const ports = new Set(sockets.map(({ protocol, local }) => `${local.port}/${protocol}`)).size
  return { ports, sockets: sockets.length + crowd }
}

/** The sums that people come to who think of a port as a seat, as a socket, or as something that runs out. */
function bet({ sockets, dice, doors }: Dealer, numbered: Numbered, callers: number): CountArrival {
  const right = countOf(sockets, callers)
  const bets: readonly Bet[] = [
    { count: right },
    { count: { ports: right.ports, sockets: 65_535 }, misconception: 'limit-64k-connections' },
    {
      count: { ports: right.ports + callers, sockets: right.sockets },
      misconception: 'new-server-port-per-connection',
    },
    { count: { ports: right.ports, sockets: right.ports }, misconception: 'one-connection-per-port' },
  ]
  const port = doors.find(({ local }) => !isWildcard(local.address) || local.port === 443)?.local.port ?? 443
  return { ...numbered, asks: 'count', callers, port, bets: dice.shuffle(bets) }
}
