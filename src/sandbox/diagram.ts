import { isLoopback, isWildcard, unmapped } from '../net/address'
import { nftAction, nftNatRule, nftRule } from '../net/nft-text'
import { endpointText } from '../net/tuple'
import { familyAt } from '../ports/services'
import type { ServiceFamily } from '../ports/services'
import type { Bay } from '../quiz/bays'
import { baysOf } from '../quiz/bays'
import type { Machine } from '../quiz/machine'
import type { Client, Sandbox, SandboxChain } from './sandbox'
import { ownAddresses } from './sandbox'
import { socketOf } from './site'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import type { Step, Story } from './story'
import type { SvgNode } from './svg'
import { box, group, node, path } from './svg'

/** The words in the picture, in the language of the page. */
export interface DiagramWords {
  readonly title: (name: string) => string
  readonly roles: Readonly<Record<Client['role'], string>>
  readonly gatehouse: string
  /** `input`, `drop` → what no rule decides is dropped. */
  readonly policy: (hook: string, policy: string) => string
  readonly streetDoor: string
  readonly everywhere: string
  readonly inside: string
  readonly only: (address: string) => string
  readonly annex: string
  readonly desk: string
  readonly behind: string
  readonly pod: string
  /** A Pod that gets nothing. */
  readonly notReady: string
  readonly staff: string
  readonly nobody: string
  readonly more: (count: number) => string
  readonly windows: (count: number) => string
  /** Connections that the machine itself has opened. */
  readonly calls: (count: number) => string
}

/** How the picture is drawn. */
export interface DiagramOptions {
  /** `light` is for paper. */
  readonly theme: 'dark' | 'light'
  /** Below each other, for a phone. */
  readonly narrow: boolean
  /** The parcel whose way is lit. */
  readonly story?: Story
}

interface Paint {
  readonly sky: string
  readonly skyLow: string
  readonly ground: string
  readonly wall: string
  readonly wallDark: string
  readonly brick: string
  readonly edge: string
  readonly panel: string
  readonly text: string
  readonly quiet: string
  readonly brass: string
  readonly brassRim: string
  readonly brassInk: string
  /** The frame and the letters of the sign with the addresses. */
  readonly sign: string
  readonly lamp: string
  readonly glow: number
  readonly frame: string
  readonly pane: string
  readonly paneInk: string
  readonly wire: string
  readonly flow: string
  readonly lit: string
  readonly right: string
  readonly wrong: string
  readonly paper: string
  readonly ink: string
  readonly stone: string
}

const DARK: Paint = {
  sky: '#0a0f1e',
  skyLow: '#1a2450',
  ground: '#0d1430',
  wall: '#2b3668',
  wallDark: '#202a54',
  brick: '#1c2550',
  edge: '#5f70b8',
  panel: '#131b38',
  text: '#e9edf9',
  quiet: '#b4bfdf',
  brass: '#f1c766',
  brassRim: '#8a6a1f',
  brassInk: '#231a06',
  sign: '#f1c766',
  lamp: '#fff0c8',
  glow: 0.55,
  frame: '#0d1430',
  pane: '#ffd479',
  paneInk: '#231a06',
  wire: '#3b4b8c',
  flow: '#8fa6ff',
  lit: '#ffd479',
  right: '#3ddc97',
  wrong: '#ff8f7a',
  paper: '#f4efe1',
  ink: '#1c2236',
  stone: '#5361a3',
}

const LIGHT: Paint = {
  sky: '#ffffff',
  skyLow: '#ffffff',
  ground: '#e3e6f1',
  wall: '#eef0f9',
  wallDark: '#e2e6f4',
  brick: '#cbd1e6',
  edge: '#4a5687',
  panel: '#ffffff',
  text: '#141a30',
  quiet: '#444e74',
  brass: '#ffe7a8',
  brassRim: '#7a5c14',
  brassInk: '#231a06',
  sign: '#5d450b',
  lamp: '#ffd04d',
  glow: 0,
  frame: '#2b3560',
  pane: '#fff1c9',
  paneInk: '#231a06',
  wire: '#b3bcda',
  flow: '#2f4bb5',
  lit: '#b25e00',
  right: '#0a7a4b',
  wrong: '#b3261e',
  paper: '#ffffff',
  ink: '#1c2236',
  stone: '#8f9bc9',
}

/** Doors by what a service is for; the name below says it too. */
const COLOURS: Readonly<Record<ServiceFamily, string>> = {
  web: '#56b4e9',
  remote: '#e69f00',
  database: '#2fbf8f',
  mail: '#d58bc0',
  naming: '#d9cf3f',
  files: '#6f8cff',
  directory: '#9ad0b0',
  monitoring: '#d0896a',
  messaging: '#b79be8',
  orchestration: '#7fb8c9',
  other: '#7d93d6',
}

const WORDS = "'Atkinson Hyperlegible Next Variable','Atkinson Hyperlegible Next',system-ui,sans-serif"
const NUMBERS = "'Atkinson Hyperlegible Mono Variable','Atkinson Hyperlegible Mono',ui-monospace,monospace"

/** The motion of an exported picture: dashes travel with the traffic, and stand still for who wants that. */
const MOTION =
  '.flow{animation:flow 1.1s linear infinite}@keyframes flow{to{stroke-dashoffset:-22}}' +
  '@media (prefers-reduced-motion:reduce){.flow{animation:none}}'

/** So much is drawn; the rest is counted. */
const MOST = { doors: 24, panes: 4, rules: 9, nat: 6, wings: 12, desks: 12, calls: 8 } as const

/** About how wide a text is, in its own size. */
const wide = (text: string, size: number, mono = false): number => text.length * size * (mono ? 0.635 : 0.5)

/** A text that fits, with an ellipsis where something is cut off. */
const fitted = (text: string, size: number, width: number, mono: boolean): string => {
  const most = Math.floor(width / (size * (mono ? 0.635 : 0.5)))
  return text.length > most ? `${text.slice(0, Math.max(1, most - 1))}…` : text
}

