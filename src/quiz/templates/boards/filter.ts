import { arrive, serverRouter } from '../../../net/exposure'
import type { Site } from '../../../net/exposure'
import type { Action, Chain } from '../../../net/filter'
import { evaluate } from '../../../net/filter'
import { LINUX_EPHEMERAL } from '../../../net/kernel'
import { SocketTable } from '../../../net/socket-table'
import { portOf } from '../../../ports/services'
import { ephemeral, linuxPort, other, server, stranger } from '../../addresses'
import { waiting } from '../../machine'
import { ssView } from '../../machine-view'
import { nftView } from '../../nft-view'
import { segment, syn } from '../../packets'
import { usualProgram } from '../../programs'
import type { TextView } from '../../view'
import { board, statement } from './board'

/** A server with a stateful filter, a router elsewhere with a stateless one, and services that need more than one port. */
export const filterBoard = board({
  id: 'bd-filter',
  cluster: 'firewall',
  difficulty: 4,
  claims: ['S07', 'S27', 'S28', 'S36'],
  ask: (dice, words) => {
    const { stem, explain, says } = words.boards['bd-filter']
    const own = server(dice)
    const mailServer = other([own], () => server(dice))
    const low = dice.pick([6000, 7000, 8200])
    const inside = low + dice.int(5, 95)
    const [wide, narrow] = dice.pick<readonly [Action, Action]>([
      ['accept', 'drop'],
      ['drop', 'accept'],
    ])
    const [allowed, unnamed, blocked] = [dice.one('allowed', [8080, 9090, 3000]), dice.pick([5000, 5601, 10000]), 9200]
    const submission = portOf('tcp', 'submission') ?? 0
    const relay = portOf('tcp', 'smtp') ?? 0
    const passive = dice.int(50000, 60000)
    const one = (port: number, action: Action) => ({
      match: { protocol: 'tcp' as const, destinationPort: [port] },
      action,
    })
    const named = [21, relay, submission]
    const input: Chain = {
      name: 'input',
      family: 'inet',
      hook: 'input',
      policy: 'drop',
      rules: [
        { match: { state: ['established', 'related'] }, action: 'accept' },
        { match: { protocol: 'tcp', destinationPort: named }, action: 'accept' },
        { match: { protocol: 'tcp', destinationPort: [{ from: low, to: low + 100 }] }, action: wide },
        one(inside, narrow),
        one(allowed, 'accept'),
        one(blocked, 'drop'),
      ],
    }
    // Ends with a rule for everything, so that nothing depends on the policy.
    const border: Chain = {
      name: 'forward',
      family: 'inet',
      hook: 'forward',
      policy: 'drop',
      rules: [
        { match: { protocol: 'tcp', destinationPort: [relay, submission] }, action: 'accept' },
        { match: {}, action: 'drop' },
      ],
    }
    const any = (port: number) => ({ address: '0.0.0.0', port })
    const lamps = [
      ...named.map((port) => ({ socket: waiting('tcp', any(port)), program: usualProgram('tcp', port) ?? '' })),
      { socket: waiting('tcp', any(blocked)), program: 'java' },
    ]
    const sockets = dice.shuffle(lamps).map(({ socket }) => socket)
    const machine = {
      name: 'server',
      addresses: [own],
      sockets,
      programs: Object.fromEntries(lamps.map(({ socket, program }) => [socket.id, program])),
    }
    const site: Site = { name: 'server', router: serverRouter([own], [input]), table: SocketTable.of(sockets) }
    const client = { address: stranger(dice), port: ephemeral(dice) }
    const call = (port: number) => syn(dice, client, { address: own, port })
    const passes = (port: number) => evaluate(input, call(port), { state: 'new' }).action === 'accept'
    const connects = (port: number) => arrive(site, call(port), 'eth0').verdict?.kind === 'listener'
    const ownCall = { local: { address: own, port: linuxPort(dice) }, remote: { address: stranger(dice), port: 443 } }
    const answerToOwn = segment(dice, ownCall.remote, ownCall.local, { syn: true, ack: true })
    const answerToClient = segment(dice, { address: mailServer, port: relay }, client, { syn: true, ack: true })
    const ftp: TextView = {
      kind: 'text',
      command: `ftp ${own}`,
      lines: [
        [{ text: 'ftp> get report.pdf' }],
        [
          {
            text: `227 Entering Passive Mode (${[...own.split('.'), passive >> 8, passive & 255].join(',')}).`,
            field: 'ftp',
          },
        ],
      ],
    }
    return {
      stem,
      views: [nftView(input), ssView(machine, '-tlnp'), nftView(border), ftp],
      statements: [
        statement('most-specific-rule-wins', { model: passes(inside), idea: narrow === 'accept' }, (through) =>
          says['most-specific-rule-wins'](inside, through),
        ),
        statement(
          'replies-need-inbound-rule',
          { model: evaluate(input, answerToOwn, { state: 'established' }).action !== 'accept', idea: true },
          (needed) => says['replies-need-inbound-rule'](LINUX_EPHEMERAL.join('-'), needed),
        ),
        statement(
          'stateless-remembers',
          { model: evaluate(border, answerToClient).action === 'accept', idea: true },
          (out) => says['stateless-remembers'](relay, out),
        ),
        statement('allow-rule-opens-port', { model: connects(allowed), idea: true }, (open) =>
          says['allow-rule-opens-port'](allowed, open),
        ),
        statement('no-rule-means-allowed', { model: passes(unnamed), idea: true }, (through) =>
          says['no-rule-means-allowed'](unnamed, through),
        ),
        statement('listening-means-reachable', { model: connects(blocked), idea: true }, (open) =>
          says['listening-means-reachable'](blocked, open),
        ),
        statement('ftp-one-port', { model: passive === 21, idea: true }, says['ftp-one-port']),
        statement('smtp-one-port', { model: submission, idea: relay }, says['smtp-one-port']),
      ],
      explanation: { text: explain, field: 'policy', source: 'nft(8), RFC 959 §4.1.2, RFC 6409 §3.1' },
    }
  },
})
