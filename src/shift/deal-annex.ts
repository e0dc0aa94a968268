import { ConnTrack } from '../net/conntrack'
import type { Site } from '../net/exposure'
import { arrive, reach, serverRouter } from '../net/exposure'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import type { Container, Publish } from '../net/publish'
import { parsePublish, publishOutcome } from '../net/publish'
import { walkIn } from '../net/router'
import { SocketTable } from '../net/socket-table'
import { endpointText } from '../net/tuple'
import type { MisconceptionId } from '../lessons/misconception'
import type { Guess } from './deal-street'
import { LAN, NOWHERE, among, end, ribbonOf, streetOf, visitor, written } from './deal-street'
import type { Tell } from './deal-tell'
import type { Dealer } from './dealer'
import { call } from './dealer'
import { STREET } from './gate'
import type { Option } from './shift'
import type { AnnexContainer, AnnexPlan, StreetKind, StreetWhy } from './street-plan'
import { hostListening } from './wing'

/** What stands after `-p`; a sign that cannot be read publishes nothing. */
const publishes = (signs: readonly string[]): readonly Publish[] =>
  signs.flatMap((text) => {
    const sign = parsePublish(text)
    return 'hostPort' in sign ? sign : []
  })

const containerOf = ({ name, address, listens, signs }: AnnexContainer): Container => ({
  host: hostListening(name, address, [{ port: listens }]),
  published: publishes(signs),
})

/** The host with its containers, and with the input chain that its guard goes by. */
export const annexSite = ({ host, containers, drops }: AnnexPlan): Site => ({
  name: 'dock-host',
  router: serverRouter(
    [host],
    drops
      ? [
          {
            name: 'input',
            family: 'inet',
            hook: 'input',
            policy: 'accept',
            rules: [{ match: { iif: STREET, protocol: 'tcp', destinationPort: drops }, action: 'drop' }],
          },
        ]
      : [],
  ),
  table: SocketTable.of([]),
  containers: containers.map(containerOf),
})

function annexOf({ wave, level }: Dealer): AnnexPlan {
  if (!wave.annex) throw new RangeError(`Level ${level.id}: a wave without an annex deals packets for one.`)
  return wave.annex
}

/** Where a packet ends: the address and port of the program that gets it, or nowhere. */
function endOf(site: Site, packet: Packet, iif: string, flows?: ConnTrack) {
  const arrival = arrive(site, packet, iif, flows)
  const last = arrival.through.at(-1)
  const got = arrival.verdict?.kind === 'listener' && last?.kind === 'listener' ? last : undefined
  const to = got && { address: got.host.addresses[0] ?? '', port: got.socket.local.port }
  return { arrival, to }
}

/** Each place where somebody could think that this number leads. */
function guesses({ containers }: AnnexPlan, port: number, nowhere: MisconceptionId): readonly Guess[] {
  const named = containers.filter(({ signs }) => publishes(signs).some(({ hostPort }) => hostPort === port))
  const here = named[0] ?? containers.find(({ listens }) => listens === port)
  return [
    ...(here ? [[end(here.address, port), named[0] ? 'publish-reversed' : 'expose-publishes'] satisfies Guess] : []),
    [NOWHERE, nowhere],
    ...containers
      .filter(({ name }) => name !== here?.name)
      .map((other): Guess => [end(other.address, other.listens), 'port-unique-across-hosts']),
  ]
}