interface TextOptions {
  readonly size: number
  readonly fill: string
  readonly mono?: boolean
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly weight?: number
  readonly width?: number
}

function textAt(
  x: number,
  y: number,
  text: string,
  { size, fill, mono = false, anchor = 'start', weight, width }: TextOptions,
) {
  const shown = width === undefined ? text : fitted(text, size, width, mono)
  return node(
    'text',
    {
      x,
      y,
      'font-size': size,
      fill,
      'font-family': mono ? NUMBERS : WORDS,
      'text-anchor': anchor,
      ...(weight && { 'font-weight': weight }),
    },
    shown === text ? [text] : [node('title', {}, [text]), shown],
  )
}

/** A part of the picture at its own origin. */
interface Part {
  readonly width: number
  readonly height: number
  readonly draw: (x: number, y: number) => SvgNode
}

interface Point {
  readonly x: number
  readonly y: number
}

const at = (x: number, y: number, children: readonly SvgNode[]): SvgNode =>
  group(children, { transform: `translate(${x} ${y})` })

/** What is lit in the picture, by the story that is told. */
interface Focus {
  readonly client: number | undefined
  /** The chain and the rule that decided, and whether it let the packet through. */
  readonly rule: { readonly chain: SandboxChain; readonly by: number | 'policy'; readonly passed: boolean } | undefined
  readonly translated: boolean
  readonly container: string | undefined
  readonly door: string | undefined
  readonly service: string | undefined
  /** A port at which the machine has nobody. */
  readonly brick: { readonly port: number; readonly protocol: 'tcp' | 'udp' } | undefined
  /** How far it got. */
  readonly reached: 'client' | 'street' | 'gate' | 'house'
  /** The packet at the last stop that is told, and where it is. */
  readonly parcel: { readonly packet: Packet; readonly at: Spot } | undefined
  readonly good: boolean
}

/** Where a parcel can be seen. */
type Spot = 'client' | 'street' | 'gate' | 'house' | 'wing'

/** Where a stop of the way is. */
function spotOf(step: Step | undefined, reached: Focus['reached'], inside: boolean): Spot {
  if (!step || step.back || step.kind === 'sent' || step.kind === 'unrouted') return 'client'
  if (step.kind === 'chain') return 'gate'
  if (step.kind === 'translated' || step.kind === 'routed' || step.kind === 'service') return 'street'
  if (step.kind === 'dropped') return reached === 'client' ? 'client' : 'street'
  return inside ? 'wing' : 'house'
}

/** The packet as it reads at the last of some stops. */
function packetAt(steps: readonly Step[], first: Packet | undefined): Packet | undefined {
  const last = steps.findLast(({ kind }) => kind === 'translated' || kind === 'sent' || kind === 'answer')
  return last?.kind === 'translated' ? last.after : last && 'packet' in last ? last.packet : first
}

const NO_FOCUS: Focus = {
  client: undefined,
  rule: undefined,
  translated: false,
  container: undefined,
  door: undefined,
  service: undefined,
  brick: undefined,
  reached: 'client',
  parcel: undefined,
  good: false,
}

function focusOf(sandbox: Sandbox, story: Story | undefined): Focus {
  if (!story) return NO_FOCUS
  const there = story.steps.filter(({ back }) => !back)
  const chain = there.findLast((step) => step.kind === 'chain')
  const decider = story.steps[story.decider]
  const sockets = there.find((step) => step.kind === 'sockets')
  const served = there.find((step) => step.kind === 'service')
  const { ending } = story
  const delivered = ending.kind === 'delivered' ? ending : undefined
  const own = delivered?.host === sandbox.name
  const refusedHere =
    sockets?.kind === 'sockets' &&
    sockets.host === sandbox.name &&
    sockets.tuple &&
    !sockets.trials.some(({ reason }) => reason === 'takes')
      ? { port: sockets.tuple.destination.port, protocol: sockets.tuple.protocol }
      : undefined
  const reached =
    ending.kind === 'unsent' || decider?.kind === 'unrouted' || decider?.kind === 'sent'
      ? 'client'
      : sockets || ending.kind === 'service'
        ? 'house'
        : decider?.kind === 'chain'
          ? 'gate'
          : 'street'
  const inside = sockets?.kind === 'sockets' && sockets.host !== sandbox.name
  // A story that is told to its end leaves the parcel where it was decided; until then it goes back with the answer.
  const told = story.heard ? there : story.steps
  const packet = packetAt(told, story.packet)
  return {
    parcel: packet && { packet, at: spotOf(told.at(-1), reached, inside) },
    client: story.parcel.client,
    rule: chain?.kind === 'chain' ? { chain: chain.chain, by: chain.by, passed: chain.action === 'accept' } : undefined,
    translated: there.some((step) => step.kind === 'translated'),
    container: delivered && !own ? delivered.host : undefined,
    door: own && delivered ? doorOf(sandbox, delivered.socket.id, delivered.socket.local.port) : undefined,
    service: served?.kind === 'service' ? served.service.name : undefined,
    brick: refusedHere,
    reached,
    good: ending.kind === 'delivered' || ending.kind === 'service' || ending.kind === 'pong' || ending.kind === 'left',
  }
}

/** The door of a socket: its own, or of a connection that has come about the one with its number. */
function doorOf(sandbox: Sandbox, id: string, port: number): string {
  const index = sandbox.sockets.findIndex((one, place) => String(place) === id && !one.peer)
  const door = index >= 0 ? index : sandbox.sockets.findIndex(({ local, peer }) => !peer && local.port === port)
  return String(door)
}

/** The sandbox's machine as pictures of doors take it. */
export const machineOf = (sandbox: Sandbox): Machine => ({
  name: sandbox.name,
  addresses: ownAddresses(sandbox),
  sockets: sandbox.sockets.map(socketOf),
  programs: Object.fromEntries(sandbox.sockets.map(({ program = '' }, index) => [String(index), program])),
})

/** The width of the gatehouse beside the building. */
const GATE = 384

/** A row of doors, with lamps above and names below. */
const ROW = 218

