import { familyOf, isLoopback, parseAddress } from '../net/address'
import type { Cluster } from '../lessons/cluster'
import type { Question } from '../quiz/question'
import type { View } from '../quiz/view'
import { lamp as lampAt, sandboxOfFacts } from './from-facts'
import { sandboxOf, socketsOf, withPackets } from './from-site'
import { readPaste } from './paste'
import type { Parcel, Sandbox, SandboxSocket } from './sandbox'
import { MOST, ownAddresses } from './sandbox'
import { isPrivate } from './story'

const LENGTH = { 4: 24, 6: 64 } as const

/** What a question prints as one paste, with the commands before it, without what is printed inside of something else. */
const pasteOf = (views: readonly View[]): string =>
  views
    .flatMap((view) =>
      view.kind === 'text' && !/^(docker|kubectl) exec/.test(view.command)
        ? [`$ ${view.command}`, ...view.lines.map((line) => line.map(({ text }) => text).join(''))]
        : [],
    )
    .join('\n')

/** The packet that a question shows in its papers or a line of tcpdump, if it is one. */
function shownParcel(views: readonly View[]): Omit<Parcel, 'client'> | undefined {
  const fields = new Map<string, string>()
  for (const view of views) {
    const pieces =
      view.kind === 'papers'
        ? view.rows.map(({ field, value }) => [field, value] as const)
        : view.kind === 'text'
          ? view.lines.flat().flatMap(({ field, text }) => (field === undefined ? [] : [[field, text] as const]))
          : []
    for (const [field, value] of pieces) if (!fields.has(field)) fields.set(field, value.trim())
  }
  const [source, address] = [fields.get('source'), fields.get('destination')].map((text) => parseAddress(text ?? ''))
  const [sourcePort, port] = [fields.get('sourcePort'), fields.get('destinationPort')].map((text) =>
    /^\d{1,5}$/.test(text ?? '') ? Number(text) : undefined,
  )
  if (source === undefined || address === undefined) return undefined
  const protocol = (fields.get('protocol') ?? '').toLowerCase()
  const flags = fields.get('flags') ?? ''
  if (port === undefined || sourcePort === undefined) return undefined
  if (port > 65535 || sourcePort > 65535) return undefined
  const kind = protocol.startsWith('udp')
    ? 'udp'
    : flags.includes('R')
      ? 'rst'
      : flags.includes('F')
        ? 'fin'
        : flags === '' || flags.includes('[S]')
          ? 'syn'
          : 'data'
  return { kind, sourcePort, to: { address, port }, source }
}

/** Clusters in which a building alone is something to try: who reaches which lamp, which socket takes a packet. */
const BUILDINGS: readonly Cluster[] = ['sockets', 'binding', 'exposure', 'refusals', 'spaces']

/** Two boards of one name and hook are two filters that the question compares, and what forwards is another machine. */
function isOneMachine({ chains, nat, sockets }: Sandbox, hasMachine: boolean): boolean {
  const names = chains.map(({ name, hook, family }) => `${family} ${hook} ${name}`)
  const forwards = chains.some(({ hook, rules }) => hook === 'forward' && rules.length > 0) || nat !== undefined
  return new Set(names).size === names.length && !(forwards && (hasMachine || sockets.length > 0))
}

/** Something at the ends of the way: hosts where translations lead, and a lamp behind a board that stands alone. */
function withEnds(sandbox: Sandbox): Sandbox {
  const targets = (sandbox.nat?.prerouting ?? []).flatMap(({ translation }) =>
    translation.kind === 'dnat' ? [translation.to] : [],
  )
  const addresses = [...new Set(targets.map(({ address }) => address))].slice(0, MOST.hosts)
  const behind = addresses.map((address, index) => ({
    name: `host${index + 1}`,
    addresses: [address],
    sockets: targets
      .filter((target) => target.address === address)
      .map(({ port }) => lamp('tcp', port ?? sandbox.parcels[0]?.to.port ?? 80)),
  }))
  const [parcel] = sandbox.parcels
  const alone = sandbox.sockets.length === 0 && sandbox.chains.some(({ hook }) => hook === 'input')
  const lamps =
    alone && parcel && parcel.kind !== 'ping' ? [lamp(parcel.kind === 'udp' ? 'udp' : 'tcp', parcel.to.port)] : []
  return { ...sandbox, behind, sockets: [...sandbox.sockets, ...lamps] }
}

const lamp = (protocol: 'tcp' | 'udp', port: number): SandboxSocket => lampAt({ protocol, port })

/**
 * The case of a question: its machine and packets where it has a scene, else what its views print, read as a paste. Undefined
 * where that is no one machine.
 */
