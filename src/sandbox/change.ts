import { familyOf } from '../net/address'
import { inPrefix } from '../net/prefix'
import type {
  Client,
  Sandbox,
  SandboxChain,
  SandboxContainer,
  SandboxPod,
  SandboxRule,
  SandboxService,
  SandboxSocket,
} from './sandbox'
import { MOST } from './sandbox'

/** The list with one of its members changed. */
export const replaced = <T>(list: readonly T[], place: number, value: T): T[] =>
  list.map((one, index) => (index === place ? value : one))

/** The list without one of its members. */
export const removed = <T>(list: readonly T[], place: number): T[] => list.filter((_, index) => index !== place)

/** The list with one of its members a place further up (-1) or down (1); at an end it stays. */
export function moved<T>(list: readonly T[], place: number, by: -1 | 1): T[] {
  const next = [...list]
  const [one, other] = [list[place], list[place + by]]
  if (one === undefined || other === undefined) return next
  next[place] = other
  next[place + by] = one
  return next
}

/** Numbers that a new listener may get: usual ones first. */
const USUAL = [80, 8080, 25, 3306, 6379, 5000, 9090, 3000]

/** A listener at a number that is still free. */
export function freshListener(sockets: readonly SandboxSocket[]): SandboxSocket {
  const taken = new Set(sockets.map(({ local }) => local.port))
  let port = USUAL.find((one) => !taken.has(one)) ?? 8081
  while (taken.has(port)) port++
  return { protocol: 'tcp', local: { address: '0.0.0.0', port }, state: 'LISTEN', program: 'app' }
}

/** The socket with another protocol: its state follows. */
export const withProtocol = (socket: SandboxSocket, protocol: SandboxSocket['protocol']): SandboxSocket => ({
  ...socket,
  protocol,
  state: socket.peer ? 'ESTAB' : protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
})

/** The socket bound to another address; a window's remote end stays only within one family. */
export function withAddress(socket: SandboxSocket, address: string): SandboxSocket {
  const { v6only, ...rest } = socket
  const local = { ...socket.local, address }
  return { ...rest, local, ...(v6only && familyOf(address) === 6 && { v6only }) }
}

/** A board that lets replies and loopback in, and drops the rest. */
export const freshChain = (chains: readonly SandboxChain[]): SandboxChain => {
  const hook = (['input', 'forward', 'output'] as const).find((one) => !chains.some((chain) => chain.hook === one))
  return {
    name: hook ?? 'input',
    family: 'inet',
    hook: hook ?? 'input',
    policy: hook === 'output' ? 'accept' : 'drop',
    rules: [{ match: { state: ['established', 'related'] }, action: 'accept' }],
  }
}

export const freshRule = (): SandboxRule => ({ match: { protocol: 'tcp', destinationPort: [80] }, action: 'accept' })

/** The rule with one condition changed, or taken away where there is no value. */
export function withCondition<K extends keyof SandboxRule['match']>(
  rule: SandboxRule,
  name: K,
  value: SandboxRule['match'][K] | undefined,
): SandboxRule {
  const match = { ...rule.match }
  delete match[name]
  if (value !== undefined) match[name] = value
  return { ...rule, match }
}

/** The sandbox with one more container that publishes a port, and the bridge on which containers live. */
export function withContainer(sandbox: Sandbox): Sandbox {
  const { containers, interfaces } = sandbox
  const taken = new Set(containers.flatMap(({ published }) => published.map(({ hostPort }) => hostPort)))
  let hostPort = 8080
  while (taken.has(hostPort)) hostPort++
  const bridge = interfaces.some(({ name }) => name === 'docker0')
  const container: SandboxContainer = {
    name: `web${containers.length + 1}`,
    addresses: [`172.17.0.${containers.length + 2}`],
    sockets: [{ protocol: 'tcp', local: { address: '0.0.0.0', port: 80 }, state: 'LISTEN', program: 'nginx' }],
    published: [{ protocol: 'tcp', hostPort, containerPort: 80 }],
  }
  return {
    ...sandbox,
    interfaces:
      bridge || interfaces.length >= MOST.interfaces
        ? interfaces
        : [...interfaces, { name: 'docker0', addresses: ['172.17.0.1/16'] }],
    containers: [...containers, container],
  }
}

