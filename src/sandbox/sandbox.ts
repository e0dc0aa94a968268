import * as v from 'valibot'
import type { Address, Family } from '../net/address'
import { familyOf, parseAddress } from '../net/address'
import { SOCKET_STATES } from '../net/socket'

/** Limits of a sandbox: far more than a lesson takes, and little enough to draw and to answer at once. */
export const MOST = {
  name: 40,
  interfaces: 6,
  addresses: 6,
  sockets: 300,
  chains: 12,
  rules: 200,
  ports: 32,
  containers: 30,
  published: 40,
  hosts: 10,
  services: 60,
  pods: 12,
  calls: 40,
  clients: 8,
  parcels: 20,
} as const

const whole = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high))
const list = <S extends v.GenericSchema>(item: S, most: number) => v.pipe(v.array(item), v.maxLength(most))

/** Names as tools take them: no spaces, nothing that could be markup. */
const Name = v.pipe(v.string(), v.regex(/^[\w.@:+-]{1,40}$/))
const MaybeName = v.pipe(v.string(), v.regex(/^[\w.@:+/ -]{0,40}$/))

/** An address in its canonical text. */
const AddressSchema = v.pipe(
  v.string(),
  v.maxLength(45),
  v.check((text) => parseAddress(text) === text),
)

/** True for `address` or `address/length` with a length that its family has. */
export function isPrefix(text: string): boolean {
  const [address = '', length, ...more] = text.split('/')
  if (more.length > 0 || parseAddress(address) !== address) return false
  if (length === undefined) return true
  return /^\d{1,3}$/.test(length) && Number(length) <= (familyOf(address) === 4 ? 32 : 128)
}

const PrefixSchema = v.pipe(v.string(), v.maxLength(50), v.check(isPrefix))
/** An address of an interface always says how large its network is. */
const InterfaceAddress = v.pipe(
  PrefixSchema,
  v.check((text) => text.includes('/')),
)

const Port = whole(0, 65535)
const RealPort = whole(1, 65535)
const ProtocolSchema = v.picklist(['tcp', 'udp'])
const EndpointSchema = v.object({ address: AddressSchema, port: Port })

const SocketSchema = v.object({
  protocol: ProtocolSchema,
  local: EndpointSchema,
  peer: v.exactOptional(EndpointSchema),
  state: v.picklist(SOCKET_STATES),
  /** IPV6_V6ONLY. */
  v6only: v.exactOptional(v.boolean()),
  program: v.exactOptional(MaybeName),
})
export type SandboxSocket = v.InferOutput<typeof SocketSchema>

const PortMatchSchema = v.union([
  Port,
  v.pipe(
    v.object({ from: Port, to: Port }),
    v.check(({ from, to }) => from <= to),
  ),
])

const MatchSchema = v.object({
  protocol: v.exactOptional(v.picklist(['tcp', 'udp', 'icmp', 'icmp6'])),
  source: v.exactOptional(PrefixSchema),
  destination: v.exactOptional(PrefixSchema),
  sourcePort: v.exactOptional(v.pipe(v.array(PortMatchSchema), v.minLength(1), v.maxLength(MOST.ports))),
  destinationPort: v.exactOptional(v.pipe(v.array(PortMatchSchema), v.minLength(1), v.maxLength(MOST.ports))),
  iif: v.exactOptional(Name),
  oif: v.exactOptional(Name),
  state: v.exactOptional(list(v.picklist(['new', 'established', 'related', 'invalid']), 4)),
  status: v.exactOptional(list(v.picklist(['snat', 'dnat', 'seen-reply', 'assured', 'confirmed']), 5)),
  local: v.exactOptional(v.boolean()),
})

/** What a rule of the board can do, in the order in which it is offered. */
export const ACTIONS = ['accept', 'drop', 'reset', 'port-unreachable', 'host-unreachable', 'admin-prohibited'] as const
export const HOOKS = ['input', 'forward', 'output'] as const

const RuleSchema = v.object({ match: MatchSchema, action: v.picklist(ACTIONS) })