function sandboxOfCase({ views, after, scene, cluster }: Question): Sandbox | undefined {
  const all = [...views, ...after]
  const doors = all.find((view) => view.kind === 'doors')
  const machine = scene?.machine ?? doors?.machine
  const read = readPaste(pasteOf(views)).sandbox
  // A balancer is no part of a sandbox: there the scene alone is one machine.
  if ((!read && !machine) || (cluster === 'balancing' && !scene)) return undefined
  if (read && !isOneMachine(read, machine !== undefined)) return undefined
  const base = machine ? sandboxOf(machine.addresses, socketsOf(machine), []) : undefined
  const boards = read ? { chains: read.chains, containers: read.containers, interfaces: read.interfaces } : {}
  const whole =
    base && read ? { ...base, ...boards, interfaces: base.interfaces.concat(bridgeOf(read)) } : (base ?? read)
  if (!whole) return undefined
  const shown = shownParcel(all)
  const sent = scene ? withPackets(whole, scene.packets) : shown ? withParcel(whole, shown) : whole
  const tries =
    sent.parcels.length + sent.chains.length + sent.containers.length + sent.services.length > 0 ||
    sent.nat !== undefined ||
    BUILDINGS.includes(cluster)
  return tries ? withEnds(sent) : undefined
}

/**
 * The case of a question as a sandbox, with its packet under way. Where it is no listing of one machine, it is what can be
 * gathered from all that the question says. Undefined where nothing of it is a matter of a packet.
 */
export function sandboxOfQuestion(question: Question): Sandbox | undefined {
  const router = question.cluster === 'nat' && !question.scene ? sandboxOfFacts(question) : undefined
  if (router) return router
  const known = sandboxOfCase(question)
  if (known && known.parcels.length > 0) return known
  const knocked = known && withKnocks(known)
  return knocked && knocked.parcels.length > 0 ? knocked : (sandboxOfFacts(question) ?? knocked)
}

/** So many doors are knocked at where a question shows no packet. */
const MOST_KNOCKS = 6

/** The sandbox with a first packet to each of its doors: that is what its numbers are for. */
function withKnocks(sandbox: Sandbox): Sandbox {
  const { sockets, containers, services, clients } = sandbox
  const here = clients.findIndex(({ role }) => role === 'here')
  const [stranger] = clients
  const families = new Set(stranger?.addresses.map(familyOf))
  const own = ownAddresses(sandbox)
    .filter((address) => families.has(familyOf(address)))
    .filter((address, index, all) => all.findIndex((one) => familyOf(one) === familyOf(address)) === index)
  const hasRules = sandbox.chains.some(({ family }) => family !== 'inet')
  const doors = [
    ...containers.flatMap(({ published }) => published.map(({ protocol, hostPort }) => ({ protocol, port: hostPort }))),
    ...services.flatMap(({ ports }) =>
      ports.flatMap(({ protocol, nodePort }) => (nodePort === undefined ? [] : [{ protocol, port: nodePort }])),
    ),
    ...sockets.filter(({ peer }) => !peer).map(({ protocol, local }) => ({ protocol, port: local.port })),
  ]
  const inside = services.flatMap(({ clusterIP, ports }) =>
    ports.map(({ protocol, port }) => ({ protocol, to: { address: clusterIP, port } })),
  )
  const parcel = (client: number, protocol: 'tcp' | 'udp', to: Parcel['to']): Parcel => ({
    client,
    kind: protocol === 'udp' ? 'udp' : 'syn',
    sourcePort: 51514,
    to,
  })
  // What filters one family alone is seen only by packets of both.
  const sent = doors.flatMap(({ protocol, port }) =>
    own.slice(0, hasRules ? 2 : 1).map((address) => parcel(0, protocol, { address, port })),
  )
  const called = here < 0 ? [] : inside.slice(0, 2).map(({ protocol, to }) => parcel(here, protocol, to))
  const parcels = [...sent.slice(0, MOST_KNOCKS), ...called].filter(
    ({ kind, to }, index, all) =>
      all.findIndex((one) => one.kind === kind && one.to.port === to.port && one.to.address === to.address) === index,
  )
  return { ...sandbox, parcels }
}

/** The bridge on which containers live, where there are some. */
const bridgeOf = ({ interfaces }: Sandbox): Sandbox['interfaces'] => interfaces.filter(({ name }) => name === 'docker0')

/** The sandbox with one packet, which is for the machine itself unless the rules are about forwarding. */
function withParcel(sandbox: Sandbox, parcel: Omit<Parcel, 'client'>): Sandbox {
  const { address } = parcel.to
  const forwards = sandbox.chains.some(({ hook, rules }) => hook === 'forward' && rules.length > 0)
  const own = ownAddresses(sandbox)
  const [first, ...others] = sandbox.interfaces
  const isOwn = own.includes(address) || isLoopback(address)
  const moves = first && !isOwn && !forwards
  const moved = moves
    ? {
        ...sandbox,
        interfaces: [
          {
            ...first,
            addresses: [
              `${address}/${LENGTH[familyOf(address)]}`,
              ...first.addresses.filter((one) => familyOf(one) !== familyOf(address)),
            ],
          },
          ...others,
        ],
      }
    : sandbox
  const source = parcel.source
  const clients = moved.clients.map((client, index) =>
    index === 0 && source !== undefined && client.role === 'internet'
      ? {
          ...client,
          role: isPrivate(source) || isPrivate(address) ? ('neighbour' as const) : client.role,
          addresses: [...client.addresses.filter((one) => familyOf(one) !== familyOf(source)), source],
        }
      : client,
  )
  return { ...moved, clients, parcels: [{ ...parcel, client: 0 }] }
}
