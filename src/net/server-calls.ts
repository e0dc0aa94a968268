import type { Protocol } from './tuple'

/** The calls by which a server comes to a client's first bytes: socket(2), bind(2), listen(2), accept(2), recv(2). */
export type ServerCall = 'socket' | 'bind' | 'listen' | 'accept' | 'recv' | 'recvfrom'

/** How far a server's program has come. */
export interface ServerProgress {
  readonly protocol: Protocol
  /** What its socket is by now. */
  readonly socket: 'none' | 'made' | 'listening'
  /** The port it has: the one that clients know, one that the kernel has picked, or none yet. */
  readonly port: 'none' | 'agreed' | 'picked'
  /** Whether accept has given it a client's connection. */
  readonly accepted: boolean
  /** Whether it has read a client's first bytes. */
  readonly served: boolean
}

/** Why a call does not bring a server on: the error that it gives, or that it waits for a client who never comes. */
export type CallFailure = 'EBADF' | 'EINVAL' | 'EOPNOTSUPP' | 'ENOTCONN' | 'waits'

export const atFirst = (protocol: Protocol): ServerProgress => ({
  protocol,
  socket: 'none',
  port: 'none',
  accepted: false,
  served: false,
})

/** What a call makes of a server, or why it fails. bind asks for the agreed port; each call is for the latest socket. */
export function afterCall(server: ServerProgress, call: ServerCall): ServerProgress | CallFailure {
  const { protocol, socket, port, accepted } = server
  if (call === 'socket') return { ...server, socket: 'made' }
  if (socket === 'none') return 'EBADF'
  switch (call) {
    // Once only: a bound socket keeps its address (bind(2)).
    case 'bind':
      return port === 'none' ? { ...server, port: 'agreed' } : 'EINVAL'
    // Without bind the kernel picks a port that no client knows (ip(7)).
    case 'listen':
      if (protocol === 'udp') return 'EOPNOTSUPP'
      return { ...server, socket: 'listening', port: port === 'none' ? 'picked' : port }
    case 'accept':
      if (protocol === 'udp') return 'EOPNOTSUPP'
      if (socket !== 'listening') return 'EINVAL'
      return port === 'agreed' ? { ...server, accepted: true } : 'waits'
    // A listener has no bytes to read: that is ENOTCONN (recv(2)). A UDP socket reads whatever comes to its port.
    case 'recv':
    case 'recvfrom':
      if (protocol === 'tcp') return accepted ? { ...server, served: true } : 'ENOTCONN'
      return port === 'agreed' ? { ...server, served: true } : 'waits'
  }
}

/** The shortest orders in which some of these calls, each once and none failing, bring a server to a client's first bytes. */
export function ordersToServe(protocol: Protocol, calls: readonly ServerCall[]): readonly (readonly ServerCall[])[] {
  let begun: { readonly made: readonly ServerCall[]; readonly server: ServerProgress }[] = [
    { made: [], server: atFirst(protocol) },
  ]
  while (begun.length > 0) {
    const served = begun.filter(({ server }) => server.served)
    if (served.length > 0) return served.map(({ made }) => made)
    begun = begun.flatMap(({ made, server }) =>
      calls
        .filter((call) => !made.includes(call))
        .flatMap((call) => {
          const next = afterCall(server, call)
          return typeof next === 'string' ? [] : [{ made: [...made, call], server: next }]
        }),
    )
  }
  return []
}