/** Where the lit way ends among the doors: over a lamp, and beside which column it comes down. */
interface Target {
  readonly x: number
  readonly gutter: number
  readonly top: number
}

/** The building, with where its parts are. */
interface House extends Part {
  readonly doorsAt: number
  readonly annexAt: number | undefined
  /** Before the door that is lit. */
  readonly doorstep: Point | undefined
}

/** Draws with one set of colours and words. */
class Picture {
  private readonly focus: Focus

  constructor(
    private readonly sandbox: Sandbox,
    private readonly words: DiagramWords,
    private readonly paint: Paint,
    story: Story | undefined,
  ) {
    this.focus = focusOf(sandbox, story)
  }

  whole(narrow: boolean): SvgNode {
    return narrow ? this.portrait() : this.landscape()
  }

  private landscape(): SvgNode {
    const { clients } = this.sandbox
    const gates = [this.streetDoor(GATE), this.gatehouse(GATE)].filter((part) => part !== undefined)
    const houseWidth = gates.length > 0 ? 590 : 760
    const houseX = 1280 - 34 - houseWidth
    const house = this.house(houseWidth)
    const outside = clients.flatMap((client, index) => (client.role === 'here' ? [] : [{ client, index }]))
    const between = 26
    const gateHeight = gates.reduce((sum, { height }) => sum + height + between, -between)
    const clientHeight = outside.length * 150
    const height = Math.max(house.height, gateHeight, clientHeight, 420) + 60
    const street = height - 30
    const houseY = street - house.height
    const gateX = houseX - 42 - GATE
    const gateY = Math.max(26, Math.min((height - gateHeight) / 2, 220))
    const nodes: SvgNode[] = []
    const places: { readonly index: number; readonly from: Point }[] = []
    const around = gates[0] ? gateY + 46 : houseY + house.doorsAt
    const top = Math.max(14, Math.min(around - (outside.length * 150) / 2, height - outside.length * 150 - 10))
    outside.forEach(({ client, index }, place) => {
      const y = top + place * 150
      nodes.push(this.client(client, index).draw(28, y))
      places.push({ index, from: { x: 176, y: y + 46 } })
    })
    const wires: SvgNode[] = []
    const entry = { x: houseX, y: houseY + house.doorsAt }
    const stops: { readonly part: Part; readonly y: number }[] = []
    let y = gateY
    for (const part of gates) {
      stops.push({ part, y })
      nodes.push(part.draw(gateX, y))
      y += part.height + between
    }
    const [first] = stops
    const last = stops.at(-1)
    const to: Point = first ? { x: gateX, y: first.y + Math.min(46, first.part.height / 2) } : entry
    // What is lit lies over the others.
    const byLight = places.toSorted(
      (a, b) => Number(a.index === this.focus.client) - Number(b.index === this.focus.client),
    )
    for (const { index, from } of byLight) wires.push(this.wire(from, to, index, 'client'))
    if (first && last && first !== last) {
      const x = gateX + 40
      wires.push(this.straight({ x, y: first.y + first.part.height }, { x, y: last.y }, this.lit('gate')))
    }
    if (last)
      wires.push(
        this.wire({ x: gateX + GATE, y: last.y + Math.min(46, last.part.height / 2) }, entry, undefined, 'house'),
      )
    if (house.annexAt !== undefined && this.leadsInside()) {
      const lit = this.focus.container !== undefined
      const beside = first && { x: gateX + GATE, y: first.y + Math.min(46, first.part.height / 2) }
      const sender = places.find(({ index }) => index === this.focus.client) ?? places[0]
      wires.push(this.curve(beside ?? sender?.from ?? entry, { x: houseX, y: houseY + house.annexAt }, lit))
    }
    const [second] = stops.slice(-1)
    const from = places.find(({ index }) => index === this.focus.client)?.from
    const at = (stop: { readonly part: Part; readonly y: number } | undefined): Point | undefined =>
      stop && { x: gateX - 34, y: stop.y + Math.min(46, stop.part.height / 2) }
    const envelope = this.envelope({
      client: from ? { x: from.x + 18, y: from.y } : { x: houseX + 60, y: street - 40 },
      street: (this.hasStreetDoor() ? at(first) : undefined) ?? entry,
      gate: at(second) ?? entry,
      house: house.doorstep ? { x: houseX + house.doorstep.x, y: houseY + house.doorstep.y } : entry,
      wing: house.annexAt === undefined ? entry : { x: houseX - 24, y: houseY + house.annexAt },
    })
    return this.frame(1280, height, street, [...wires, ...nodes, house.draw(houseX, houseY), ...envelope])
  }

  private portrait(): SvgNode {
    const width = 440
    const inner = width - 24
    const outside = this.sandbox.clients.flatMap((client, index) => (client.role === 'here' ? [] : [{ client, index }]))
    const nodes: SvgNode[] = []
    const wires: SvgNode[] = []
    const step = inner / Math.max(1, outside.length)
    const places = outside.map(({ client, index }, place) => {
      const x = 12 + step * place + step / 2
      nodes.push(this.client(client, index).draw(x - 74, 14))
      return { index, from: { x, y: 140 } }
    })
    let y = 190
    const middle = width / 2
    let from: Point | undefined
    const tops: number[] = []
    for (const part of [this.streetDoor(inner), this.gatehouse(inner)]) {
      if (!part) continue
      if (from) wires.push(this.straight(from, { x: middle, y }, this.lit('gate')))
      else for (const place of places) wires.push(this.wire(place.from, { x: middle, y }, place.index, 'client'))
      nodes.push(part.draw(12, y))
      tops.push(y)
      from = { x: middle, y: y + part.height }
      y += part.height + 44
    }
    const house = this.house(inner)
    if (from) wires.push(this.straight(from, { x: middle, y }, this.lit('house')))
    else for (const place of places) wires.push(this.wire(place.from, { x: middle, y }, place.index, 'client'))
    nodes.push(house.draw(12, y))
    const street = y + house.height
    const entry = { x: middle, y: y + 30 }
    const door = (top: number | undefined): Point => (top === undefined ? entry : { x: middle, y: top - 18 })
    const sender = places.find(({ index }) => index === this.focus.client)?.from
    const envelope = this.envelope({
      client: sender ? { x: sender.x, y: sender.y + 14 } : { x: 50, y: street - 40 },
      street: this.hasStreetDoor() ? door(tops[0]) : entry,
      gate: door(tops.at(-1)),
      house: house.doorstep ? { x: 12 + house.doorstep.x, y: y + house.doorstep.y } : entry,
      wing: house.annexAt === undefined ? entry : { x: 60, y: y + house.annexAt },
    })
    return this.frame(width, street + 30, street, [...wires, ...nodes, ...envelope])
  }

