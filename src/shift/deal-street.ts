import { segmentPacket } from '../net/build'
import { ConnTrack } from '../net/conntrack'
import type { Site } from '../net/exposure'
import { arrive } from '../net/exposure'
import { nftNatRule } from '../net/nft-text'
import type { NatRule } from '../net/nat'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import type { Router } from '../net/router'
import { walkIn } from '../net/router'
import { receive } from '../net/receive'
import { probePacket } from '../net/scan'
import type { Socket } from '../net/socket'
import { SocketTable } from '../net/socket-table'
import type { Endpoint } from '../net/tuple'
import { endpointText } from '../net/tuple'
import type { MisconceptionId } from '../lessons/misconception'
import type { Label, Rewriting } from '../lessons/misrewriting'
import { misrewritten } from '../lessons/misrewriting'
import type { Told } from '../lessons/told'
import { toldKey } from '../lessons/told'
import { callerAddress } from './callers'
import type { Tell } from './deal-tell'
import type { Dealer } from './dealer'
import { call } from './dealer'
import type { Option } from './shift'
import type { FlatCall, ForwardPlan, StreetKind, StreetPlace, StreetPlan, StreetWhy } from './street-plan'

const WAN = 'wan'
export const LAN = 'lan'

const KNOWN = { match: { state: ['established', 'related'] as const }, action: 'accept' as const }
const FROM_INSIDE = { match: { iif: LAN }, action: 'accept' as const }

/** A sign as a rule of nftables. */
export const signRule = (street: string, { port, to }: ForwardPlan): NatRule => ({
  match: { protocol: 'tcp', destination: street, destinationPort: [port] },
  translation: { kind: 'dnat', to },
})

/** The street door: it forwards, keeps the list, and lets in what is known, what comes from inside, and what has a sign. */
export const streetRouter = ({ street, inside, forwards }: StreetPlan): Router => ({
  interfaces: [
    { name: WAN, addresses: [`${street}/24`] },
    { name: LAN, addresses: [`${inside}/24`] },
  ],
  defaultRoute: WAN,
  chains: [
    { name: 'input', family: 'inet', hook: 'input', policy: 'drop', rules: [KNOWN, FROM_INSIDE] },
    {
      name: 'forward',
      family: 'inet',
      hook: 'forward',
      policy: 'drop',
      rules: [KNOWN, FROM_INSIDE, { match: { status: ['dnat'] }, action: 'accept' }],
    },
  ],
  nat: {
    prerouting: forwards.map((forward) => signRule(street, forward)),
    output: [],
    postrouting: [{ match: { oif: WAN }, translation: { kind: 'masquerade' } }],
  },
})

const PART = { ttl: 64, identification: 1, seq: 1 } as const

const same = (a: Endpoint, b: Endpoint): boolean => a.address === b.address && a.port === b.port

const syn = (source: Endpoint, destination: Endpoint): Packet =>
  segmentPacket({ ...PART, source, destination, ack: 0, flags: { syn: true }, window: 64240 })

const synAck = (source: Endpoint, destination: Endpoint): Packet =>
  segmentPacket({ ...PART, source, destination, ack: 2, flags: { syn: true, ack: true }, window: 65160 })

const ack = (source: Endpoint, destination: Endpoint): Packet =>
  segmentPacket({ ...PART, seq: 2, source, destination, ack: 2, flags: { ack: true }, window: 502 })

const sentBy = ({ end }: ReturnType<typeof walkIn>): Packet | undefined =>
  end.kind === 'sent' ? end.packet : undefined

/** The list of the street door after these calls of the flats, each of them answered. */
export function streetTable(plan: StreetPlan, calls: readonly FlatCall[] = plan.calls): ConnTrack {
  const router = streetRouter(plan)
  const table = new ConnTrack()
  for (const { from, to } of calls) {
    const out = sentBy(walkIn(router, table, syn(from, to), LAN))
    const tuple = out && tupleOf(out)
    if (!tuple) continue
    walkIn(router, table, synAck(to, tuple.source), WAN)
    walkIn(router, table, ack(from, to), LAN)
  }
  return table
}

