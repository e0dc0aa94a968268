import type { Family } from './address'
import { addressBytes, mapped } from './address'
import { hexOf } from './hex'
import type { SocketState } from './socket'
import type { SsSocket } from './ss'
import type { Endpoint, Protocol } from './tuple'

/** The numbers of the states in /proc/net (Linux: include/net/tcp_states.h); an unconnected UDP socket is "closed". */
const STATES: Readonly<Record<SocketState, string>> = {
  ESTAB: '01',
  'SYN-SENT': '02',
  'SYN-RECV': '03',
  'FIN-WAIT-1': '04',
  'FIN-WAIT-2': '05',
  'TIME-WAIT': '06',
  UNCONN: '07',
  'CLOSE-WAIT': '08',
  'LAST-ACK': '09',
  LISTEN: '0A',
  CLOSING: '0B',
}

/**
 * /proc/net/tcp, udp, tcp6 or udp6 up to the column `st`, heading first (proc(5)): what ss and netstat read. Addresses are
 * hexadecimal, each 32-bit word with its bytes in the order of the machine (x86: the last one first); ports are
 * hexadecimal as one writes a number. The kernel's own order of lines is that of its hash; here it is the order given.
 */
export function procNet(sockets: readonly SsSocket[], protocol: Protocol, family: Family): readonly string[] {
  const udp = protocol === 'udp'
  const head =
    family === 4
      ? `${udp ? ' ' : ''}  sl  local_address rem_address   st`
      : `  sl  ${'local_address'.padEnd(38)}${'remote_address'.padEnd(38)}st`
  const shown = sockets.filter((socket) => socket.protocol === protocol && socket.family === family)
  const lines = shown.map(({ local, peer, state }, index) => {
    const nobody = { address: family === 4 ? '0.0.0.0' : '::', port: 0 }
    return `${String(index).padStart(udp ? 5 : 4)}: ${endText(local, family)} ${endText(peer ?? nobody, family)} ${STATES[state]}`
  })
  return [head, ...lines]
}

const endText = ({ address, port }: Endpoint, family: Family): string => {
  const bytes = addressBytes(family === 6 ? mapped(address) : address)
  const words = Array.from({ length: bytes.length / 4 }, (_, word) => bytes.slice(word * 4, word * 4 + 4).toReversed())
  const text = words.map(hexOf).join('').toUpperCase()
  return `${text}:${port.toString(16).toUpperCase().padStart(4, '0')}`
}
