import type { Address, Family } from './address'
import { unmapped } from './address'
import type { Errno, IcmpError, KernelSocket, PortSpan } from './kernel'
import { dressed, Kernel, LINUX_EPHEMERAL } from './kernel'
import { Lan } from './lan'
import type { PortLabel, ScenarioRules } from './scenario-rules'
import { rulesOf } from './scenario-rules'
import type { Endpoint, Protocol } from './tuple'

/** One op of a scenario (evidence/kernel/FORMAT.md). Which fields it has depends on `op`. */
export interface Op {
  readonly op: string
  readonly id?: string | undefined
  readonly host?: string | undefined
  readonly proto?: Protocol | undefined
  readonly family?: Family | undefined
  readonly v6only?: boolean | undefined
  readonly reuseaddr?: boolean | undefined
  readonly reuseport?: boolean | undefined
  readonly uid?: number | undefined
  readonly addr?: Address | undefined
  readonly port?: PortLabel | undefined
  readonly src?: Address | undefined
  readonly sport?: PortLabel | undefined
  readonly listen?: boolean | undefined
  readonly to?: readonly [Address, PortLabel] | undefined
  readonly port_range?: readonly [PortLabel, PortLabel] | undefined
  readonly range?: readonly [PortLabel, PortLabel] | undefined
  readonly ids?: readonly string[] | undefined
  readonly late_port?: boolean | undefined
}

export interface Scenario {
  readonly id: string
  readonly kind: string
  /** `lan`: two networks with a router between them (`Lan`); left out: one host. */
  readonly topology?: 'lan' | undefined
  readonly rules?: ScenarioRules | undefined
  readonly ops: readonly Op[]
}

type NamedPair = readonly [Address, PortLabel]

/** The verdict on one op. */
export interface OpVerdict {
  readonly r: string
  readonly at?: 'bind' | 'listen' | 'connect'
  readonly icmp?: IcmpError
  readonly by?: string | null
  readonly got?: readonly string[]
  readonly from?: NamedPair
  readonly members?: readonly string[]
  readonly local?: NamedPair
  readonly peer?: NamedPair | Errno
  readonly in?: boolean
  readonly distinct?: boolean
  readonly n?: number
}

/** The kinds of scenarios with one host and no packet filter: the socket rules. */
export const SOCKET_KINDS: readonly string[] = ['bind', 'demux-tcp', 'demux-udp', 'reply', 'ephemeral']

/** The kinds of scenarios with a router: its filter, its port forwards, its source NAT. */
export const ROUTER_KINDS: readonly string[] = ['filter', 'dnat', 'masquerade']

const FIRST_OF: Readonly<Record<string, number>> = { P: 20000, L: 100, R: 34000 }

/** The number a label stands for in this replay. */
function portOf(label: PortLabel | undefined): number {
  if (typeof label !== 'string') return label ?? 0
  return (FIRST_OF[label[0] ?? ''] ?? 0) + Number(label.slice(1))
}

/** Replays a scenario on the model and returns one verdict an op. `chance` chooses ephemeral ports and group members. */
export function replayScenario(scenario: Scenario, chance: () => number): readonly OpVerdict[] {
  const run = new Run(scenario, chance)
  return scenario.ops.map((op) => run.step(op))
}

interface Failure {
  readonly errno: Errno
}

/** A socket of the scenario, and the kernel it lives in. */
interface Held {
  readonly socket: KernelSocket
  readonly kernel: Kernel
}

class Run {
  private readonly kernels: ReadonlyMap<string, Kernel>
  private readonly sockets = new Map<string, Held>()
  private readonly names = new Map<number, PortLabel>()
  private readonly ephemeral = new Map<string, string>()
  /** Whom a UDP socket heard last, as its owner saw it. */
  private readonly heard = new Map<string, Endpoint>()
  /** Tells the messages apart. */
  private sent = 0

