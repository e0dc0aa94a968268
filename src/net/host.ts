import type { Address } from './address'
import type { SocketTable } from './socket-table'

/** A computer on the network: its addresses (127.0.0.0/8 and ::1 are its own without saying) and its sockets. */
export interface Host {
  readonly name: string
  readonly addresses: readonly Address[]
  readonly table: SocketTable
}
