import { receive } from '../../net/receive'
import { ephemeral, other, server, stranger } from '../addresses'
import type { Machine } from '../machine'
import { connected, hostOf, waiting } from '../machine'
import { doorsView, ssView, tcpdumpView } from '../machine-view'
import { data } from '../packets'
import type { Template } from '../template'
import { socketItem, verdictItem } from '../verdict-item'

const PROGRAMS: Readonly<Record<number, string>> = {
  22: 'sshd',
  80: 'nginx',
  443: 'nginx',
  3306: 'mysqld',
  5432: 'postgres',
}

/** Four windows from two addresses and two ports, of which one may be missing. */
const whichWindow: Template = {
  id: 'ps-which-window',
  cluster: 'sockets',
  kind: 'choose',
  difficulty: 2,
  claims: ['S16', 'S17', 'S22', 'S19'],
  ask: (dice, words) => {
    const say = words.sockets['ps-which-window']
    const local = { address: server(dice), port: dice.one('door', [22, 80, 443, 3306, 5432]) }
    const a = stranger(dice)
    const b = other([a], () => stranger(dice))
    const p = ephemeral(dice)
    const q = other([p], () => ephemeral(dice))
    const listener = waiting('tcp', { address: '0.0.0.0', port: local.port })
    const window = (address: string, port: number) => connected('tcp', local, { address, port })
    const windows = dice.shuffle([window(a, p), window(a, q), window(b, p), window(b, q)])
    const sockets = dice.next() < 0.2 ? windows.slice(1) : windows
    const machine: Machine = {
      name: 'server',
      addresses: [local.address],
      sockets: [listener, ...sockets],
      programs: { [listener.id]: PROGRAMS[local.port] ?? 'server' },
    }
    const packet = data(dice, { address: a, port: p }, local)
    const received = receive(hostOf(machine), packet)
    const item = (address: string, port: number) => socketItem(machine, window(address, port).id, words)
    return {
      stem: say.stem,
      views: [tcpdumpView([packet]), ssView(machine, '-tan'), doorsView(machine)],
      body: {
        kind: 'choose',
        right: verdictItem(machine, received, words),
        wrong: [
          { says: item(a, q), misconception: 'source-ip-alone-selects' },
          { says: item(b, p), misconception: 'source-port-alone-selects' },
          { says: socketItem(machine, listener.id, words), misconception: 'listener-carries-data' },
          { says: item(b, q), misconception: 'dport-alone-selects' },
        ],
      },
      explanation: {
        text: say.explain(`${a}:${p}`, local.port, received.why),
        field: 'sourcePort',
        source: 'RFC 9293 §3.10.7.1',
      },
      scene: { machine, packets: [packet] },
    }
  },
}

export const sockets: readonly Template[] = [whichWindow]