  constructor({ topology, rules, ops }: Scenario, chance: () => number) {
    // Labelled ports lie in the ephemeral range too when R labels occur; chance starts behind them. A port that a
    // translation has to find lies behind them all, so that it is nobody's.
    const ephemeralChance = () => 0.2 + chance() * 0.6
    const natChance = () => 0.97 + chance() * 0.02
    this.kernels =
      topology === 'lan'
        ? new Lan(rulesOf(rules ?? {}, portOf), ephemeralChance, natChance).kernels
        : new Map([['h', new Kernel([], ephemeralChance, LINUX_EPHEMERAL)]])
    for (const op of ops)
      for (const label of [op.port, op.sport, op.to?.[1], ...(op.port_range ?? []), ...(op.range ?? [])])
        if (typeof label === 'string') this.names.set(portOf(label), label)
        else if (label !== undefined && label !== 0) this.names.set(label, label)
    if ([...this.names.values()].some((label) => String(label).startsWith('R')))
      for (let number = 1; number <= 9; number++) this.names.set(portOf(`R${number}`), `R${number}`)
    for (let number = 1; number <= 9; number++)
      for (const letter of ['P', 'L']) this.names.set(portOf(`${letter}${number}`), `${letter}${number}`)
  }

  private name(pair: Endpoint): NamedPair {
    const known =
      this.names.get(pair.port) ??
      this.ephemeral.get(`${unmapped(pair.address)} ${pair.port}`) ??
      this.ephemeral.get(`${pair.port}`)
    return [pair.address, known ?? (pair.port === 0 ? 0 : 'other')]
  }

  private idOf(socket: KernelSocket): string {
    return [...this.sockets].find(([, held]) => held.socket === socket)?.[0] ?? ''
  }

  private learn(id: string): void {
    const { port = 0, address = '' } = this.sockets.get(id)?.socket ?? {}
    if (port === 0 || this.names.has(port)) return
    const [first, last] = LINUX_EPHEMERAL
    const label = `${port >= first && port <= last ? 'E' : 'X'}:${id}`
    for (const key of [`${address} ${port}`, `${port}`]) if (!this.ephemeral.has(key)) this.ephemeral.set(key, label)
  }

  private make(op: Op, id: string): Held {
    const kernel = this.kernels.get(op.host ?? 'h')
    if (!kernel) throw new RangeError(`The model knows no host "${op.host ?? 'h'}".`)
    const range: PortSpan | undefined = op.port_range && [portOf(op.port_range[0]), portOf(op.port_range[1])]
    const socket = kernel.open({
      protocol: op.proto ?? 'tcp',
      family: op.family ?? 4,
      v6only: op.v6only ?? false,
      reuseaddr: op.reuseaddr ?? false,
      reuseport: op.reuseport ?? false,
      uid: op.uid ?? 0,
      ...(range && { range }),
    })
    const held = { socket, kernel }
    this.sockets.set(id, held)
    return held
  }

  private drop(id: string): void {
    const held = this.sockets.get(id)
    held?.kernel.close(held.socket)
    this.sockets.delete(id)
  }

  private abort(id: string): void {
    const held = this.sockets.get(id)
    if (held?.socket.protocol === 'tcp') held.kernel.abort(held.socket)
    else held?.kernel.close(held.socket)
    this.sockets.delete(id)
  }

  step(op: Op): OpVerdict {
    const id = op.id ?? ''
    const held = this.sockets.get(id)
    switch (op.op) {
      case 'open':
        return this.open(op, id)
      case 'connect':
        return this.connect(op, id)
      case 'sendto':
        return this.sendTo(op, id)
      case 'spread':
        return this.spread(op)
      case 'distinct':
        return this.distinct(op.ids ?? [])
      default:
        return held ? this.onSocket(op, id, held) : { r: 'skipped' }
    }
  }

  private onSocket(op: Op, id: string, held: Held): OpVerdict {
    const { socket, kernel } = held
    switch (op.op) {
      case 'bind': {
        const refused = kernel.bind(socket, op.addr ?? '', portOf(op.port))
        this.learn(id)
        return refused ? { r: refused.errno, at: 'bind' } : { r: 'ok' }
      }
      case 'listen': {
        const refused = kernel.listen(socket)
        this.learn(id)
        return refused ? { r: refused.errno, at: 'listen' } : { r: 'ok' }
      }
      case 'close':
        this.drop(id)
        return { r: 'ok' }
      case 'abort':
        this.abort(id)
        return { r: 'ok' }
      case 'send':
        return socket.protocol === 'tcp' ? this.sendTcp(id, held) : this.sendUdp(held, undefined)
      case 'reply': {
        const heard = this.heard.get(id)
        return heard ? this.reply(held, heard) : { r: 'skipped' }
      }
      case 'recv': {
        const outcome = kernel.receiveTcp(socket)
        return { r: typeof outcome === 'string' ? outcome : outcome.errno }
      }
      case 'names': {
        const peer = kernel.peerName(socket)
        return {
          r: 'ok',
          local: this.name(kernel.localName(socket)),
          peer: 'errno' in peer ? peer.errno : this.name(peer),
        }
      }
      case 'inrange': {
        const [first, last] = op.range ? [portOf(op.range[0]), portOf(op.range[1])] : LINUX_EPHEMERAL
        return { r: 'ok', in: first <= socket.port && socket.port <= last }
      }
      default:
        throw new RangeError(`The model knows no op "${op.op}".`)
    }
  }

