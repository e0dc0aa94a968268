import type { Address } from '../net/address'
import { ANY4, familyOf } from '../net/address'
import { boundSocket } from '../net/bind'
import type { Host } from '../net/host'
import { SocketTable } from '../net/socket-table'

/** A program that listens for TCP: its port, and its address if not all of them. */
interface Listening {
  readonly port: number
  readonly at?: Address
}

/** A host of one address where these programs listen. */
export const hostListening = (name: string, address: Address, listening: readonly Listening[]): Host => ({
  name,
  addresses: [address],
  table: SocketTable.of(
    listening.map(({ port, at = ANY4 }) =>
      boundSocket(`tcp:${at}:${port}`, {
        protocol: 'tcp',
        family: familyOf(at),
        local: { address: at, port },
        v6only: false,
        reuseaddr: false,
        reuseport: false,
        uid: 0,
      }),
    ),
  ),
})