/** What one dealer knows of a street door: its list grows as calls are dealt. */
interface Door {
  readonly plan: StreetPlan
  readonly router: Router
  readonly table: ConnTrack
}

const doorsByDealer = new WeakMap<Dealer, Door>()

export function streetOf(dealer: Dealer): Door {
  const { wave, level } = dealer
  if (!wave.street) throw new RangeError(`Level ${level.id}: a wave without a street door deals packets for one.`)
  const door = doorsByDealer.get(dealer) ?? {
    plan: wave.street,
    router: streetRouter(wave.street),
    table: streetTable(wave.street),
  }
  doorsByDealer.set(dealer, door)
  return door
}

export const NOWHERE: Told = { kind: 'say', saying: 'nowhere' }
export const end = (address: string, port: number): Told => ({ kind: 'end', end: { address, port } })

/** One of the ways in which somebody would answer, and the idea behind it. */
export type Guess = readonly [told: Told, misconception: MisconceptionId]

/** The right answer among the guesses, each thing said once, in an order that tells nothing. */
export function among({ dice }: Dealer, right: Told, guesses: readonly Guess[]): readonly Option[] {
  const options = new Map<string, Option>([[toldKey(right), { told: right }]])
  for (const [told, misconception] of guesses)
    if (!options.has(toldKey(told)) && options.size < 4) options.set(toldKey(told), { told, misconception })
  return dice.shuffle([...options.values()])
}

const NOBODY: Endpoint = { address: '', port: 0 }

/** A label as a ribbon shows it. */
export const labelText = (packet: Packet): string => {
  const tuple = tupleOf(packet)
  return tuple ? `${endpointText(tuple.source)} → ${endpointText(tuple.destination)}` : packet.destination
}

/** A visitor in town: an address and a fresh port. */
export const visitor = ({ dice, callers }: Dealer): Endpoint => ({
  address: callerAddress(dice.pick(callers), 4),
  port: dice.int(49152, 65535),
})

const FIELDS: Readonly<Record<'source' | 'destination', Tell['field']>> = {
  source: 'sourcePort',
  destination: 'destinationPort',
}

/** The label of each of these packets, with the place where it was read. */
export const ribbonOf = (...stops: readonly (readonly [place: StreetPlace, label: Packet | string])[]) => ({
  ribbon: stops.map(([, label]) => (typeof label === 'string' ? label : labelText(label))),
  places: stops.map(([place]) => place),
})

const tellOf = (
  question: Tell['question'],
  about: Packet,
  said: Pick<Tell, 'options' | 'stamps'>,
  why: StreetWhy,
  part: 'source' | 'destination',
  notes: Tell['notes'],
  ribbon: Pick<Tell, 'ribbon' | 'places'> = {},
): Tell => ({ question, about, ...said, why, field: FIELDS[part], notes, ...ribbon })

const asLabel = (packet: Packet): Label => {
  const { source, destination } = tupleOf(packet) ?? { source: NOBODY, destination: NOBODY }
  return { source, destination }
}

/** The stamps of these addresses and numbers, each once, and every label that can be written with them. */
export function written(
  { dice }: Dealer,
  {
    came,
    leaves,
    street,
    way,
  }: Omit<Rewriting, 'came' | 'leaves'> & { readonly came: Packet; readonly leaves: Packet },
  more: readonly Endpoint[],
): Pick<Tell, 'options' | 'stamps'> {
  const rewriting: Rewriting = { came: asLabel(came), leaves: asLabel(leaves), street, way }
  const ends = [rewriting.came, rewriting.leaves].flatMap(({ source, destination }) => [source, destination])
  const addresses = dice.shuffle([...new Set([...ends, ...more].map(({ address }) => address))])
  const ports = dice.shuffle([...new Set([...ends, ...more].map(({ port }) => port))])
  const endpoints = addresses.flatMap((address) => ports.map((port): Endpoint => ({ address, port })))
  const options = endpoints.flatMap((source) =>
    endpoints.map((destination): Option => {
      const misconception = misrewritten(rewriting, { source, destination })
      return { told: { kind: 'label', source, destination }, ...(misconception && { misconception }) }
    }),
  )
  return { options, stamps: [...addresses, ...ports.map(String)] }
}

