import type { Address } from '../net/address'
import type { Endpoint, Protocol } from '../net/tuple'

/** A Pod of a cluster: identical wings of one `app` stand behind a Service. */
export interface PodPlan {
  readonly name: string
  readonly address: Address
  readonly app: string
  /** Where its program listens; at all addresses if `at` is left out. */
  readonly listens: number
  readonly at?: Address
  /** False: its readiness probe fails. */
  readonly ready?: boolean
}

/** A Service with one port; its Pods are those with the same `app`. */
export interface ServicePlan {
  readonly name: string
  readonly app: string
  readonly type: 'ClusterIP' | 'NodePort'
  readonly clusterIP: Address
  readonly port: number
  readonly targetPort?: number
  readonly nodePort?: number
}

/** A cluster with its nodes. `guest` is a Pod of somebody else, from which calls come. */
export interface ClusterPlan {
  readonly nodes: readonly [Address, ...Address[]]
  readonly guest: Address
  readonly pods: readonly PodPlan[]
  readonly services: readonly ServicePlan[]
}

/** A host behind a load balancer, and the ports at which it listens. */
export interface WingPlan {
  readonly name: string
  readonly address: Address
  readonly listens: readonly number[]
}

/** A port of a load balancer and where it leads. As `passthrough` it hands on the caller's own packets. */
export interface DeskPlan {
  readonly mode: 'proxy' | 'passthrough'
  readonly protocol: Protocol
  readonly port: number
  readonly pool: string
  readonly targetPort: number
  readonly wings: readonly string[]
}

export interface BalancerPlan {
  readonly name: string
  readonly address: Address
  readonly desks: readonly DeskPlan[]
  readonly wings: readonly WingPlan[]
  /** Ports without a listener that callers ask for. */
  readonly strange: readonly number[]
}

/** A rollout as it ought to be: balancer, gate before the node, Service, Pod. */
export interface RolloutPlan {
  readonly balancer: Address
  readonly node: Address
  readonly pod: Address
  /** A Pod of somebody else in the same cluster, from which calls come. */
  readonly guest: Address
  readonly service: string
  /** The addresses of the Service and of the one for debugging. */
  readonly clusterIP: Address
  readonly debugIP: Address
  /** The balancer's listener and the Service's port; the port of the nodes; that of the Pods; and one for debugging. */
  readonly port: number
  readonly nodePort: number
  readonly targetPort: number
  readonly debugPort: number
  readonly debugNodePort: number
}

/** What somebody has set in the boxes of a rollout. */
export interface Settings {
  /** Balancer: the port of the node that it calls. */
  readonly server: number
  /** Gate: the port at which it lets the balancer in. */
  readonly rule: number
  /** Service. */
  readonly targetPort: number
  /** Pod: where its program listens. */
  readonly listens: Endpoint
  /** The Service for debugging: its type. */
  readonly debug: 'ClusterIP' | 'NodePort'
  /** Gate: ports that it drops before all else. */
  readonly drops: readonly number[]
  /** Pod: the ports that its manifest declares. */
  readonly declares: readonly number[]
}

/** One change of one setting. */
export type Repair = Partial<Settings>

/** A rollout as it stands: what it ought to be, what is set, and how many settings have been put right so far. */
export interface Standing {
  readonly plan: RolloutPlan
  readonly settings: Settings
  readonly repairs: number
}

/** The boxes on a call's way, in its order. */
export type Stop = 'balancer' | 'gate' | 'node' | 'Pod'

/** Where a label is read at a reception. */
export type ReceptionPlace = Stop | 'Service' | 'wing'

/** What a wave at a reception has besides doors. */
export interface ReceptionPlans {
  readonly cluster?: ClusterPlan
  readonly balancer?: BalancerPlan
  /** So many guests of HTTP/3 are known when the wave begins. */
  readonly guests?: number
  readonly rollout?: RolloutPlan
}

/** What is asked at a reception; each is one maker in `deal-service`, `deal-balancer`, `deal-guest` or `deal-rollout`. */
export type ReceptionKind =
  | 'pod-to-service'
  | 'stranger-to-node-port'
  | 'wrong-number'
  | 'none-ready'
  | 'new-caller'
  | 'no-desk'
  | 'label-at-wing'
  | 'target-rule'
  | 'wing-check'
  | 'quic-initial'
  | 'quic-known'
  | 'quic-moved'
  | 'quic-rule'
  | 'rollout-stop'
  | 'rollout-fix'
  | 'rollout-close'
  | 'rollout-health'
  | 'rollout-scan'

export type ReceptionQuestion =
  'wing' | 'label' | 'opening' | 'guest' | 'stop' | 'repair' | 'close' | 'health' | 'reached'

/** Why it is so; the words of the line stand under this id. */
export type ReceptionWhy =
  | 'cluster-ip'
  | 'node-port'
  | 'no-number'
  | 'not-ready'
  | 'desk'
  | 'desk-closed'
  | 'second-call'
  | 'same-call'
  | 'wing-rule'
  | 'known-id'
  | 'new-id'
  | 'http3-rule'
  | 'stops-at'
  | 'served'
  | 'repaired'
  | 'withdrawn'
  | 'check-passes'
  | 'check-refused'
  | 'check-silent'
  | 'debug-open'
  | 'debug-closed'
  | 'debug-inside'
  | 'balancer-only'
  | 'desk-open'

/** What hangs beside a reception: `kubectl get svc` with the endpoints, or the balancer's settings with its checks. */
export type ReceptionBoard = 'svc' | 'desk'
