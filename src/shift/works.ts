import type { Address } from '../net/address'
import { familyOf, isLoopback, isWildcard } from '../net/address'
import type { Arrival as SiteArrival, Exposed, Site } from '../net/exposure'
import { arrive, exposure } from '../net/exposure'
import type { Chain, Rule } from '../net/filter'
import type { Router } from '../net/router'
import type { Socket } from '../net/socket'
import { SocketTable } from '../net/socket-table'
import type { MisconceptionId } from '../lessons/misconception'
import type { Plan, PlannedBoard, PlannedRule } from '../lessons/plan'
import { OUT } from '../lessons/plan'
import { STREET, notebookOf } from './gate'
import type { WorksPlan } from './level'
import type { Arrival, Shift, VisitArrival } from './shift'
import { waveOf } from './shift'

/** The interface of the host on the staff's side. */
const STAFF = 'eth1'

const isStaff = (address: Address): boolean => address.startsWith('10.')

/** The side on which a packet from this address comes in; the host's own come over loopback. */
export const sideOf = (source: Address): string => (isLoopback(source) ? 'lo' : isStaff(source) ? STAFF : STREET)

const ruleOf = ({ known, from, ports, protocol, action }: PlannedRule): Rule => ({
  match: known
    ? { state: ['established', 'related'] }
    : {
        ...(from !== undefined && { source: from }),
        ...(ports && { protocol: protocol ?? 'tcp', destinationPort: ports }),
        ...(!ports && protocol && { protocol }),
      },
  action,
})

/** What comes over loopback is let in first, as every server's board begins. */
const LOOPBACK: Rule = { match: { iif: 'lo' }, action: 'accept' }

/** How many rules a board has before the first that the player has put there. */
export const RULES_BEFORE = 1

export const chainOfBoard = ({ family, policy, rules }: PlannedBoard): Chain => ({
  name: 'input',
  family,
  hook: 'input',
  policy,
  rules: [LOOPBACK, ...rules.map(ruleOf)],
})

/** The plan with which the player begins: boards without a rule of their own, lamps as they hang. */
export const firstPlan = ({ families, policy }: WorksPlan): Plan => ({
  boards: families.map((family) => ({ family, policy, rules: [] })),
  lamps: [],
})

/** The sockets as a plan leaves them. */
export function plannedSockets(sockets: readonly Socket[], { lamps }: Plan): readonly Socket[] {
  return sockets.flatMap((socket) => {
    const at = lamps.find((lamp) => lamp.socket === socket.id)?.at
    if (at === undefined) return [socket]
    return at === OUT ? [] : [{ ...socket, family: familyOf(at), local: { ...socket.local, address: at } }]
  })
}

const sites = new WeakMap<readonly Socket[], WeakMap<Plan, Site>>()

/** The host as it stands behind a plan. Made once for each set of sockets and plan. */
export function plannedSite({ host }: Pick<Shift, 'host'>, plan: Plan): Site {
  const here = sites.get(host.sockets) ?? new WeakMap<Plan, Site>()
  const site = here.get(plan) ?? buildSite(host, plan)
  sites.set(host.sockets, here.set(plan, site))
  return site
}

function buildSite(host: Shift['host'], plan: Plan): Site {
  const on = (name: string, staff: boolean) => ({
    name,
    addresses: host.addresses
      .filter((address) => !isLoopback(address) && isStaff(address) === staff)
      .map((address) => `${address}/${familyOf(address) === 4 ? 24 : 64}`),
  })
  const router: Router = {
    interfaces: [on(STREET, false), on(STAFF, true)],
    defaultRoute: STREET,
    chains: plan.boards.map(chainOfBoard),
  }
  return { name: host.name, router, table: SocketTable.of(plannedSockets(host.sockets, plan)) }
}

/** What the street reaches behind a plan, over both families: the exposure meter. */
export function exposedTo(shift: Pick<Shift, 'host'>, plan: Plan): readonly Exposed[] {
  const site = plannedSite(shift, plan)
  const six = shift.host.addresses.some((address) => familyOf(address) === 6)
  return [
    ...exposure(site, { address: '203.0.113.77', iif: STREET }),
    ...(six ? exposure(site, { address: '2001:db8:bad::77', iif: STREET }) : []),
  ]
}

/** What the house wants of a visit: to serve it or to let nobody in. */
export const isWanted = ({ who }: VisitArrival): boolean => who !== 'stranger' && who !== 'stranger6'

