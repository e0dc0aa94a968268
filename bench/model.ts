import { demux } from '../src/net/demux'
import type { Socket } from '../src/net/socket'
import { SocketTable } from '../src/net/socket-table'
import type { FiveTuple } from '../src/net/tuple'
import { tupleKey } from '../src/net/tuple'
import { random } from '../src/shift/random'
import { median } from './median'

const DELIVERIES = 200_000
const ROUNDS = 7

/** The nth caller of door 443: addresses and ports that are all different. */
const caller = (index: number): FiveTuple => ({
  protocol: 'tcp',
  source: { address: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`, port: 32768 + (index % 28000) },
  destination: { address: '192.0.2.10', port: 443 },
})

function tableOf(connections: number): SocketTable {
  const table = new SocketTable()
  const common = { protocol: 'tcp', family: 4, v6only: false, reuseaddr: false, reuseport: false, uid: 0 } as const
  table.add({ ...common, id: 'listener', local: { address: '0.0.0.0', port: 443 }, state: 'LISTEN' })
  for (let index = 0; index < connections; index++) {
    const { source, destination } = caller(index)
    const socket: Socket = { ...common, id: tupleKey(caller(index)), local: destination, peer: source, state: 'ESTAB' }
    table.add(socket)
  }
  return table
}

/** Milliseconds for a fixed number of deliveries to connections chosen by chance. */
function deliver(table: SocketTable, connections: number, seed: number): number {
  const dice = random(seed)
  const packets = Array.from({ length: 1000 }, () => caller(dice.int(0, connections - 1)))
  const begin = performance.now()
  let found = 0
  for (let index = 0; index < DELIVERIES; index++) {
    const packet = packets[index % packets.length]
    if (packet && demux(table, packet)?.by === 'connection') found++
  }
  const took = performance.now() - begin
  if (found !== DELIVERIES) throw new Error(`Only ${found} of ${DELIVERIES} packets found their connection.`)
  return took
}

/** Delivery to one of a million established sockets beside one of a hundred. */
export async function benchModel(print: (line: string) => void): Promise<void> {
  const few = tableOf(100)
  const many = tableOf(1_000_000)
  const times = { few: [] as number[], many: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    times.few.push(deliver(few, 100, round))
    times.many.push(deliver(many, 1_000_000, round))
  }
  const [a, b] = [median(times.few), median(times.many)]
  print(`delivery among       100 sockets: ${((a / DELIVERIES) * 1e6).toFixed(0)} ns a packet`)
  print(`delivery among 1,000,000 sockets: ${((b / DELIVERIES) * 1e6).toFixed(0)} ns a packet`)
  print(`ratio ${(b / a).toFixed(2)} (target: at most 3)`)
}