/** The sandbox with a port forwarded to a host behind it, which listens there. */
export function withForward(sandbox: Sandbox): Sandbox {
  const { behind, nat } = sandbox
  const rules = nat ?? { prerouting: [], output: [], postrouting: [] }
  const address = `10.0.0.${behind.length + 2}`
  const taken = new Set(rules.prerouting.flatMap(({ match }) => match.destinationPort ?? []))
  let port = 8443
  while (taken.has(port)) port++
  return {
    ...sandbox,
    nat: {
      ...rules,
      prerouting: [
        ...rules.prerouting,
        {
          match: { protocol: 'tcp', destinationPort: [port] },
          translation: { kind: 'dnat', to: { address, port: 443 } },
        },
      ],
    },
    behind: [
      ...behind,
      {
        name: `host${behind.length + 1}`,
        addresses: [address],
        sockets: [{ protocol: 'tcp', local: { address: '0.0.0.0', port: 443 }, state: 'LISTEN', program: 'nginx' }],
      },
    ],
  }
}

/** The network of the Pods, as the node has it. */
const POD_NETWORK = '10.244.0.1/16'

/** One more Pod of a Service: it listens where the Service sends, at an address that no other has. */
export function freshPod(sandbox: Sandbox, { name, ports, pods = [] }: SandboxService): SandboxPod {
  const taken = new Set(sandbox.services.flatMap((one) => (one.pods ?? []).flatMap(({ addresses }) => addresses)))
  let last = 5
  while (taken.has(`10.244.1.${last}`)) last++
  const [first] = ports
  return {
    name: `${name}-${pods.length + 1}`.slice(0, MOST.name),
    addresses: [`10.244.1.${last}`],
    sockets: [
      {
        protocol: first?.protocol ?? 'tcp',
        local: { address: '0.0.0.0', port: first?.targetPort ?? first?.port ?? 8080 },
        state: first?.protocol === 'udp' ? 'UNCONN' : 'LISTEN',
      },
    ],
  }
}

/** The sandbox as a node of a cluster with one more Service, two Pods behind it, and a Pod of somebody else that calls. */
export function withService(sandbox: Sandbox): Sandbox {
  const { services, interfaces, clients } = sandbox
  const number = services.length + 1
  const empty: SandboxService = {
    name: number === 1 ? 'shop' : `shop${number}`,
    type: 'NodePort',
    clusterIP: `10.96.0.${49 + number}`,
    ports: [{ protocol: 'tcp', port: 80, targetPort: 8080, nodePort: 30079 + number }],
    pods: [],
  }
  const first = { ...empty, pods: [freshPod(sandbox, empty)] }
  const both = { ...first, pods: [...first.pods, freshPod({ ...sandbox, services: [...services, first] }, first)] }
  const known = interfaces.some(({ addresses }) => addresses.some((prefix) => inPrefix(prefix, '10.244.1.5')))
  const guest: Client = { role: 'inside', addresses: ['10.244.3.9'], iif: 'cni0' }
  const calls = clients.some(({ iif }) => iif === 'cni0') || clients.length >= MOST.clients
  return {
    ...sandbox,
    interfaces:
      known || interfaces.length >= MOST.interfaces
        ? interfaces
        : [...interfaces, { name: 'cni0', addresses: [POD_NETWORK] }],
    services: [...services, both],
    clients: calls ? clients : [...clients, guest],
  }
}

/** The sandbox with one more stranger in the internet. */
export function withClient(sandbox: Sandbox): Sandbox {
  const { clients, interfaces, defaultRoute } = sandbox
  const taken = new Set(clients.flatMap(({ addresses }) => addresses))
  let last = 8
  while (taken.has(`203.0.113.${last}`)) last++
  const iif = defaultRoute ?? interfaces[0]?.name ?? 'eth0'
  return { ...sandbox, clients: [...clients, { role: 'internet', addresses: [`203.0.113.${last}`], iif }] }
}

/** The sandbox without one of its clients, and without what that one has sent. */
export const withoutClient = (sandbox: Sandbox, place: number): Sandbox => ({
  ...sandbox,
  clients: removed(sandbox.clients, place),
  parcels: sandbox.parcels
    .filter(({ client }) => client !== place)
    .map((parcel) => (parcel.client > place ? { ...parcel, client: parcel.client - 1 } : parcel)),
})