  /** The parcel itself, a small envelope with the number it is for. */
  private envelope(spots: Readonly<Record<Spot, Point>>): readonly SvgNode[] {
    const { parcel, good } = this.focus
    if (!parcel) return []
    const { paper, ink, right, wrong, brass } = this.paint
    const { x, y } = spots[parcel.at]
    const tuple = tupleOf(parcel.packet)
    const text = tuple ? `:${tuple.destination.port}` : 'ICMP'
    const width = wide(text, 16, true) + 22
    return [
      group(
        [
          box(-width / 2, -17, width, 34, { rx: 4, fill: paper, stroke: ink, 'stroke-width': 2 }),
          path(`M${-width / 2 + 2} -15L0 -3L${width / 2 - 2} -15`, {
            fill: 'none',
            stroke: brass,
            'stroke-width': 2.5,
          }),
          textAt(0, 12, text, { size: 16, fill: ink, mono: true, anchor: 'middle', weight: 700 }),
          node('circle', {
            cx: width / 2 - 3,
            cy: -15,
            r: 6,
            fill: good ? right : wrong,
            stroke: ink,
            'stroke-width': 1.5,
          }),
        ],
        { class: 'envelope', style: `transform:translate(${x}px,${y}px)` },
      ),
    ]
  }

  private frame(width: number, height: number, street: number, children: readonly SvgNode[]): SvgNode {
    const { sky, skyLow, ground, glow } = this.paint
    const stop = (offset: string, color: string, opacity = 1) =>
      node('stop', { offset, 'stop-color': color, 'stop-opacity': opacity })
    const stars = Array.from({ length: glow > 0 ? 46 : 0 }, (_, index) =>
      node('circle', {
        // Spread without a pattern that one sees, and the same in every picture.
        cx: ((index * 7919) % 1000) * (width / 1000),
        cy: (((index * 104_729) % 1000) / 1000) * (street - 60),
        r: index % 5 === 0 ? 1.6 : 1,
        fill: '#ffffff',
        opacity: 0.25 + (index % 4) * 0.14,
      }),
    )
    return node(
      'svg',
      { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' },
      [
        node('title', {}, [this.words.title(this.sandbox.name)]),
        node('defs', {}, [
          node('linearGradient', { id: 'pa-sky', x1: 0, y1: 0, x2: 0, y2: 1 }, [stop('0', sky), stop('1', skyLow)]),
          node('radialGradient', { id: 'pa-glow' }, [stop('0', '#ffcf6b', glow), stop('1', '#ffcf6b', 0)]),
        ]),
        box(0, 0, width, height, { fill: 'url(#pa-sky)' }),
        ...stars,
        box(0, street, width, height - street, { fill: ground }),
        ...children,
      ],
    )
  }

  /** Whether the lit parcel got beyond what stands before this place. */
  private lit(beyond: 'gate' | 'house'): boolean {
    const { reached, client, container } = this.focus
    if (client === undefined || this.sandbox.clients[client]?.role === 'here') return false
    if (container !== undefined && this.leadsInside() && beyond === 'house') return false
    return beyond === 'gate' ? this.focus.rule !== undefined : reached === 'house'
  }

  private wire(from: Point, to: Point, client: number | undefined, part: 'client' | 'house'): SvgNode {
    const lit = part === 'house' ? this.lit('house') : client === this.focus.client
    return this.curve(from, to, lit)
  }

  private curve(from: Point, to: Point, lit: boolean): SvgNode {
    const sideways = Math.abs(to.x - from.x) > Math.abs(to.y - from.y) || from.x < to.x - 40
    const d = sideways
      ? `M${from.x} ${from.y}C${(from.x + to.x) / 2} ${from.y} ${(from.x + to.x) / 2} ${to.y} ${to.x} ${to.y}`
      : `M${from.x} ${from.y}C${from.x} ${(from.y + to.y) / 2} ${to.x} ${(from.y + to.y) / 2} ${to.x} ${to.y}`
    return this.line(d, to, sideways, lit)
  }

  private straight(from: Point, to: Point, lit: boolean): SvgNode {
    return this.line(`M${from.x} ${from.y}L${to.x} ${to.y}`, to, false, lit)
  }

  /** A wire with dashes that travel with the traffic, and an arrowhead that says the same without motion. */
  private line(d: string, to: Point, sideways: boolean, lit: boolean): SvgNode {
    const { wire, flow, lit: bright } = this.paint
    const colour = lit ? bright : flow
    const tip = sideways ? `M${to.x} ${to.y}l-13 -8v16Z` : `M${to.x} ${to.y}l-8 -13h16Z`
    return group([
      path(d, { fill: 'none', stroke: wire, 'stroke-width': lit ? 9 : 6, 'stroke-linecap': 'round' }),
      path(d, {
        class: 'flow',
        fill: 'none',
        stroke: colour,
        'stroke-width': lit ? 4 : 2.5,
        'stroke-dasharray': '12 10',
      }),
      path(tip, { fill: colour }),
    ])
  }

  private client(client: Client, index: number): Part {
    const { wallDark, edge, pane, frame, text, quiet, lit } = this.paint
    const here = index === this.focus.client
    const mark = here ? lit : edge
    const label = client.addresses[0] ?? '127.0.0.1'
    const house =
      client.role === 'internet'
        ? [
            node('circle', { cx: 74, cy: 40, r: 34, fill: wallDark, stroke: mark, 'stroke-width': here ? 4 : 2.5 }),
            path('M40 40h68M74 6c-22 18 -22 50 0 68M74 6c22 18 22 50 0 68M46 22h56M46 58h56', {
              fill: 'none',
              stroke: mark,
              'stroke-width': 2,
            }),
          ]
        : [
            path('M38 76V34L74 6l36 28v42Z', { fill: wallDark, stroke: mark, 'stroke-width': here ? 4 : 2.5 }),
            box(50, 38, 18, 18, { fill: pane, stroke: frame, 'stroke-width': 2 }),
            box(80, 42, 18, 34, { fill: frame }),
          ]
    return {
      width: 148,
      height: 124,
      draw: (x, y) =>
        at(x, y, [
          ...house,
          textAt(74, 100, this.words.roles[client.role], {
            size: 17,
            fill: text,
            anchor: 'middle',
            weight: 700,
            width: 170,
          }),
          textAt(74, 121, label, { size: 16, fill: quiet, mono: true, anchor: 'middle', width: 172 }),
        ]),
    }
  }

  /** Whether some packets go on to what stands behind the machine. */
  private leadsInside(): boolean {
    return this.hasStreetDoor() || this.sandbox.services.some(({ pods = [] }) => pods.length > 0)
  }

  private hasStreetDoor(): boolean {
    const { nat, containers } = this.sandbox
    return (
      containers.some(({ published }) => published.length > 0) ||
      (nat !== undefined && nat.prerouting.length + nat.postrouting.length + nat.output.length > 0)
    )
  }

  /** The rules that translate: what is published, then what the machine's own rules say. */
  private streetDoor(width: number): Part | undefined {
    if (!this.hasStreetDoor()) return undefined
    const { nat, containers } = this.sandbox
    const family = nat?.family ?? 'ip'
    const published = containers.flatMap(({ name, published: list }) =>
      list.map(
        ({ hostAddress, hostPort, containerPort, protocol }) =>
          `${hostAddress === undefined ? '' : `${hostAddress} `}:${hostPort} → ${name}:${containerPort}${protocol === 'udp' ? '/udp' : ''}`,
      ),
    )
    const rules = [...(nat?.prerouting ?? []), ...(nat?.output ?? []), ...(nat?.postrouting ?? [])]
    const all = [...published, ...rules.map((rule) => nftNatRule(rule, family).replace(/ dnat (ip6? )?to /, ' → '))]
    const lines = all.slice(0, MOST.nat)
    const lit = this.focus.translated
    const { panel, brass, brassRim, brassInk, text, quiet, lit: bright } = this.paint
    const height = 56 + lines.length * 26 + (all.length > lines.length ? 24 : 0)
    return {
      width,
      height,
      draw: (x, y) =>
        at(x, y, [
          box(0, 0, width, height, {
            rx: 10,
            fill: panel,
            stroke: lit ? bright : brassRim,
            'stroke-width': lit ? 4 : 2.5,
          }),
          box(12, -12, wide(this.words.streetDoor, 17) * 1.16 + 30, 34, { rx: 6, fill: brass, stroke: brassRim }),
          textAt(26, 11, this.words.streetDoor, { size: 17, fill: brassInk, weight: 700 }),
          ...lines.map((line, index) =>
            textAt(18, 48 + index * 26, line, { size: 16, fill: text, mono: true, width: width - 32 }),
          ),
          ...(all.length > lines.length
            ? [
                textAt(18, 48 + lines.length * 26, this.words.more(all.length - lines.length), {
                  size: 15,
                  fill: quiet,
                }),
              ]
            : []),
        ]),
    }
  }

  /** The board of rules with a small roof and a barrier: a chain below the other. */
  private gatehouse(width: number): Part | undefined {
    const { chains } = this.sandbox
    if (chains.length === 0) return undefined
    const { panel, edge, text, quiet, wallDark, lit: bright, right, wrong } = this.paint
    const rows: SvgNode[] = []
    let y = 62
    for (const chain of chains) {
      const rule = this.focus.rule?.chain === chain ? this.focus.rule : undefined
      const lines = linesOf(chain, rule?.by)
      rows.push(textAt(18, y, chain.hook, { size: 17, fill: bright, mono: true, weight: 700 }))
      y += 26
      for (const { number, conditions, verdict } of lines) {
        const here = rule !== undefined && rule.by === number
        const colour = here ? (rule.passed ? right : wrong) : text
        if (here)
          rows.push(box(8, y - 19, width - 16, 27, { rx: 5, fill: colour, 'fill-opacity': 0.16, stroke: colour }))
        rows.push(textAt(18, y, number === undefined ? '' : String(number + 1), { size: 15, fill: quiet, mono: true }))
        const end = width - (here ? 40 : 16)
        const room = end - 56 - wide(verdict, 15, true) * 1.04
        rows.push(textAt(44, y, conditions, { size: 15, fill: colour, mono: true, width: room }))
        rows.push(textAt(end, y, verdict, { size: 15, fill: colour, mono: true, anchor: 'end', weight: 700 }))
        if (here) rows.push(this.sign(width - 24, y - 5, rule.passed))
        y += 27
      }
      y += 5
      const here = rule !== undefined && rule.by === 'policy'
      const colour = here ? (rule.passed ? right : wrong) : quiet
      if (here) rows.push(box(8, y - 19, width - 16, 27, { rx: 5, fill: colour, 'fill-opacity': 0.16, stroke: colour }))
      rows.push(
        textAt(18, y, this.words.policy(chain.hook, chain.policy), { size: 15, fill: colour, width: width - 52 }),
      )
      if (here) rows.push(this.sign(width - 24, y - 5, rule.passed))
      y += 36
    }
    const height = y - 18
    return {
      width,
      height,
      draw: (x, top) =>
        at(x, top, [
          path(`M-8 26L16 2H${width - 16}L${width + 8} 26Z`, { fill: wallDark, stroke: edge, 'stroke-width': 2 }),
          box(0, 26, width, height - 26, { fill: panel, stroke: edge, 'stroke-width': 2.5 }),
          textAt(width / 2, 20, this.words.gatehouse, { size: 16, fill: text, anchor: 'middle', weight: 700 }),
          ...rows,
        ]),
    }
  }

  /** A tick or a cross. */
  private sign(x: number, y: number, good: boolean): SvgNode {
    const { right, wrong } = this.paint
    return path(good ? `M${x - 7} ${y}l5 6l9 -12` : `M${x - 6} ${y - 6}l12 12m0 -12l-12 12`, {
      fill: 'none',
      stroke: good ? right : wrong,
      'stroke-width': 3.5,
      'stroke-linecap': 'round',
    })
  }

  /** The machine: annexes on the roof, the sign, the desk, doors and windows, the staff entrance. */
  private house(width: number): House {
    const { wall, wallDark, brick, edge, panel, brass, sign, text, quiet, stone } = this.paint
    const { sandbox, words } = this
    const inner = width - 36
    const wings = this.wings(inner)
    const desks = this.desks(inner)
    const doors = this.doors(inner)
    const here = sandbox.clients.findIndex(({ role }) => role === 'here')
    const addresses = ownAddresses(sandbox)
    const rows: string[] = []
    for (const address of addresses.slice(0, 6)) {
      const row = rows.at(-1)
      if (row !== undefined && wide(`${row} · ${address}`, 18, true) < inner - 30)
        rows[rows.length - 1] = `${row} · ${address}`
      else rows.push(address)
    }
    const signHeight = rows.length * 26 + 16
    const roofY = wings ? wings.height + 12 : 18
    const signY = roofY + 34
    const deskY = signY + signHeight + 20
    const doorsY = desks ? deskY + desks.height + 16 : deskY
    const staffY = doorsY + doors.height + 6
    const height = here >= 0 ? staffY + 74 : staffY + 10
    const isHere = here >= 0 && here === this.focus.client
    const bricks = Array.from({ length: Math.floor((height - roofY - 40) / 24) }, (_, row) =>
      path(`M${row % 2 === 0 ? 0 : 20} ${roofY + 46 + row * 24}H${width}`, {
        stroke: brick,
        'stroke-width': 1,
        'stroke-dasharray': '38 2',
        opacity: 0.75,
      }),
    )
    return {
      width,
      height,
      doorsAt: doorsY - 6,
      doorstep: doors.target && { x: doors.target.x + 18, y: doorsY + doors.target.top + 140 },
      annexAt: wings ? wings.height / 2 + 6 : undefined,
      draw: (x, y) =>
        at(x, y, [
          ...(wings ? [wings.draw(18, 0)] : []),
          box(0, roofY + 22, width, height - roofY - 22, { fill: wall }),
          ...bricks,
          path(`M-14 ${roofY + 24}L10 ${roofY}H${width - 10}L${width + 14} ${roofY + 24}Z`, {
            fill: wallDark,
            stroke: edge,
            'stroke-width': 2,
          }),
          ...Array.from({ length: Math.floor(width / 30) }, (_, index) =>
            node('circle', { cx: 18 + index * 30, cy: roofY + 13, r: 3.5, fill: this.focus.good ? brass : stone }),
          ),
          box(18, signY, inner, signHeight, { rx: 6, fill: panel, stroke: sign, 'stroke-width': 2 }),
          ...rows.map((row, index) =>
            textAt(width / 2, signY + 29 + index * 26, row, {
              size: 18,
              fill: sign,
              mono: true,
              anchor: 'middle',
              weight: 600,
            }),
          ),
          ...(desks ? [desks.draw(18, deskY)] : []),
          doors.draw(18, doorsY),
          ...(doors.target ? [this.corridor(doors.target, doorsY, isHere ? staffY + 37 : undefined)] : []),
          ...(here >= 0
            ? [
                path(`M0 ${staffY}H${width}`, { stroke: edge, 'stroke-width': 2 }),
                this.staffDoor(30, staffY + 12, isHere),
                textAt(84, staffY + 34, words.staff, { size: 16, fill: text, weight: 600, width: width - 100 }),
                textAt(84, staffY + 56, words.roles.here, { size: 15, fill: quiet, width: width - 100 }),
              ]
            : []),
        ]),
    }
  }

  /** The lit way inside: along the wall above the lamps, down beside the doors, to the one that takes the parcel. */
  private corridor({ x, gutter, top }: Target, doorsY: number, staffY: number | undefined): SvgNode {
    const [above, end] = [doorsY + top - 6, { x: x + 18, y: doorsY + top + 4 }]
    const start =
      staffY !== undefined
        ? `M30 ${staffY}H8V${above}`
        : top === 0
          ? `M0 ${above}`
          : `M0 ${doorsY - 6}H${gutter + 18}V${above}`
    return this.line(`${start}H${end.x}V${end.y}`, end, false, true)
  }

  private staffDoor(x: number, y: number, lit: boolean): SvgNode {
    const { frame, pane, stone, lit: bright } = this.paint
    return group([
      box(x, y, 40, 50, { rx: 3, fill: lit ? pane : stone, stroke: lit ? bright : frame, 'stroke-width': 3 }),
      node('circle', { cx: x + 31, cy: y + 27, r: 3, fill: frame }),
    ])
  }

  /** Containers and hosts behind the machine, each with its own doors. */
  private wings(width: number): Part | undefined {
    const { containers, behind, services } = this.sandbox
    const pods = services.flatMap((service) => service.pods ?? [])
    const all = [
      ...containers.map((one) => ({ host: one, label: this.words.annex })),
      ...behind.map((host) => ({ host, label: this.words.behind })),
      ...pods
        .filter((one, index) => pods.findIndex(({ addresses }) => addresses[0] === one.addresses[0]) === index)
        .map((host) => ({ host, label: host.ready === false ? this.words.notReady : this.words.pod })),
    ]
    const shown = all.slice(0, MOST.wings)
    if (shown.length === 0) return undefined
    const columns = Math.max(1, Math.min(shown.length, Math.floor(width / 172)))
    const cell = width / columns
    const rows = Math.ceil(shown.length / columns)
    const height = rows * 118
    const { wallDark, edge, text, quiet, lit: bright, pane, paneInk, frame } = this.paint
    return {
      width,
      height,
      draw: (x, y) =>
        at(
          x,
          y,
          shown.map(({ host, label }, index) => {
            const lit = host.name === this.focus.container
            const left = (index % columns) * cell
            const top = Math.floor(index / columns) * 118
            const ports = [...new Set(host.sockets.filter(({ peer }) => !peer).map(({ local }) => local.port))]
            const room = Math.max(1, Math.floor((cell - 34) / 58))
            return at(left, top, [
              path(`M8 112V14Q8 8 14 8H${cell - 22}Q${cell - 16} 8 ${cell - 16} 14V112Z`, {
                fill: wallDark,
                stroke: lit ? bright : edge,
                'stroke-width': lit ? 4 : 2,
              }),
              textAt(20, 30, host.name, { size: 16, fill: text, weight: 700, width: cell - 48 }),
              textAt(20, 50, host.addresses[0] ?? label, { size: 14.5, fill: quiet, mono: true, width: cell - 40 }),
              ...ports.slice(0, room).flatMap((port, place) => [
                box(20 + place * 58, 62, 52, 28, { rx: 4, fill: pane, stroke: frame, 'stroke-width': 2 }),
                textAt(46 + place * 58, 82, String(port), {
                  size: 16,
                  fill: paneInk,
                  mono: true,
                  anchor: 'middle',
                  weight: 700,
                }),
              ]),
              textAt(20, 107, label, { size: 14, fill: quiet, width: cell - 40 }),
            ])
          }),
        ),
    }
  }

  /** The reception desk: a plate for every Service, with its numbers. */
  private desks(width: number): Part | undefined {
    const { services } = this.sandbox
    const shown = services.slice(0, MOST.desks)
    if (shown.length === 0) return undefined
    const columns = width > 420 ? 2 : 1
    const cell = width / columns
    const rows = Math.ceil(shown.length / columns)
    const more = services.length - shown.length
    const height = 34 + rows * 58 + (more > 0 ? 24 : 0)
    const { panel, text, quiet, brass, brassRim, brassInk, lit: bright } = this.paint
    return {
      width,
      height,
      draw: (x, y) =>
        at(x, y, [
          box(0, 0, width, 28, { rx: 4, fill: brass, stroke: brassRim }),
          textAt(width / 2, 20, this.words.desk, { size: 16, fill: brassInk, anchor: 'middle', weight: 700 }),
          ...shown.map(({ name, type, clusterIP, externalIP, ports }, index) => {
            const lit = name === this.focus.service
            const numbers = ports.map(({ port, nodePort }) => (nodePort === undefined ? port : `${port}:${nodePort}`))
            return at((index % columns) * cell, 34 + Math.floor(index / columns) * 58, [
              box(0, 2, cell - 8, 52, {
                rx: 5,
                fill: panel,
                stroke: lit ? bright : brassRim,
                'stroke-width': lit ? 4 : 1.5,
              }),
              textAt(12, 23, name, { size: 16, fill: text, weight: 700, width: cell * 0.5 - 14 }),
              textAt(cell - 20, 23, type, { size: 14, fill: quiet, anchor: 'end' }),
              textAt(12, 45, externalIP ?? clusterIP, { size: 14.5, fill: quiet, mono: true }),
              textAt(cell - 20, 45, numbers.join(' '), {
                size: 15,
                fill: text,
                mono: true,
                anchor: 'end',
                weight: 700,
                width: cell - 170,
              }),
            ])
          }),
          ...(more > 0 ? [textAt(8, height - 6, this.words.more(more), { size: 15, fill: quiet })] : []),
        ]),
    }
  }

  private doors(width: number): Part & { readonly target: Target | undefined } {
    const all = baysOf(machineOf(this.sandbox))
    const bays = all.filter(({ kind }) => kind === 'listening')
    const calls = all.filter(({ kind }) => kind === 'out').flatMap(({ windows }) => windows)
    const shown = bays.slice(0, MOST.doors)
    const { brick } = this.focus
    const cell = 138
    const columns = Math.max(1, Math.floor(width / cell))
    const placed: { readonly column: number; readonly row: number; readonly bay: Bay | undefined }[] = []
    let column = 0
    let row = 0
    for (const bay of [...shown, ...(brick || shown.length === 0 ? [undefined] : [])]) {
      // A door with windows beside it takes two places.
      const size = bay && bay.windows.length > 0 ? 2 : 1
      if (column + size > columns && column > 0) [column, row] = [0, row + 1]
      placed.push({ column, row, bay })
      column += Math.min(size, columns)
    }
    const step = width / columns
    const more = bays.length - shown.length
    const doorsHeight = (row + 1) * ROW + (more > 0 ? 26 : 0)
    const lines = calls.slice(0, MOST.calls)
    const height = doorsHeight + (lines.length > 0 ? 44 + Math.ceil(lines.length / 2) * 26 : 0)
    const lit = placed.find(({ bay }) => (bay ? bay.id === this.focus.door : brick !== undefined))
    const { text, quiet, edge, panel } = this.paint
    return {
      width,
      height,
      target: lit && { x: lit.column * step + 66, gutter: lit.column * step + 4, top: lit.row * ROW },
      draw: (x, y) =>
        at(x, y, [
          ...placed.map((one) => at(one.column * step, one.row * ROW, this.bay(one.bay, step))),
          ...(more > 0 ? [textAt(8, doorsHeight - 8, this.words.more(more), { size: 16, fill: quiet })] : []),
          ...(lines.length > 0
            ? [
                box(0, doorsHeight, width, height - doorsHeight - 8, { rx: 6, fill: panel, stroke: edge }),
                textAt(12, doorsHeight + 24, this.words.calls(calls.length), { size: 15, fill: text, weight: 600 }),
                ...lines.map(({ local, peer }, index) =>
                  textAt(
                    12 + (index % 2) * (width / 2),
                    doorsHeight + 50 + Math.floor(index / 2) * 26,
                    `:${local.port} → ${peer ? endpointText(peer) : ''}`,
                    { size: 14.5, fill: quiet, mono: true, width: width / 2 - 20 },
                  ),
                ),
              ]
            : []),
        ]),
    }
  }

  /** A door with its lamp, plate and name, and the windows beside it; without a bay a bricked-up doorway. */
  private bay(bay: Bay | undefined, step: number): readonly SvgNode[] {
    const { text, quiet, frame, stone, lamp, brass, brassRim, brassInk, lit: bright, pane, paneInk, wrong } = this.paint
    const arch = 'M30 150V74a36 36 0 0 1 72 0v76Z'
    const stones = path('M22 150V74a44 44 0 0 1 88 0v76Z', { fill: stone, stroke: frame, 'stroke-width': 1.5 })
    if (!bay) {
      const { brick } = this.focus
      return [
        stones,
        path(arch, { fill: '#7c4a44', stroke: brick ? wrong : frame, 'stroke-width': brick ? 4 : 2 }),
        path('M30 92h72M30 110h72M30 128h72M48 76v16M84 76v16M66 92v18M48 110v18M84 110v18M66 128v22M36 58h60', {
          stroke: '#b27d72',
          'stroke-width': 1.5,
        }),
        ...(brick
          ? [
              box(34, 98, 64, 26, { rx: 4, fill: '#3d4263', stroke: '#9aa3c8' }),
              textAt(66, 118, String(brick.port), {
                size: 19,
                fill: '#ffffff',
                mono: true,
                anchor: 'middle',
                weight: 700,
              }),
            ]
          : []),
        textAt(66, 174, this.words.nobody, { size: 15, fill: quiet, anchor: 'middle', width: step - 4 }),
        ...(brick ? [textAt(66, 194, brick.protocol, { size: 15, fill: quiet, mono: true, anchor: 'middle' })] : []),
      ]
    }
    const { id, port, protocol, address, program, windows } = bay
    const lit = id === this.focus.door
    const colour = COLOURS[familyAt(protocol, port)]
    const bind = isWildcard(address)
      ? this.words.everywhere
      : isLoopback(unmapped(address))
        ? this.words.inside
        : this.words.only(address)
    const plate = Math.max(64, wide(String(port), 20, true) + 18)
    return [
      node('circle', { cx: 66, cy: 18, r: lit ? 64 : 46, fill: 'url(#pa-glow)' }),
      path('M58 8h16l5 18H53Z', { fill: lamp, stroke: frame, 'stroke-width': 2 }),
      stones,
      path(arch, { fill: colour, stroke: lit ? bright : frame, 'stroke-width': lit ? 5 : 2.5 }),
      path('M34 72a32 32 0 0 1 64 0Z', { fill: pane, stroke: frame, 'stroke-width': 2 }),
      protocol === 'tcp'
        ? path('M66 74v76M38 128h20v16H38ZM74 128h20v16H74Z', {
            fill: 'none',
            stroke: frame,
            'stroke-width': 1.8,
            opacity: 0.55,
          })
        : box(46, 132, 40, 10, { rx: 3, fill: frame, opacity: 0.6 }),
      box(66 - plate / 2, 90, plate, 30, { rx: 4, fill: brass, stroke: brassRim, 'stroke-width': 1.5 }),
      textAt(66, 112, String(port), { size: 20, fill: brassInk, mono: true, anchor: 'middle', weight: 700 }),
      path('M16 150h100v7H16Z', { fill: stone, stroke: frame, 'stroke-width': 1 }),
      textAt(66, 176, program === '' ? protocol : `${fitted(program, 16, step - 44, false)} · ${protocol}`, {
        size: 16,
        fill: text,
        anchor: 'middle',
        weight: 600,
      }),
      textAt(66, 197, bind, { size: 14.5, fill: quiet, anchor: 'middle', width: step + 4 }),
      ...windows.slice(0, MOST.panes).flatMap((socket, index) => [
        box(step + 2, 40 + index * 28, step - 12, 24, { rx: 3, fill: pane, stroke: frame, 'stroke-width': 1.5 }),
        textAt(step + 8, 57 + index * 28, socket.peer ? endpointText(socket.peer) : '', {
          size: 12.5,
          fill: paneInk,
          mono: true,
          width: step - 22,
        }),
      ]),
      ...(windows.length > MOST.panes
        ? [textAt(step + 8, 57 + MOST.panes * 28, this.words.windows(windows.length), { size: 14.5, fill: quiet })]
        : []),
    ]
  }
}

interface BoardLine {
  readonly number: number | undefined
  readonly conditions: string
  readonly verdict: string
}

/** The lines of a board: its first rules, and the one that decided even if it stands further down. */
function linesOf({ rules, family }: SandboxChain, by: number | 'policy' | undefined): readonly BoardLine[] {
  const all = rules.map((rule, number): BoardLine => {
    const verdict = nftAction(rule.action, family)
    const conditions = nftRule(rule, family).slice(0, -verdict.length).trim()
    return { number, conditions, verdict: verdict.replace('reject with ', '') }
  })
  if (all.length <= MOST.rules) return all
  const shown = all.slice(0, MOST.rules - 1)
  const decided = typeof by === 'number' && by >= shown.length ? all.slice(by, by + 1) : []
  return [...shown, { number: undefined, conditions: '…', verdict: '' }, ...decided]
}

/**
 * The architecture of a sandbox as a picture: clients, wires with dashes in the direction of the traffic, street door,
 * gatehouse, the building with its doors and windows. With a story, the way of its parcel is lit, up to where it was decided.
 */
export const diagram = (sandbox: Sandbox, words: DiagramWords, { theme, narrow, story }: DiagramOptions): SvgNode =>
  new Picture(sandbox, words, theme === 'dark' ? DARK : LIGHT, story).whole(narrow)

/** The picture as a file of its own: with the motion that a page's own style would give it. */
export function standalone(picture: SvgNode): SvgNode {
  return { ...picture, children: [node('style', {}, [MOTION]), ...picture.children] }
}
