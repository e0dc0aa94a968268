import type { Address, Family } from './address'
import { unmapped } from './address'
import type { Errno, IcmpError, KernelSocket, PortSpan } from './kernel'
import { dressed, Kernel, LINUX_EPHEMERAL } from './kernel'
import type { Protocol } from './tuple'

/** A port as scenarios write it: a number, or a label such as `P1`, `L2`, `R3`. */
export type PortLabel = number | string

/** One op of a scenario (evidence/kernel/FORMAT.md). Which fields it has depends on `op`. */
export interface Op {
  readonly op: string
  readonly id?: string | undefined
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

const FIRST_OF: Readonly<Record<string, number>> = { P: 20000, L: 100, R: 34000 }

/** The number a label stands for in this replay. */
function portOf(label: PortLabel | undefined): number {
  if (typeof label !== 'string') return label ?? 0
  return (FIRST_OF[label[0] ?? ''] ?? 0) + Number(label.slice(1))
}

/** Replays a scenario on the model and returns one verdict an op. `chance` chooses ephemeral ports and group members. */
export function replayScenario({ ops }: Scenario, chance: () => number): readonly OpVerdict[] {
  const run = new Run(chance, ops)
  return ops.map((op) => run.step(op))
}

interface Failure {
  readonly errno: Errno
  readonly icmp?: IcmpError
}

const isFailure = (value: unknown): value is Failure => typeof value === 'object' && value !== null && 'errno' in value

class Run {
  private readonly kernel: Kernel
  private readonly sockets = new Map<string, KernelSocket>()
  private readonly names = new Map<number, PortLabel>()
  private readonly ephemeral = new Map<string, string>()
  /** Whom a UDP socket heard last. */
  private readonly heard = new Map<string, { readonly address: Address; readonly port: number }>()
  /** Sockets that met themselves keep what they said unread. */
  private readonly unread = new Set<string>()

  constructor(chance: () => number, ops: readonly Op[]) {
    // Labelled ports lie in the ephemeral range too when R labels occur; chance starts behind them.
    this.kernel = new Kernel([], () => 0.2 + chance() * 0.6, LINUX_EPHEMERAL)
    for (const op of ops)
      for (const label of [op.port, op.sport, op.to?.[1], ...(op.port_range ?? []), ...(op.range ?? [])])
        if (typeof label === 'string') this.names.set(portOf(label), label)
        else if (label !== undefined && label !== 0) this.names.set(label, label)
    if ([...this.names.values()].some((label) => String(label).startsWith('R')))
      for (let number = 1; number <= 9; number++) this.names.set(portOf(`R${number}`), `R${number}`)
    for (let number = 1; number <= 9; number++)
      for (const letter of ['P', 'L']) this.names.set(portOf(`${letter}${number}`), `${letter}${number}`)
  }

  private name(pair: { readonly address: Address; readonly port: number }): NamedPair {
    const known =
      this.names.get(pair.port) ??
      this.ephemeral.get(`${unmapped(pair.address)} ${pair.port}`) ??
      this.ephemeral.get(`${pair.port}`)
    return [pair.address, known ?? (pair.port === 0 ? 0 : 'other')]
  }

  private idOf(socket: KernelSocket | undefined): string {
    return [...this.sockets].find(([, one]) => one === socket)?.[0] ?? ''
  }

  private learn(id: string): void {
    const { port = 0, address = '' } = this.sockets.get(id) ?? {}
    if (port === 0 || this.names.has(port)) return
    const [first, last] = LINUX_EPHEMERAL
    const label = `${port >= first && port <= last ? 'E' : 'X'}:${id}`
    for (const key of [`${address} ${port}`, `${port}`]) if (!this.ephemeral.has(key)) this.ephemeral.set(key, label)
  }

  private make(op: Op, id: string): KernelSocket {
    const range: PortSpan | undefined = op.port_range && [portOf(op.port_range[0]), portOf(op.port_range[1])]
    const made = this.kernel.open({
      protocol: op.proto ?? 'tcp',
      family: op.family ?? 4,
      v6only: op.v6only ?? false,
      reuseaddr: op.reuseaddr ?? false,
      reuseport: op.reuseport ?? false,
      uid: op.uid ?? 0,
      ...(range && { range }),
    })
    this.sockets.set(id, made)
    return made
  }

  private drop(id: string): void {
    const socket = this.sockets.get(id)
    if (!socket) return
    if (this.unread.has(id)) this.kernel.abort(socket)
    else this.kernel.close(socket)
    this.sockets.delete(id)
  }

  step(op: Op): OpVerdict {
    const id = op.id ?? ''
    const socket = this.sockets.get(id)
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
        return socket ? this.onSocket(op, id, socket) : { r: 'skipped' }
    }
  }