/** A flat calls out: which label leaves the house? */
function callsOut(dealer: Dealer, flatCall: FlatCall): Tell {
  const { plan, router, table } = streetOf(dealer)
  const { from, to } = flatCall
  const about = call(dealer, 'tcp', to, from)
  const sent = sentBy(walkIn(router, table, about, LAN))
  if (!sent) throw new RangeError(`${endpointText(from)} cannot call ${endpointText(to)}.`)
  const port = tupleOf(sent)?.source.port ?? 0
  // A number that another flat has already towards the same server.
  const taken = table
    .flows()
    .find(({ reply: { source, destination } }) => same(source, to) && destination.port !== from.port)
  const said = written(dealer, { came: about, leaves: sent, street: plan.street, way: 'out' }, [
    { address: plan.inside, port: taken?.reply.destination.port ?? from.port },
  ])
  const why = port === from.port ? 'kept-port' : 'moved-port'
  return tellOf(
    'rewrite',
    about,
    said,
    why,
    'source',
    { end: `${plan.street}:${port}` },
    ribbonOf(['house', about], ['town', sent]),
  )
}

/** An answer comes to the street door: whose is it? */
function comesBack(dealer: Dealer): Tell {
  const { plan, router, table } = streetOf(dealer)
  const chosen = dealer.draw('back', plan.calls)
  const flow = table
    .flows()
    .find(
      ({ original }) =>
        original.source.address === chosen.from.address &&
        original.source.port === chosen.from.port &&
        original.destination.address === chosen.to.address,
    )
  const target = flow?.reply.destination ?? { address: plan.street, port: chosen.from.port }
  const { dice } = dealer
  const about = segmentPacket({
    ...PART,
    source: chosen.to,
    destination: target,
    seq: dice.int(1, 4294967295),
    ack: dice.int(1, 4294967295),
    ttl: 57,
    identification: dice.int(1, 65535),
    flags: { psh: true, ack: true },
    window: 502,
    payload: Uint8Array.from({ length: dice.int(20, 60) }, () => dice.int(0, 255)),
  })
  const sent = sentBy(walkIn(router, table, about, WAN))
  const to = sent && tupleOf(sent)?.destination
  if (!sent || !to) throw new RangeError(`No flat has called from ${endpointText(target)}.`)
  const others = dice.shuffle(plan.calls.filter(({ from }) => from.address !== to.address))
  const options = among(dealer, end(to.address, to.port), [
    ...others.map(({ from }): Guess => [end(from.address, from.port), 'source-ip-alone-selects']),
    [end(to.address, target.port), 'forward-keeps-port'],
    [NOWHERE, 'nat-is-firewall'],
  ])
  const ribbon = ribbonOf(['town', about], ['house', sent])
  return tellOf('flat', about, { options }, 'mapped', 'destination', { end: endpointText(to) }, ribbon)
}

/** Nobody in the house takes this packet: neither the list nor a sign knows its number. */
function uninvited(dealer: Dealer, port: number, why: 'uninvited' | 'no-sign', source = visitor(dealer)): Tell {
  const { plan, router, table } = streetOf(dealer)
  const about = call(dealer, 'tcp', { address: plan.street, port }, source)
  const walk = walkIn(router, table, about, WAN)
  const sent = sentBy(walk)
  const known = plan.calls.filter(({ from }) => from.port === port).map(({ from }) => from.address)
  const flats = [
    ...known,
    ...dealer.sockets.filter(({ local }) => local.port === port).map(({ local }) => local.address),
  ]
  const guesses = [...flats, ...dealer.dice.shuffle(plan.flats)].map((flat): Guess => [
    end(flat, port),
    'unsolicited-finds-host',
  ])
  const right = sent ? end(sent.destination, tupleOf(sent)?.destination.port ?? 0) : NOWHERE
  return tellOf('flat', about, { options: among(dealer, right, guesses.slice(0, 2)) }, why, 'destination', {})
}