const ChainSchema = v.object({
  name: Name,
  family: v.picklist(['inet', 'ip', 'ip6']),
  hook: v.picklist(HOOKS),
  priority: v.exactOptional(whole(-500, 500)),
  policy: v.picklist(['accept', 'drop']),
  rules: list(RuleSchema, MOST.rules),
  /** Rules that are missing, because they could not be read: before the `at`th, at most for packets of `match`. */
  gaps: v.exactOptional(list(v.object({ at: whole(0, MOST.rules), match: MatchSchema }), MOST.rules)),
})
export type SandboxChain = v.InferOutput<typeof ChainSchema>
export type SandboxRule = v.InferOutput<typeof RuleSchema>

const Target = v.object({ address: AddressSchema, port: v.exactOptional(RealPort) })
const NatRuleSchema = v.object({
  match: MatchSchema,
  translation: v.variant('kind', [
    v.object({ kind: v.literal('dnat'), to: Target }),
    v.object({ kind: v.literal('snat'), to: Target }),
    v.object({ kind: v.literal('redirect'), port: v.exactOptional(RealPort) }),
    v.object({ kind: v.literal('masquerade') }),
  ]),
})
export type SandboxNatRule = v.InferOutput<typeof NatRuleSchema>

const NatSchema = v.object({
  family: v.exactOptional(v.picklist(['inet', 'ip', 'ip6'])),
  prerouting: list(NatRuleSchema, MOST.rules),
  output: list(NatRuleSchema, MOST.rules),
  postrouting: list(NatRuleSchema, MOST.rules),
})

const HostSchema = v.object({
  name: Name,
  addresses: list(AddressSchema, MOST.addresses),
  sockets: list(SocketSchema, MOST.sockets),
})

const PublishSchema = v.object({
  protocol: ProtocolSchema,
  hostAddress: v.exactOptional(AddressSchema),
  hostPort: RealPort,
  containerPort: RealPort,
})

const ContainerSchema = v.object({ ...HostSchema.entries, published: list(PublishSchema, MOST.published) })

/** A Pod behind a Service; one that is not ready gets nothing (Kubernetes: Pod readiness). */
const PodSchema = v.object({ ...HostSchema.entries, ready: v.exactOptional(v.boolean()) })

const ServiceSchema = v.object({
  name: Name,
  type: v.picklist(['ClusterIP', 'NodePort', 'LoadBalancer']),
  clusterIP: AddressSchema,
  externalIP: v.exactOptional(AddressSchema),
  ports: list(
    v.object({
      protocol: ProtocolSchema,
      port: RealPort,
      /** The port of the Pods; the same as `port` if left out. */
      targetPort: v.exactOptional(RealPort),
      nodePort: v.exactOptional(RealPort),
    }),
    MOST.published,
  ),
  /** Left out where nobody knows them: `kubectl get svc` does not say. */
  pods: v.exactOptional(list(PodSchema, MOST.pods)),
})

/**
 * Who somebody is: on this machine, on its network, somewhere in the internet, or inside: behind a machine that forwards.
 * Chooses the words and the picture.
 */
export const ROLES = ['here', 'neighbour', 'internet', 'inside'] as const

const ClientSchema = v.object({
  role: v.picklist(ROLES),
  /** Of each family at most one; none for who is on this machine. */
  addresses: list(AddressSchema, 2),
  /** The interface where its packets come in; `lo` from this machine. */
  iif: Name,
})
export type Client = v.InferOutput<typeof ClientSchema>

/** What may be sent: the kinds of TCP segments that matter, a datagram, a ping, and an ICMP error (host unreachable). */
export const PARCEL_KINDS = ['syn', 'syn-ack', 'data', 'fin', 'rst', 'udp', 'ping', 'error'] as const

const ParcelSchema = v.object({
  /** Index of the client that sends it. */
  client: whole(0, MOST.clients - 1),
  kind: v.picklist(PARCEL_KINDS),
  sourcePort: Port,
  to: EndpointSchema,
  /** Another source address than the client's own, as in a recorded packet. */
  source: v.exactOptional(AddressSchema),
  /** Of an ICMP error: for whom the packet was that it quotes; `to` is who sent that. The sender itself if left out. */
  quotes: v.exactOptional(v.object({ ...EndpointSchema.entries, protocol: v.exactOptional(ProtocolSchema) })),
})
export type Parcel = v.InferOutput<typeof ParcelSchema>

