import { demux } from '../../../net/demux'
import { receive } from '../../../net/receive'
import { SocketTable } from '../../../net/socket-table'
import { windowOf } from '../../../shift/windows'
import { ephemeral, other, server, stranger } from '../../addresses'
import type { Machine } from '../../machine'
import { connected, hostOf, waiting } from '../../machine'
import { doorsView, ssView } from '../../machine-view'
import { data, syn } from '../../packets'
import { usualProgram } from '../../programs'
import { board, statement } from './board'

/** Two doors and two callers with two windows each: any two windows have one thing in common, or none. */
export const socketsBoard = board({
  id: 'bd-sockets',
  cluster: 'sockets',
  difficulty: 3,
  claims: ['S16', 'S17', 'S19', 'S21', 'S22'],
  ask: (dice, words) => {
    const { stem, explain, says } = words.boards['bd-sockets']
    const own = server(dice)
    const door = { address: own, port: dice.one('door', [443, 80, 5432, 3306]) }
    const ssh = { address: own, port: 22 }
    const a = stranger(dice)
    const b = other([a], () => stranger(dice))
    const p = ephemeral(dice)
    const q = other([p], () => ephemeral(dice))
    const r = other([p, q], () => ephemeral(dice))
    const [ap, bq] = [
      { address: a, port: p },
      { address: b, port: q },
    ]
    const listener = waiting('tcp', { address: '0.0.0.0', port: door.port })
    const sshd = waiting('tcp', { address: '0.0.0.0', port: 22 })
    const windows = [
      connected('tcp', door, ap),
      connected('tcp', door, bq),
      connected('tcp', ssh, { address: a, port: r }),
      connected('tcp', ssh, { address: b, port: p }),
    ]
    const machine: Machine = {
      name: 'server',
      addresses: [own],
      sockets: [...dice.shuffle([listener, sshd]), ...dice.shuffle(windows)],
      programs: { [listener.id]: usualProgram('tcp', door.port) ?? 'server', [sshd.id]: 'sshd' },
    }
    const host = hostOf(machine)
    const newcomer = { address: other([a, b], () => stranger(dice)), port: p }
    const takesNewcomer = receive(host, syn(dice, newcomer, door)).verdict.kind === 'listener'
    const accepted = windowOf(listener, { protocol: 'tcp', source: newcomer, destination: door })
    const fate = receive(host, data(dice, ap, door)).verdict
    const reader = 'socket' in fate ? host.table.get(fate.socket)?.state : undefined
    const table = SocketTable.of(machine.sockets)
    const found = [ap, bq].map((source) => demux(table, { protocol: 'tcp', source, destination: door })?.socket.id)
    const same = (peerIs: (peer: { address: string; port: number }) => boolean) =>
      new Set(windows.filter(({ peer }) => peer && peerIs(peer)).map(({ id }) => id)).size
    return {
      stem,
      views: [ssView(machine, '-tan'), doorsView(machine)],
      statements: [
        statement(
          'port-is-socket',
          { model: machine.sockets.filter(({ local }) => local.port === door.port).length, idea: 1 },
          (count) => says['port-is-socket'](door.port, count),
        ),
        statement('one-connection-per-port', { model: takesNewcomer, idea: false }, (free) =>
          says['one-connection-per-port'](door.port, free),
        ),
        statement('new-server-port-per-connection', { model: accepted.local.port === door.port, idea: false }, (kept) =>
          says['new-server-port-per-connection'](door.port, kept),
        ),
        statement('listener-carries-data', { model: reader ?? '', idea: listener.state }, (state) =>
          says['listener-carries-data'](`${a}:${p}`, state),
        ),
        statement('dport-alone-selects', { model: new Set(found).size === 1, idea: true }, (enough) =>
          says['dport-alone-selects'](door.port, enough),
        ),
        statement('source-ip-alone-selects', { model: same(({ address }) => address === a), idea: 1 }, (count) =>
          says['source-ip-alone-selects'](a, count),
        ),
        statement('source-port-alone-selects', { model: same(({ port }) => port === p), idea: 1 }, (count) =>
          says['source-port-alone-selects'](p, count),
        ),
        // Another caller may use the same source ports again, so the numbers of one caller are no limit of the door.
        // That more connections are possible is denied by those too who believe that one fills the port.
        statement('limit-64k-connections', { model: !takesNewcomer, idea: true, onlyBelief: true }, () =>
          says['limit-64k-connections'](door.port),
        ),
      ],
      explanation: { text: explain(door.port), field: windows[0]?.id ?? '', source: 'RFC 9293 §3.3.1, accept(2)' },
    }
  },
})