  private open(op: Op, id: string): OpVerdict {
    const { socket, kernel } = this.make(op, id)
    const wildcard = socket.family === 4 ? '0.0.0.0' : '::'
    const bound = op.port === undefined ? undefined : kernel.bind(socket, op.addr ?? wildcard, portOf(op.port))
    this.learn(id)
    if (bound) return this.refuse(id, bound, 'bind')
    const listening = op.listen ? kernel.listen(socket) : undefined
    this.learn(id)
    if (listening) return this.refuse(id, listening, 'listen')
    return op.to ? this.connect({ op: 'connect', id, addr: op.to[0], port: op.to[1] }, id) : { r: 'ok' }
  }

  private refuse(id: string, { errno }: Failure, at: 'bind' | 'listen' | 'connect'): OpVerdict {
    this.drop(id)
    return { r: errno, at }
  }

  /** A new socket of an op, bound if the op says where. */
  private fresh(op: Op, id: string): Held | OpVerdict {
    const held = this.make(op, id)
    if (op.src === undefined && op.sport === undefined && !op.late_port) return held
    const { socket, kernel } = held
    const refused = kernel.bind(socket, op.src ?? (socket.family === 4 ? '0.0.0.0' : '::'), portOf(op.sport))
    if (refused) return this.refuse(id, refused, 'bind')
    this.learn(id)
    return held
  }

  private connect(op: Op, id: string): OpVerdict {
    const held = this.sockets.get(id) ?? this.fresh(op, id)
    if ('r' in held) return held
    const [address, port] = [op.addr ?? '', portOf(op.port)]
    if (held.socket.protocol === 'tcp') return this.connectTcp(held, id, address, port)
    const refused = held.kernel.connectUdp(held.socket, address, port)
    if (refused) return { r: refused.errno, at: 'connect' }
    this.learn(id)
    return { r: 'ok' }
  }

  private connectTcp(held: Held, id: string, address: Address, port: number): OpVerdict {
    const { socket, kernel } = held
    const outcome = kernel.connectTcp(socket, address, port)
    this.learn(id)
    if (outcome === 'self') return { r: 'self' }
    if (outcome !== 'connected') {
      const icmp = kernel.takeIcmp(socket)
      this.drop(id)
      return { r: outcome === 'timeout' ? outcome : outcome.errno, at: 'connect', ...(icmp && { icmp }) }
    }
    const accepted = this.accept()
    if (!accepted) return { r: 'ok', by: null }
    this.sockets.set(`${id}.s`, accepted.end)
    return { r: 'ok', by: accepted.by }
  }

  /** The first listener in whose queue a connection waits hands it over. */
  private accept() {
    for (const [by, { socket, kernel }] of this.sockets) {
      const waiting = kernel.accept(socket)
      if (waiting) return { by, end: { socket: waiting.end, kernel }, group: waiting.group }
    }
    return undefined
  }

  private message(): Uint8Array {
    return Uint8Array.of(++this.sent >> 8, this.sent & 255)
  }

  private sendTcp(id: string, { socket, kernel }: Held): OpVerdict {
    const message = this.message()
    const refused = kernel.sendTcp(socket, message)
    if (refused) return this.failure(refused, { socket, kernel })
    const got = [...this.sockets].flatMap(([other, { socket: one }]) => {
      if (one.protocol !== 'tcp' || other === id || one.unread.length === 0) return []
      const whole = one.unread.length === 1 && one.unread[0]?.payload === message
      one.unread.length = 0
      return [whole ? other : `${other}:stale`]
    })
    return got.length > 0 ? { r: 'ok', got: got.toSorted() } : { r: 'timeout' }
  }