/** What becomes of a visit behind a plan. */
export interface Visited {
  readonly arrival: SiteArrival
  readonly served: boolean
  /** As the house wants it. */
  readonly right: boolean
  /** The rule that decided, from 0 among those of the player; the policy; or none, where the packet met no board. */
  readonly by: number | 'policy' | 'before' | undefined
  /** Which of the player's boards was asked. */
  readonly board: number
}

export function visited(shift: Pick<Shift, 'host'>, plan: Plan, visit: VisitArrival): Visited {
  const site = plannedSite(shift, plan)
  const flows = notebookOf(shift.host.sockets)
  const arrival = arrive(site, visit.about, sideOf(visit.about.source), flows)
  const served = arrival.verdict?.kind === 'listener' || arrival.verdict?.kind === 'connection'
  const filtered = arrival.walk.steps.findLast(({ at }) => at === 'input')?.filtered
  const by = filtered?.by
  const chain = filtered?.chain
  return {
    arrival,
    board: Math.max(
      0,
      plan.boards.findIndex(({ family }) => family === chain?.family),
    ),
    served,
    right: served === isWanted(visit),
    by:
      typeof by === 'number'
        ? by < RULES_BEFORE
          ? 'before'
          : by - RULES_BEFORE
        : by === 'policy'
          ? 'policy'
          : undefined,
  }
}

/** The wrong idea behind a visit that went wrong. */
export function ideaBehind(shift: Shift, plan: Plan, visit: VisitArrival): MisconceptionId {
  const { arrival, by } = visited(shift, plan, visit)
  if (visit.who === 'answer') return 'replies-need-inbound-rule'
  if (!isWanted(visit)) {
    const port = 'destinationPort' in visit.about.transport ? visit.about.transport.destinationPort : 0
    if (visit.who === 'stranger6') return 'ipv4-rule-covers-ipv6'
    if (by === 'policy') return 'no-rule-means-allowed'
    if (typeof by === 'number') return 'most-specific-rule-wins'
    return port === 3306 || port === 5432 ? 'database-open-with-password' : 'listening-means-reachable'
  }
  if (arrival.verdict?.kind === 'rst' || arrival.verdict?.kind === 'icmp') return 'allow-rule-opens-port'
  return by === 'policy' ? 'closed-port-secures-host' : 'most-specific-rule-wins'
}

/** A plan that serves every need of a house and nobody else: answers first, then a rule for each need, the rest is dropped. */
export function plannedByNeed({ families, needs, ports }: WorksPlan): Plan {
  const setFor = (port: number) => ports.find((set) => set.length === 1 && set[0] === port) ?? [port]
  const open = needs.filter(({ who }) => who !== 'local')
  const places = [...new Map(open.map((need) => [`${need.from ?? ''} ${need.port}`, need])).values()]
  const together = places.filter(({ from }) => from === undefined).map(({ port }) => port)
  const shared = ports.find((set) => set.length === together.length && together.every((port) => set.includes(port)))
  const rulesFor = (family: 'ip' | 'ip6' | 'inet'): readonly PlannedRule[] => [
    { known: true, action: 'accept' },
    ...(shared
      ? [{ ports: shared, action: 'accept' as const }]
      : together.map((port) => ({ ports: setFor(port), action: 'accept' as const }))),
    ...places
      .filter(({ from }) => from !== undefined && (family === 'inet' || (familyOf(from) === 4) === (family === 'ip')))
      .map(({ from, port }) => ({
        ...(from !== undefined && { from }),
        ports: setFor(port),
        action: 'accept' as const,
      })),
  ]
  return { boards: families.map((family) => ({ family, policy: 'drop', rules: rulesFor(family) })), lamps: [] }
}

/** True for a plan that the workbench could make: its parts are those of the wave. */
export function isPlannable(shift: Shift, arrival: Arrival, plan: Plan): boolean {
  const { works } = waveOf(shift)
  if (!works || arrival.asks !== 'plan') return false
  const known = (rule: PlannedRule) =>
    rule.known ||
    ((rule.from === undefined || works.sources.includes(rule.from)) &&
      (rule.ports === undefined || works.ports.some((set) => set.join() === rule.ports?.join())))
  return (
    plan.boards.length === works.families.length &&
    plan.boards.every(
      ({ family, rules }, index) =>
        family === works.families[index] && rules.length <= works.mostRules && rules.every(known),
    ) &&
    plan.lamps.every(
      ({ socket, at }) =>
        shift.host.sockets.some(({ id, peer }) => id === socket && !peer) &&
        (at === OUT || isWildcard(at) || shift.host.addresses.includes(at)),
    )
  )
}