/** The host in a flat, with the doors that stand at its address. */
const flatHost = (sockets: readonly Socket[], address: string) => ({
  name: address,
  addresses: [address],
  table: SocketTable.of(sockets.filter(({ local, peer }) => !peer && local.address === address)),
})

export const streetSite = (plan: StreetPlan, sockets: readonly Socket[], more: readonly NatRule[] = []): Site => {
  const router = streetRouter(plan)
  const nat = router.nat && { ...router.nat, prerouting: [...router.nat.prerouting, ...more] }
  return {
    name: 'street door',
    router: { ...router, ...(nat && { nat }) },
    table: SocketTable.of([]),
    behind: plan.flats.map((address) => flatHost(sockets, address)),
  }
}

/** A visitor at a sign, before the street door and behind it. */
function atSign(dealer: Dealer) {
  const { plan, router } = streetOf(dealer)
  const forward = dealer.draw('forward', plan.forwards)
  const about = call(dealer, 'tcp', { address: plan.street, port: forward.port }, visitor(dealer))
  const sent = sentBy(walkIn(router, new ConnTrack(), about, WAN))
  const to = sent && tupleOf(sent)?.destination
  if (!sent || !to) throw new RangeError(`The sign ${forward.port} leads nowhere.`)
  return { plan, forward, about, sent, to }
}

/** Where does a visitor at a sign end? */
function forwardIn(dealer: Dealer): Tell {
  const { plan, forward, about, sent, to } = atSign(dealer)
  const options = among(dealer, end(to.address, to.port), [
    [end(to.address, forward.port), 'forward-keeps-port'],
    ...plan.forwards.map((other): Guess => [end(other.to.address, other.to.port), 'router-routes-by-port']),
    [NOWHERE, 'nat-is-firewall'],
  ])
  const ribbon = ribbonOf(['town', about], ['house', sent])
  return tellOf('flat', about, { options }, 'forwarded', 'destination', { end: endpointText(to) }, ribbon)
}

/** The label of a visitor at a sign, as the flat gets it. */
function forwardLabel(dealer: Dealer): Tell {
  const { plan, about, sent, to } = atSign(dealer)
  const said = written(dealer, { came: about, leaves: sent, street: plan.street, way: 'in' }, [])
  const ribbon = ribbonOf(['town', about], ['house', sent])
  return tellOf('relabel', about, said, 'forwarded', 'destination', { end: endpointText(to) }, ribbon)
}

function forwardOut(dealer: Dealer): Tell {
  const { plan, router } = streetOf(dealer)
  const forward = dealer.draw('forward out', plan.forwards)
  const table = new ConnTrack()
  const came = call(dealer, 'tcp', { address: plan.street, port: forward.port }, visitor(dealer))
  const inside = sentBy(walkIn(router, table, came, WAN))
  const about = inside && receive(flatHost(dealer.sockets, forward.to.address), inside).answer
  const sent = about && sentBy(walkIn(router, table, about, LAN))
  const tuple = sent && tupleOf(sent)
  if (!about || !sent || !tuple) throw new RangeError(`Nobody answers behind the sign ${forward.port}.`)
  const said = written(dealer, { came: about, leaves: sent, street: plan.street, way: 'back' }, [
    { address: plan.inside, port: forward.port },
  ])
  const ribbon = ribbonOf(['town', came], ['house', inside], ['house', about], ['town', sent])
  return tellOf('rewrite', about, said, 'restored', 'source', { end: endpointText(tuple.source) }, ribbon)
}

