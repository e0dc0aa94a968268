import type { Verdict, VerdictKind } from '../net/verdict'
import { sameVerdict } from '../net/verdict'
import type { Endpoint } from '../net/tuple'
import type { PortRange } from '../ports/range'
import type { Plan } from './plan'
import { samePlan } from './plan'
import type { Told } from './told'
import { toldKey } from './told'

/** The errors with which a kernel refuses a bind or a connect. */
export type RefusalKind = 'eaddrinuse' | 'eacces' | 'eaddrnotavail'

/** How many port numbers a host uses, and how many sockets it has. */
export interface Count {
  readonly ports: number
  readonly sockets: number
}

/**
 * What the player may do: what a host could do with a packet, say which range its port is in, write the label of an answer,
 * judge a program's request as the kernel would, choose a port number, say how many ports and sockets there will be, say what
 * a box on the way does, plan rules and lamps for the night, or let the next visitor come.
 */
export type Choice =
  | Verdict
  | { readonly kind: 'range'; readonly range: PortRange }
  | { readonly kind: 'reply'; readonly source: Endpoint; readonly destination: Endpoint }
  | { readonly kind: 'grant' }
  | { readonly kind: RefusalKind }
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'count'; readonly count: Count }
  | { readonly kind: 'tell'; readonly told: Told }
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'let' }

export type ChoiceKind =
  VerdictKind | 'range' | 'reply' | 'grant' | RefusalKind | 'port' | 'count' | 'tell' | 'plan' | 'let'

/** What the errand at the desk asks of the player. */
export type Question = 'route' | 'range' | 'reply' | 'bind' | 'connect' | 'count' | 'tell' | 'plan' | 'visit'

/**
 * The lines of the papers. `type` stands for ICMP's type and code; `options` and `user` are those of a program's request,
 * `count` is the sum of a bet; `rule` is a line of the rule board, `answer` what came back, `payload` the first bytes.
 */
export type FieldName =
  | 'protocol'
  | 'source'
  | 'sourcePort'
  | 'destination'
  | 'destinationPort'
  | 'flags'
  | 'type'
  | 'options'
  | 'user'
  | 'count'
  | 'rule'
  | 'answer'
  | 'payload'

const sameEndpoint = (a: Endpoint, b: Endpoint) => a.address === b.address && a.port === b.port

/** True when both are the same act. */
export function sameChoice(a: Choice, b: Choice): boolean {
  switch (a.kind) {
    case 'range':
      return b.kind === 'range' && a.range === b.range
    case 'reply':
      return b.kind === 'reply' && sameEndpoint(a.source, b.source) && sameEndpoint(a.destination, b.destination)
    case 'port':
      return b.kind === 'port' && a.port === b.port
    case 'count':
      return b.kind === 'count' && a.count.ports === b.count.ports && a.count.sockets === b.count.sockets
    case 'tell':
      return b.kind === 'tell' && toldKey(a.told) === toldKey(b.told)
    case 'plan':
      return b.kind === 'plan' && samePlan(a.plan, b.plan)
    case 'listener':
    case 'connection':
      return (b.kind === 'listener' || b.kind === 'connection') && sameVerdict(a, b)
    default:
      return a.kind === b.kind
  }
}
