import type { BindRequest } from '../../../net/bind'
import { bindOutcome } from '../../../net/bind'
import { demux } from '../../../net/demux'
import { arrive, serverRouter } from '../../../net/exposure'
import type { Chain } from '../../../net/filter'
import { LINUX_EPHEMERAL } from '../../../net/kernel'
import { SocketTable } from '../../../net/socket-table'
import type { Endpoint } from '../../../net/tuple'
import { ephemeral, other, server, server6, stranger, stranger6 } from '../../addresses'
import type { Machine } from '../../machine'
import { connected, waiting } from '../../machine'
import { factsView, ssView } from '../../machine-view'
import { nftView } from '../../nft-view'
import { syn } from '../../packets'
import { board, statement } from './board'

/** From here on any user may bind on the board's host. */
const START = 80

/** Listeners on all kinds of addresses, leftovers of connections, and a rule for IPv4 only. */
export const bindingBoard = board({
  id: 'bd-binding',
  cluster: 'binding',
  difficulty: 4,
  claims: ['S13', 'S14', 'S21', 'S28'],
  ask: (dice, words) => {
    const { stem, explain, says } = words.boards['bd-binding']
    const a = server(dice)
    const b = other([a], () => server(dice))
    const c = server6(dice)
    const wide = dice.one('wildcard', [5432, 3306, 8086])
    const [local, specific, shared, left] = [6379, 8080, 9000, 3000]
    const low = dice.int(81, 1023)
    const at = (address: string, port: number): Endpoint => ({ address, port })
    const owned = (uid: number) => ({ reuseport: true, uid })
    const lamps = [
      { socket: waiting('tcp', at('0.0.0.0', wide)), program: 'store' },
      { socket: waiting('tcp', at('127.0.0.1', local)), program: 'redis-server' },
      { socket: waiting('tcp', at(a, specific)), program: 'java' },
      { socket: waiting('tcp', at('::', 443)), program: 'nginx' },
      { socket: waiting('tcp', at('::', 22)), program: 'sshd' },
      { socket: { ...waiting('tcp', at('0.0.0.0', shared), owned(33)), id: 'worker 1' }, program: 'worker-1' },
      { socket: { ...waiting('tcp', at('0.0.0.0', shared), owned(33)), id: 'worker 2' }, program: 'worker-2' },
    ]
    const ended = connected('tcp', at(a, left), at(stranger(dice), ephemeral(dice)), 'TIME-WAIT')
    const machine: Machine = {
      name: 'server',
      addresses: [a, b, c],
      sockets: [...dice.shuffle(lamps).map(({ socket }) => socket), ended],
      programs: Object.fromEntries(lamps.map(({ socket, program }) => [socket.id, program])),
    }
    const chain: Chain = {
      name: 'input',
      family: 'ip',
      hook: 'input',
      policy: 'accept',
      rules: [{ match: { protocol: 'tcp', destinationPort: [22] }, action: 'drop' }],
    }
    const table = SocketTable.of(machine.sockets)
    const site = { name: 'server', router: serverRouter([a, b, c], [chain]), table }
    const caller = (to: Endpoint) => at(to.address.includes(':') ? stranger6(dice) : stranger(dice), ephemeral(dice))
    const connects = (to: Endpoint) => arrive(site, syn(dice, caller(to), to), 'eth0').verdict?.kind === 'listener'
    const request = (address: string, port: number): BindRequest => ({
      protocol: 'tcp',
      family: 4,
      v6only: false,
      local: at(address, port),
      reuseaddr: false,
      reuseport: false,
      uid: 1000,
    })
    const kernel = {
      addresses: machine.addresses,
      sockets: machine.sockets,
      ephemeral: LINUX_EPHEMERAL,
      unprivilegedStart: START,
    }
    const grants = (address: string, port: number) => bindOutcome(kernel, request(address, port)).granted
    const getters = demux(table, {
      protocol: 'tcp',
      source: at(stranger(dice), ephemeral(dice)),
      destination: at(a, shared),
    })
    const listens = machine.sockets.some(({ state, local }) => state === 'LISTEN' && local.port === left)
    return {
      stem,
      views: [
        ssView(machine, '-tanp'),
        nftView(chain),
        factsView([
          { field: 'addresses', name: words.binding.facts.addresses, value: machine.addresses.join(', ') },
          { field: 'start', name: 'net.ipv4.ip_unprivileged_port_start', value: String(START) },
        ]),
      ],
      statements: [
        statement('wildcard-is-localhost', { model: connects(at(a, wide)), idea: false }, (open) =>
          says['wildcard-is-localhost'](a, wide, open),
        ),
        statement('loopback-reachable-outside', { model: connects(at(a, local)), idea: true }, (open) =>
          says['loopback-reachable-outside'](a, local, open),
        ),
        statement('specific-bind-answers-all', { model: connects(at(b, specific)), idea: true }, (open) =>
          says['specific-bind-answers-all'](b, specific, open),
        ),
        // On 127.0.0.1, where those who take 0.0.0.0 for localhost also expect a conflict.
        statement('wildcard-and-specific-coexist', { model: grants('127.0.0.1', wide), idea: true }, (granted) =>
          says['wildcard-and-specific-coexist'](wide, granted),
        ),
        statement('ipv6-any-is-ipv6-only', { model: connects(at(b, 443)), idea: false }, (open) =>
          says['ipv6-any-is-ipv6-only'](443, open),
        ),
        statement('ipv4-rule-covers-ipv6', { model: connects(at(c, 22)), idea: false }, (open) =>
          says['ipv4-rule-covers-ipv6'](22, open),
        ),
        statement('reuseport-copies-traffic', { model: getters?.socket !== undefined, idea: false }, (one) =>
          says['reuseport-copies-traffic'](shared, one),
        ),
        statement('low-port-is-trusted', { model: grants('0.0.0.0', low), idea: false }, (anybody) =>
          says['low-port-is-trusted'](low, anybody),
        ),
        statement('busy-port-needs-process', { model: !grants('0.0.0.0', left) && !listens, idea: false }, (leftOver) =>
          says['busy-port-needs-process'](left, leftOver),
        ),
      ],
      explanation: { text: explain, field: lamps[0]?.socket.id ?? '', source: 'bind(2), ip(7), ipv6(7), socket(7)' },
    }
  },
})