/** A flat calls the house's own address on the street: does the answer fit? */
function hairpin(dealer: Dealer): Tell {
  const { plan, router } = streetOf(dealer)
  const forward = dealer.draw('hairpin', plan.forwards)
  const flat = dealer.dice.pick(plan.flats.filter((one) => one !== forward.to.address))
  const from = { address: flat, port: dealer.dice.int(49152, 65535) }
  const about = call(dealer, 'tcp', { address: plan.street, port: forward.port }, from)
  const inside = sentBy(walkIn(router, new ConnTrack(), about, LAN))
  const answer = inside && receive(flatHost(dealer.sockets, forward.to.address), inside).answer
  const back = answer && tupleOf(answer)
  // Both live on one side: the answer goes past the street door, and nobody undoes the translation.
  const fits = back?.source.address === plan.street && back.source.port === forward.port
  const [served, misfit]: readonly Told[] = [
    { kind: 'say', saying: 'served' },
    { kind: 'say', saying: 'misfit' },
  ]
  if (!inside || !answer || !served || !misfit) throw new RangeError('The flat behind the sign does not answer.')
  const options: readonly Option[] = [
    { told: served, ...(!fits && { misconception: 'hairpin-always-works' }) },
    { told: misfit, ...(fits && { misconception: 'nat-is-firewall' }) },
  ]
  const ribbon = ribbonOf(['house', about], ['house', inside], ['house', answer])
  return tellOf('hairpin', about, { options }, 'direct-answer', 'source', { end: endpointText(forward.to) }, ribbon)
}

/** A sign is missing: which one makes a call from the street work? */
function forwardSign(dealer: Dealer): Tell {
  const { plan } = streetOf(dealer)
  const { missing } = plan
  if (!missing) throw new RangeError(`Level ${dealer.level.id}: no sign is missing.`)
  const { port, to } = missing
  const rules: readonly (readonly [NatRule, MisconceptionId])[] = [
    [signRule(plan.street, missing), 'forward-keeps-port'],
    [signRule(plan.street, { port: to.port, to: { ...to, port } }), 'publish-reversed'],
    [signRule(plan.street, { port, to: { ...to, port } }), 'forward-keeps-port'],
    [
      {
        match: { protocol: 'tcp', destination: plan.street, sourcePort: [port] },
        translation: { kind: 'dnat', to },
      },
      'source-port-is-door',
    ],
  ]
  const options = rules.map(([rule, misconception]): Option => {
    const site = streetSite(plan, dealer.sockets, [rule])
    const knock = probePacket('tcp', { address: '198.51.100.77', port: 54321 }, { address: plan.street, port })
    const { verdict, walk } = arrive(site, knock, WAN)
    const works = verdict?.kind === 'listener' && walk.end.kind === 'sent' && walk.end.packet.destination === to.address
    return { told: { kind: 'sign', text: nftNatRule(rule, 'ip') }, ...(!works && { misconception }) }
  })
  return {
    question: 'sign',
    print: {
      command: 'nft add rule ip nat prerouting ...',
      lines: [`$ curl https://${plan.street}:${port}/`, `$ ss -tln  # ${to.address}`, `LISTEN ${endpointText(to)}`],
    },
    options: dealer.dice.shuffle(options),
    why: 'sign-works',
    field: 'destinationPort',
    notes: { end: endpointText(to), seen: endpointText({ address: plan.street, port }) },
  }
}

type Kind = Exclude<StreetKind, `annex-${string}` | `two-${string}`>

export const STREET_DESKS: Record<Kind, (dealer: Dealer) => Tell> = {
  'nat-out': (dealer) => {
    const { plan } = streetOf(dealer)
    const from = { address: dealer.draw('flat', plan.flats), port: dealer.dice.int(49152, 65535) }
    return callsOut(dealer, { from, to: dealer.draw('server', plan.servers) })
  },
  'nat-out-twin': (dealer) => {
    const { plan } = streetOf(dealer)
    const { from, to } = dealer.draw('twin', plan.calls)
    const flat = dealer.dice.pick(
      plan.flats.filter(
        (one) => !plan.calls.some((other) => other.from.address === one && other.from.port === from.port),
      ),
    )
    return callsOut(dealer, { from: { address: flat, port: from.port }, to })
  },
  'nat-back': comesBack,
  'nat-uninvited': (dealer) => {
    const { plan } = streetOf(dealer)
    return uninvited(
      dealer,
      dealer.draw('uninvited', [...plan.calls.map(({ from }) => from.port), ...plan.strange]),
      'uninvited',
    )
  },
  'forward-in': forwardIn,
  'forward-label': forwardLabel,
  'forward-out': forwardOut,
  'forward-none': (dealer) => uninvited(dealer, dealer.draw('none', streetOf(dealer).plan.strange), 'no-sign'),
  hairpin,
  'forward-sign': forwardSign,
}