  private onSocket(op: Op, id: string, socket: KernelSocket): OpVerdict {
    switch (op.op) {
      case 'bind': {
        const refused = this.kernel.bind(socket, op.addr ?? '', portOf(op.port))
        this.learn(id)
        return refused ? { r: refused.errno, at: 'bind' } : { r: 'ok' }
      }
      case 'listen': {
        const refused = this.kernel.listen(socket)
        this.learn(id)
        return refused ? { r: refused.errno, at: 'listen' } : { r: 'ok' }
      }
      case 'close':
        this.drop(id)
        return { r: 'ok' }
      case 'abort':
        if (socket.protocol === 'tcp') this.kernel.abort(socket)
        else this.kernel.close(socket)
        this.sockets.delete(id)
        return { r: 'ok' }
      case 'send':
        return socket.protocol === 'tcp'
          ? this.sendTcp(id, socket)
          : this.deliver(this.kernel.sendUdp(socket, undefined))
      case 'reply': {
        const heard = this.heard.get(id)
        return heard ? this.deliver(this.kernel.sendUdp(socket, heard)) : { r: 'skipped' }
      }
      case 'recv': {
        const outcome = this.kernel.receiveTcp(socket)
        return { r: this.unread.delete(id) ? 'data' : isFailure(outcome) ? outcome.errno : outcome }
      }
      case 'names': {
        const peer = this.kernel.peerName(socket)
        return {
          r: 'ok',
          local: this.name(this.kernel.localName(socket)),
          peer: isFailure(peer) ? peer.errno : this.name(peer),
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
    const socket = this.make(op, id)
    const wildcard = socket.family === 4 ? '0.0.0.0' : '::'
    const bound = op.port === undefined ? undefined : this.kernel.bind(socket, op.addr ?? wildcard, portOf(op.port))
    this.learn(id)
    if (bound) return this.refuse(id, bound, 'bind')
    const listening = op.listen ? this.kernel.listen(socket) : undefined
    this.learn(id)
    if (listening) return this.refuse(id, listening, 'listen')
    return op.to ? this.connect({ op: 'connect', id, addr: op.to[0], port: op.to[1] }, id) : { r: 'ok' }
  }

  private refuse(id: string, { errno }: Failure, at: 'bind' | 'listen' | 'connect'): OpVerdict {
    this.drop(id)
    return { r: errno, at }
  }

  /** A new socket of an op, bound if the op says where. */
  private fresh(op: Op, id: string): KernelSocket | OpVerdict {
    const socket = this.make(op, id)
    if (op.src === undefined && op.sport === undefined && !op.late_port) return socket
    const refused = this.kernel.bind(socket, op.src ?? (socket.family === 4 ? '0.0.0.0' : '::'), portOf(op.sport))
    if (refused) return this.refuse(id, refused, 'bind')
    this.learn(id)
    return socket
  }

  private connect(op: Op, id: string): OpVerdict {
    const socket = this.sockets.get(id) ?? this.fresh(op, id)
    if ('r' in socket) return socket
    if (socket.protocol === 'tcp') return this.connectTcp(socket, id, op.addr ?? '', portOf(op.port))
    const refused = this.kernel.connectUdp(socket, op.addr ?? '', portOf(op.port))
    if (refused) return { r: refused.errno, at: 'connect' }
    this.learn(id)
    return { r: 'ok' }
  }

  private connectTcp(socket: KernelSocket, id: string, address: Address, port: number): OpVerdict {
    const outcome = this.kernel.connectTcp(socket, address, port)
    if (isFailure(outcome)) return this.refuse(id, outcome, 'connect')
    this.learn(id)
    if (outcome === 'self') return { r: 'self' }
    this.sockets.set(`${id}.s`, outcome.end)
    return { r: 'ok', by: this.idOf(outcome.listener) }
  }

  private sendTcp(id: string, socket: KernelSocket): OpVerdict {
    const outcome = this.kernel.sendTcp(socket)
    if (outcome === socket) this.unread.add(id)
    if (outcome === undefined || outcome === socket) return { r: 'timeout' }
    if (isFailure(outcome)) return { r: outcome.errno }
    const got = this.idOf(outcome)
    return got === '' ? { r: 'timeout' } : { r: 'ok', got: [got] }
  }

  private sendTo(op: Op, id: string): OpVerdict {
    const socket = this.sockets.get(id) ?? this.fresh(op, id)
    if ('r' in socket) return socket
    const outcome = this.kernel.sendUdp(socket, { address: op.addr ?? '', port: portOf(op.port) })
    this.learn(id)
    return this.deliver(outcome)
  }

  private deliver(outcome: ReturnType<Kernel['sendUdp']>): OpVerdict {
    if (outcome === undefined) return { r: 'timeout' }
    if (isFailure(outcome)) return { r: outcome.errno, ...(outcome.icmp && { icmp: outcome.icmp }) }
    const [receiver] = outcome.group
    const id = this.idOf(receiver)
    if (!receiver || id === '') return { r: 'timeout' }
    const from = { address: dressed(receiver, outcome.from.address), port: outcome.from.port }
    this.heard.set(id, from)
    return { r: 'ok', got: [id], from: this.name(from) }
  }

  /** Forty-eight attempts find every member of a group, so the group is the answer. */
  private spread(op: Op): OpVerdict {
    const id = `${op.id ?? ''}#0`
    const socket = this.make(op, id)
    const [address, port] = [op.addr ?? '', portOf(op.port)]
    if (socket.protocol === 'tcp') {
      const outcome = this.kernel.connectTcp(socket, address, port)
      const members = isFailure(outcome) || outcome === 'self' ? [] : outcome.group.map((member) => this.idOf(member))
      const r = isFailure(outcome) ? outcome.errno : 'ok'
      if (!isFailure(outcome) && outcome !== 'self') this.kernel.abort(outcome.end)
      this.kernel.abort(socket)
      this.sockets.delete(id)
      return { r, members: members.toSorted() }
    }
    const refused = this.kernel.connectUdp(socket, address, port)
    const outcome = refused ?? this.kernel.sendUdp(socket, undefined)
    const failure = isFailure(outcome) ? outcome.errno : outcome ? undefined : 'timeout'
    const members = outcome && !isFailure(outcome) ? outcome.group.map((member) => this.idOf(member)) : []
    this.drop(id)
    return { r: failure ?? 'ok', members: members.toSorted() }
  }

  private distinct(ids: readonly string[]): OpVerdict {
    const ports = ids.flatMap((id) => this.sockets.get(id)?.port ?? [])
    return { r: 'ok', distinct: new Set(ports).size === ports.length, n: ports.length }
  }
}
