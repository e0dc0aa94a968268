import type { Address } from '../../net/address'
import type { Balancer, Target } from '../../net/balancer'
import { balancerRoute } from '../../net/balancer'
import type { Chain, Rule } from '../../net/filter'
import { evaluate } from '../../net/filter'
import { haproxyConfig } from '../../net/haproxy'
import { ipvsadmList } from '../../net/ipvsadm'
import { nftRule } from '../../net/nft-text'
import type { Packet } from '../../net/packet'
import { tupleOf } from '../../net/packet'
import { receive } from '../../net/receive'
import type { Endpoint } from '../../net/tuple'
import { endpointText } from '../../net/tuple'
import type { Random } from '../../shift/random'
import { ephemeral, inside, linuxPort } from '../addresses'
import type { Machine } from '../machine'
import { connected, hostOf, waiting } from '../machine'
import { doorsView, ssView, tcpdumpView } from '../machine-view'
import { nftView, ruleField } from '../nft-view'
import { syn } from '../packets'
import type { Template } from '../template'
import type { TextView } from '../view'
import { textView } from '../view'

const PROGRAMS: Readonly<Record<number, string>> = { 8080: 'java', 3000: 'node', 8443: 'java', 9000: 'php-fpm' }

/** A host behind the balancer, with one listener. */
const targetMachine = (name: string, address: Address, port: number): Machine => {
  const listener = waiting('tcp', { address: '0.0.0.0', port })
  return { name, addresses: [address], sockets: [listener], programs: { [listener.id]: PROGRAMS[port] ?? 'java' } }
}

/** A balancer in front of two hosts that listen where its pool says. */
interface Setting {
  readonly balancer: Balancer
  readonly machines: readonly Machine[]
  readonly listenerPort: number
  readonly targetPort: number
  /** The caller's first packet. */
  readonly call: Packet
}

function setting(dice: Random, mode: Balancer['mode'], listenerPort: number, targetPort: number): Setting {
  const network = dice.pick(['10.0.1', '192.168.10'])
  const first = dice.int(11, 90)
  const machines = [0, 1].map((index) => targetMachine(`app-${index + 1}`, `${network}.${first + index}`, targetPort))
  const targets = machines.map((machine): Target => ({
    host: hostOf(machine),
    address: machine.addresses[0] ?? '',
    healthy: true,
  }))
  const balancer: Balancer = {
    name: dice.pick(['edge', 'front']),
    address: `${network}.10`,
    mode,
    listeners: [{ protocol: 'tcp', port: listenerPort, pool: 'app' }],
    pools: [{ name: 'app', port: targetPort, targets }],
  }
  const caller = { address: inside(dice, '10.0.3'), port: ephemeral(dice) }
  const call = syn(dice, caller, { address: balancer.address, port: listenerPort })
  return { balancer, machines, listenerPort, targetPort, call }
}

/** The balancer as its own tool shows it. The field `listener` is where callers come in, `target` where they are sent. */
function balancerView(balancer: Balancer): TextView {
  const { address, listeners, pools, mode } = balancer
  const [listener] = listeners
  const [pool] = pools
  const [target] = pool?.targets ?? []
  const bind = listener && endpointText({ address, port: listener.port })
  const end = target && pool && endpointText({ address: target.address, port: pool.port })
  const marks = [
    ...(bind === undefined ? [] : [{ field: 'listener', text: bind }]),
    ...(end === undefined ? [] : [{ field: 'target', text: end }]),
  ]
  return mode === 'proxy'
    ? textView('cat haproxy.cfg', haproxyConfig(balancer).join('\n'), marks)
    : textView('ipvsadm -L -n', ipvsadmList(balancer).join('\n'), marks)
}

const KNOWN: Rule = { match: { state: ['established', 'related'] }, action: 'accept' }
const LOOPBACK: Rule = { match: { iif: 'lo' }, action: 'accept' }

const inputChain = (rules: readonly Rule[]): Chain => ({
  name: 'input',
  family: 'inet',
  hook: 'input',
  policy: 'drop',
  rules: [KNOWN, LOOPBACK, ...rules],
})

const SOURCES = { proxy: 'HAProxy: Configuration Manual', passthrough: 'ipvsadm(8)' } as const