  private failure({ errno }: Failure, { socket, kernel }: Held): OpVerdict {
    const icmp = kernel.takeIcmp(socket)
    return { r: errno, ...(icmp && { icmp }) }
  }

  private sendTo(op: Op, id: string): OpVerdict {
    const held = this.sockets.get(id) ?? this.fresh(op, id)
    if ('r' in held) return held
    const verdict = this.sendUdp(held, { address: op.addr ?? '', port: portOf(op.port) }, id)
    return verdict
  }

  private sendUdp(held: Held, to: Endpoint | undefined, newId?: string): OpVerdict {
    const message = this.message()
    const refused = held.kernel.sendUdp(held.socket, to, message)
    if (refused) return this.failure(refused, held)
    if (newId !== undefined) this.learn(newId)
    return this.collect(held, message)
  }

  private reply(held: Held, to: Endpoint): OpVerdict {
    const message = this.message()
    const refused = held.kernel.sendUdp(held.socket, to, message)
    return refused ? { r: refused.errno } : this.collect(held, message)
  }

  /** Who has got a datagram: every UDP socket where one waits reads one, and the sender hears of an error if none has. */
  private collect(sender: Held, message: Uint8Array): OpVerdict {
    const got: string[] = []
    let from: NamedPair | undefined
    for (const [id, { socket, kernel }] of this.sockets) {
      if (socket.protocol !== 'udp' || socket.unread.length === 0) continue
      const error = kernel.takeError(socket)
      const read = error ? undefined : socket.unread.shift()
      if (read?.payload === message) {
        const seen = { address: dressed(socket, read.from.address), port: read.from.port }
        this.heard.set(id, seen)
        from = this.name(seen)
        got.push(id)
      } else got.push(error ? `${id}:${error.errno}` : `${id}:stale`)
    }
    if (got.length > 0) return { r: 'ok', got: got.toSorted(), ...(from && { from }) }
    const { socket, kernel } = sender
    if (socket.error === undefined && socket.errors.length === 0) return { r: 'timeout' }
    return this.failure(kernel.takeError(socket) ?? { errno: 'ECONNREFUSED' }, sender)
  }

  /** Forty-eight attempts find every member of a group, so the group is the answer. */
  private spread(op: Op): OpVerdict {
    const id = `${op.id ?? ''}#0`
    const held = this.fresh({ ...op, sport: op.src === undefined ? undefined : 0 }, id)
    if ('r' in held) return held
    const [address, port] = [op.addr ?? '', portOf(op.port)]
    return held.socket.protocol === 'tcp'
      ? this.spreadTcp(held, id, address, port)
      : this.spreadUdp(held, id, address, port)
  }

  private spreadTcp({ socket, kernel }: Held, id: string, address: Address, port: number): OpVerdict {
    const outcome = kernel.connectTcp(socket, address, port)
    const accepted = outcome === 'connected' ? this.accept() : undefined
    accepted?.end.kernel.abort(accepted.end.socket)
    this.abort(id)
    if (outcome !== 'connected') return { r: typeof outcome === 'string' ? outcome : outcome.errno, members: [] }
    const members = accepted ? accepted.group.map((member) => this.idOf(member)) : ['ok']
    return { r: 'ok', members: members.toSorted() }
  }

  private spreadUdp(held: Held, id: string, address: Address, port: number): OpVerdict {
    const { socket, kernel } = held
    const message = this.message()
    const refused = kernel.connectUdp(socket, address, port) ?? kernel.sendUdp(socket, undefined, message)
    const waiting = [...this.sockets.values()].flatMap(({ socket: one }) => one.unread)
    const group = waiting.find(({ payload }) => payload === message)?.group ?? []
    const { r } = refused ? { r: refused.errno } : this.collect(held, message)
    this.drop(id)
    return { r, members: group.map((member) => this.idOf(member)).toSorted() }
  }

  private distinct(ids: readonly string[]): OpVerdict {
    const ports = ids.flatMap((id) => this.sockets.get(id)?.socket.port ?? [])
    return { r: 'ok', distinct: new Set(ports).size === ports.length, n: ports.length }
  }
}