/** Somebody calls a number of the host: where does it end? */
function visit(dealer: Dealer, port: number, local: boolean): Tell {
  const plan = annexOf(dealer)
  const site = annexSite(plan)
  const { dice } = dealer
  const address = local ? '127.0.0.1' : plan.host
  const source = local ? { address, port: dice.int(32768, 60999) } : visitor(dealer)
  const about = call(dealer, 'tcp', { address, port }, source)
  const { arrival, to } = endOf(site, about, local ? 'lo' : STREET)
  const gated = plan.drops?.includes(port) ?? false
  const staff = plan.containers.some(({ signs }) =>
    publishes(signs).some((one) => one.hostPort === port && one.hostAddress),
  )
  const right = to ? end(to.address, to.port) : NOWHERE
  const why: StreetWhy = to
    ? gated && !local
      ? 'before-the-gate'
      : 'published'
    : staff
      ? 'staff-sign'
      : 'not-published'
  const wrong = guesses(plan, port, gated ? 'publish-stays-private' : 'expose-publishes').map(([told, idea]): Guess => [
    told,
    to ? idea : staff ? 'loopback-reachable-outside' : idea,
  ])
  const ribbon = to && ribbonOf(['town', about], ['annex', `${endpointText(source)} → ${endpointText(to)}`])
  return {
    question: 'flat',
    about,
    options: among(dealer, right, wrong),
    why,
    field: staff && !to ? 'destination' : 'destinationPort',
    notes: to ? { end: endpointText(to) } : {},
    ...(arrival.answer && { answer: arrival.answer }),
    ...ribbon,
  }
}

const hostPorts = ({ containers }: AnnexPlan): readonly number[] =>
  containers.flatMap(({ signs }) => publishes(signs).map(({ hostPort }) => hostPort))

/** A sign is still to be written: which one does what is wanted, and no more? */
function sign(dealer: Dealer): Tell {
  const plan = annexOf(dealer)
  const { missing } = plan
  const container = plan.containers.find(({ name }) => name === missing?.container)
  if (!missing || !container) throw new RangeError(`Level ${dealer.level.id}: no sign is missing.`)
  const { port, street } = missing
  const { listens } = container
  const others = plan.containers.filter(({ name }) => name !== container.name)
  const taken = hostPorts({ ...plan, containers: others })[0] ?? port
  const texts: readonly (readonly [string, MisconceptionId])[] = street
    ? [
        [`${port}:${listens}`, 'publish-reversed'],
        [`${listens}:${port}`, 'publish-reversed'],
        [`${taken}:${listens}`, 'port-unique-across-hosts'],
        [`127.0.0.1:${port}:${listens}`, 'loopback-reachable-outside'],
      ]
    : [
        [`127.0.0.1:${port}:${listens}`, 'loopback-reachable-outside'],
        [`${port}:${listens}`, 'publish-stays-private'],
        [`0.0.0.0:${port}:${listens}`, 'wildcard-is-localhost'],
        [`${plan.host}:${port}:${listens}`, 'publish-stays-private'],
      ]
  const options = texts.map(([text, misconception]): Option => {
    const works = doesAsWanted({ ...plan, containers: others }, { ...container, signs: [text] }, missing)
    return { told: { kind: 'sign', text: `-p ${text}` }, ...(!works && { misconception }) }
  })
  const caller = street ? `http://${plan.host}:${port}/` : `http://127.0.0.1:${port}/`
  return {
    question: 'sign',
    print: {
      command: `docker run -d --name ${container.name} -p ... harbour/${container.name}`,
      lines: [`$ curl ${caller}`, ...(street ? [] : [`$ nmap -p ${port} ${plan.host}`, `${port}/tcp closed`])],
    },
    options: dealer.dice.shuffle(options),
    why: 'sign-works',
    field: 'destinationPort',
    notes: {
      end: endpointText({ address: container.address, port: listens }),
      seen: `${street ? plan.host : '127.0.0.1'}:${port}`,
    },
  }
}

/** True when the engine takes the sign, the host itself gets to the container, and the street does exactly if it may. */
function doesAsWanted(
  plan: AnnexPlan,
  container: AnnexContainer,
  { port, street }: NonNullable<AnnexPlan['missing']>,
): boolean {
  const before = annexSite(plan)
  const [publish] = publishes(container.signs)
  const host = { name: before.name, addresses: [plan.host], table: before.table }
  if (!publish || !publishOutcome(host, before.containers ?? [], publish).granted) return false
  const site = annexSite({ ...plan, containers: [...plan.containers, container] })
  const gets = (address: string, iif: string, target: string) =>
    reach(site, { address, iif }, 'tcp', { address: target, port })?.host.addresses.includes(container.address) ?? false
  return gets('127.0.0.1', 'lo', '127.0.0.1') && gets('198.51.100.77', STREET, plan.host) === street
}