const targetRule: Template = {
  id: 'lb-target-rule',
  cluster: 'balancing',
  kind: 'choose',
  difficulty: 3,
  claims: ['S27', 'S28', 'S36'],
  ask: (dice, words) => {
    const say = words.balancing['lb-target-rule']
    const mode = dice.one('mode', ['proxy', 'passthrough'] as const)
    const { balancer, listenerPort, targetPort, call } = setting(
      dice,
      mode,
      dice.one('listener', [443, 80]),
      dice.one('target', [8080, 3000, 8443]),
    )
    const from = { source: balancer.address, protocol: 'tcp' } as const
    const rule = (match: Rule['match']): Rule => ({ match, action: 'accept' })
    const rules = {
      // For a proxy the wide rule would serve too; the narrow one is asked for, and offered alone.
      wide: mode === 'proxy' ? undefined : rule({ protocol: 'tcp', destinationPort: [targetPort] }),
      narrow: mode === 'proxy' ? rule({ ...from, destinationPort: [targetPort] }) : undefined,
      listener: rule({ protocol: 'tcp', destinationPort: [listenerPort] }),
      listenerFrom: rule({ ...from, destinationPort: [listenerPort] }),
      source: rule({ ...from, sourcePort: [listenerPort] }),
    }
    /** Whether callers are served when the targets have this rule. */
    const serves = (one: Rule | undefined): boolean => {
      const route = balancerRoute(balancer, call, dice.next)
      if (route.kind !== 'routed') return false
      const { action } = evaluate(inputChain(one ? [one] : []), route.packet, { iif: 'eth0', state: 'new' })
      return action === 'accept' && receive(route.target.host, route.packet).verdict.kind === 'listener'
    }
    const right = Object.values(rules).filter((one) => one && serves(one))
    const [only] = right
    if (!only || right.length > 1 || serves(undefined)) return undefined
    const text = (one: Rule): string => nftRule(one, 'inet')
    const before = inputChain([])
    const after = inputChain([only])
    return {
      stem: say.stem(balancer.name, words.balancing.modes[mode]),
      views: [balancerView(balancer), tcpdumpView([call]), nftView(before)],
      after: [balancerView(balancer), nftView(after)],
      body: {
        kind: 'choose',
        right: text(only),
        wrong: [
          { says: text(rules.listener), misconception: 'lb-listener-equals-target' },
          { says: text(rules.listenerFrom), misconception: 'lb-listener-equals-target' },
          { says: text(rules.source), misconception: 'source-port-is-door' },
          { says: { means: 'none', text: say.none }, misconception: 'no-rule-means-allowed' },
        ],
      },
      explanation: {
        text: mode === 'proxy' ? say.proxy(targetPort, balancer.address) : say.passthrough(targetPort),
        field: ruleField(after.rules.indexOf(only)),
        source: SOURCES[mode],
      },
    }
  },
}

const twoConnections: Template = {
  id: 'lb-two-connections',
  cluster: 'balancing',
  kind: 'choose',
  difficulty: 4,
  claims: ['S16', 'S17', 'S27'],
  ask: (dice, words) => {
    const say = words.balancing['lb-two-connections']
    const mode = dice.one('mode', ['proxy', 'passthrough'] as const)
    const { balancer, machines, listenerPort, call } = setting(
      dice,
      mode,
      dice.one('listener', [443, 80]),
      dice.one('target', [8080, 3000, 9000]),
    )
    const route = balancerRoute(balancer, call, dice.next)
    const caller = tupleOf(call)?.source
    const tuple = route.kind === 'routed' ? tupleOf(route.packet) : undefined
    const machine = machines.find(({ name }) => route.kind === 'routed' && name === route.target.host.name)
    if (route.kind !== 'routed' || !tuple || !caller || !machine) return undefined
    if (receive(route.target.host, route.packet).verdict.kind !== 'listener') return undefined
    const { source: peer, destination: local } = tuple
    const window = connected('tcp', local, peer)
    const served: Machine = { ...machine, sockets: [...machine.sockets, window] }
    const line = (at: Endpoint, to: Endpoint): string => `ESTAB ${endpointText(at)} ${endpointText(to)}`
    const wrongDoor = { ...local, port: listenerPort }
    const front = { address: balancer.address, port: listenerPort }
    const own = { address: balancer.address, port: linuxPort(dice) }
    return {
      stem: say.stem(balancer.name, words.balancing.modes[mode], machine.name),
      views: [balancerView(balancer), tcpdumpView([call]), ssView(machine, '-tan')],
      after: [balancerView(balancer), ssView(served, '-tan'), doorsView(served)],
      body: {
        kind: 'choose',
        right: line(local, peer),
        wrong: [
          { says: mode === 'proxy' ? line(local, caller) : undefined, misconception: 'source-ip-alone-selects' },
          { says: line(wrongDoor, caller), misconception: 'lb-listener-equals-target' },
          {
            says: mode === 'proxy' ? line(wrongDoor, peer) : line(wrongDoor, own),
            misconception: 'lb-listener-equals-target',
          },
          { says: line(local, front), misconception: 'client-uses-service-port' },
          { says: line(caller, local), misconception: 'reply-keeps-ports' },
        ],
      },
      explanation: {
        text: mode === 'proxy' ? say.proxy(endpointText(peer)) : say.passthrough(endpointText(caller)),
        field: window.id,
        source: SOURCES[mode],
      },
      scene: { machine, packets: [route.packet] },
    }
  },
}

export const balancing: readonly Template[] = [targetRule, twoConnections]