/** A connection that has come about through the machine: who called whom, over TCP, and where that came in. */
const CallSchema = v.object({ iif: Name, from: EndpointSchema, to: EndpointSchema })

/**
 * A small network to try things in: one machine with its sockets, its packet filter and translation rules, containers and
 * hosts behind it, the Services of its cluster, clients around it, and the packets that they send, one after the other.
 */
export const SandboxSchema = v.pipe(
  v.object({
    name: Name,
    interfaces: v.pipe(
      v.array(v.object({ name: Name, addresses: list(InterfaceAddress, MOST.addresses) })),
      v.minLength(1),
      v.maxLength(MOST.interfaces),
    ),
    defaultRoute: v.exactOptional(Name),
    sockets: list(SocketSchema, MOST.sockets),
    chains: list(ChainSchema, MOST.chains),
    nat: v.exactOptional(NatSchema),
    containers: list(ContainerSchema, MOST.containers),
    behind: list(HostSchema, MOST.hosts),
    services: list(ServiceSchema, MOST.services),
    /** Calls of others that the machine has forwarded and still remembers. */
    calls: v.exactOptional(list(CallSchema, MOST.calls)),
    clients: v.pipe(v.array(ClientSchema), v.minLength(1), v.maxLength(MOST.clients)),
    parcels: list(ParcelSchema, MOST.parcels),
  }),
  v.check(({ clients, parcels }) => parcels.every(({ client }) => client < clients.length)),
)
export type Sandbox = v.InferOutput<typeof SandboxSchema>
export type SandboxHost = v.InferOutput<typeof HostSchema>
export type SandboxContainer = v.InferOutput<typeof ContainerSchema>
export type SandboxService = v.InferOutput<typeof ServiceSchema>
export type SandboxPod = v.InferOutput<typeof PodSchema>
export type SandboxNat = v.InferOutput<typeof NatSchema>

/** The addresses of the machine itself, without lengths; loopback is its own without saying. */
export const ownAddresses = ({ interfaces }: Pick<Sandbox, 'interfaces'>): readonly Address[] => [
  ...new Set(interfaces.flatMap(({ addresses }) => addresses.map((prefix) => prefix.split('/')[0] ?? prefix))),
]

/** The address from which a client writes to this family; undefined if it has none. */
export const clientAddress = ({ addresses }: Client, family: Family): Address | undefined =>
  addresses.find((address) => familyOf(address) === family)

/** A machine as one finds it on a first night: a web server, SSH, a database for itself, and a plain gatehouse. */
export const firstSandbox = (): Sandbox => ({
  name: 'server',
  interfaces: [{ name: 'eth0', addresses: ['192.0.2.10/24', '2001:db8::10/64'] }],
  defaultRoute: 'eth0',
  sockets: [
    { protocol: 'tcp', local: { address: '0.0.0.0', port: 22 }, state: 'LISTEN', program: 'sshd' },
    { protocol: 'tcp', local: { address: '0.0.0.0', port: 443 }, state: 'LISTEN', program: 'nginx' },
    { protocol: 'udp', local: { address: '0.0.0.0', port: 53 }, state: 'UNCONN', program: 'dnsmasq' },
    { protocol: 'tcp', local: { address: '127.0.0.1', port: 5432 }, state: 'LISTEN', program: 'postgres' },
  ],
  chains: [
    {
      name: 'input',
      family: 'inet',
      hook: 'input',
      policy: 'drop',
      rules: [
        { match: { state: ['established', 'related'] }, action: 'accept' },
        { match: { iif: 'lo' }, action: 'accept' },
        { match: { protocol: 'tcp', destinationPort: [443] }, action: 'accept' },
        { match: { protocol: 'tcp', source: '192.0.2.0/24', destinationPort: [22] }, action: 'accept' },
      ],
    },
  ],
  containers: [],
  behind: [],
  services: [],
  clients: [
    { role: 'internet', addresses: ['203.0.113.7', '3fff:7::7'], iif: 'eth0' },
    { role: 'neighbour', addresses: ['192.0.2.20', '2001:db8::20'], iif: 'eth0' },
    { role: 'here', addresses: [], iif: 'lo' },
  ],
  parcels: [{ client: 0, kind: 'syn', sourcePort: 51514, to: { address: '192.0.2.10', port: 22 } }],
})