/** A visitor comes to the street door, and through a sign to the host with the annexes: two labels are rewritten. */
function throughTwo(dealer: Dealer) {
  const { plan, router } = streetOf(dealer)
  const annex = annexOf(dealer)
  const forward = dealer.draw(
    'two signs',
    plan.forwards.filter(({ to }) => to.address === annex.host),
  )
  const came = call(dealer, 'tcp', { address: plan.street, port: forward.port }, visitor(dealer))
  const [outer, inner] = [new ConnTrack(), new ConnTrack()]
  const walk = walkIn(router, outer, came, 'wan')
  const between = walk.end.kind === 'sent' ? walk.end.packet : undefined
  if (!between) throw new RangeError(`The sign ${forward.port} leads nowhere.`)
  const { arrival, to } = endOf(annexSite(annex), between, STREET, inner)
  if (!to) throw new RangeError(`Nobody is behind the two signs of ${forward.port}.`)
  return { plan, router, annex, forward, came, between, outer, arrival, to }
}

function twoSignsIn(dealer: Dealer): Tell {
  const { annex, forward, came, between, to } = throughTwo(dealer)
  const source = tupleOf(came)?.source ?? { address: '', port: 0 }
  return {
    question: 'flat',
    about: came,
    options: among(dealer, end(to.address, to.port), [
      [end(to.address, forward.port), 'forward-keeps-port'],
      [end(to.address, forward.to.port), 'publish-reversed'],
      [end(annex.host, forward.port), 'forward-keeps-port'],
      [NOWHERE, 'nat-is-firewall'],
    ]),
    why: 'two-signs',
    field: 'destinationPort',
    notes: { end: endpointText(to), seen: endpointText(forward.to) },
    ...ribbonOf(['town', came], ['house', between], ['annex', `${endpointText(source)} → ${endpointText(to)}`]),
  }
}

function twoSignsBack(dealer: Dealer): Tell {
  const { plan, router, came, between, outer, arrival, to } = throughTwo(dealer)
  const answer = arrival.answer
  const walk = answer && walkIn(router, outer, answer, LAN)
  const sent = walk?.end.kind === 'sent' ? walk.end.packet : undefined
  const tuple = sent && tupleOf(sent)
  if (!answer || !sent || !tuple) throw new RangeError('The answer does not find its way home.')
  return {
    question: 'rewrite',
    about: answer,
    ...written(dealer, { came: answer, leaves: sent, street: plan.street, way: 'back' }, [
      { address: plan.street, port: to.port },
    ]),
    why: 'two-back',
    field: 'sourcePort',
    notes: { end: endpointText(tuple.source), seen: endpointText(to) },
    ...ribbonOf(
      ['town', came],
      ['house', between],
      ['annex', `${endpointText(to)} → ${endpointText(tuple.destination)}`],
      ['house', answer],
      ['town', sent],
    ),
  }
}

type Kind = Extract<StreetKind, `annex-${string}` | `two-${string}`>

export const ANNEX_DESKS: Record<Kind, (dealer: Dealer) => Tell> = {
  'annex-in': (dealer) => visit(dealer, dealer.draw('annex', [...new Set(hostPorts(annexOf(dealer)))]), false),
  'annex-local': (dealer) => visit(dealer, dealer.draw('annex local', [...new Set(hostPorts(annexOf(dealer)))]), true),
  'annex-none': (dealer) => visit(dealer, dealer.draw('annex none', annexOf(dealer).strange), false),
  'annex-sign': sign,
  'two-signs-in': twoSignsIn,
  'two-signs-back': twoSignsBack,
}
