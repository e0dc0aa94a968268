import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KernelSocket } from './kernel'
import { Kernel } from './kernel'
import type { ServerCall } from './server-calls'
import { afterCall, atFirst, ordersToServe } from './server-calls'

const TCP: readonly ServerCall[] = ['socket', 'bind', 'listen', 'accept', 'recv']

const PORT = 8080

/**
 * Whether a server that makes these calls on the model of the kernel has read a client's bytes in the end. The client
 * knocks at the agreed port before every call; undefined when a call fails.
 */
function servedByKernel(calls: readonly ServerCall[]): boolean | undefined {
  const kernel = new Kernel([], () => 0)
  const knock = () => {
    const client = kernel.open({ protocol: 'tcp', family: 4 })
    if (kernel.connectTcp(client, '127.0.0.1', PORT) === 'connected') kernel.sendTcp(client, Uint8Array.of(1))
  }
  let socket: KernelSocket | undefined
  let connection: KernelSocket | undefined
  let read = false
  for (const call of calls) {
    if (call === 'socket') {
      socket = kernel.open({ protocol: 'tcp', family: 4 })
      continue
    }
    if (!socket) return undefined
    if (call === 'bind' && kernel.bind(socket, '0.0.0.0', PORT)) return undefined
    if (call === 'listen' && kernel.listen(socket)) return undefined
    if (socket.phase === 'LISTEN') knock()
    if (call === 'accept') {
      if (socket.phase !== 'LISTEN') return undefined
      connection = kernel.accept(socket)?.end
      if (!connection) return undefined
    }
    if (call === 'recv') {
      if (kernel.receiveTcp(connection ?? socket) !== 'data') return undefined
      read = true
    }
  }
  return read
}

/** The same by the model of calls. */
function servedByModel(calls: readonly ServerCall[]): boolean | undefined {
  let server = atFirst('tcp')
  for (const call of calls) {
    const next = afterCall(server, call)
    if (typeof next === 'string') return undefined
    server = next
  }
  return server.served
}

describe('a TCP server', () => {
  it('serves after the same orders of calls as on the kernel', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...TCP]), (calls) => {
        expect(servedByModel(calls)).toBe(servedByKernel(calls))
      }),
      { numRuns: 500 },
    )
  })

  it('has one way to a client’s first bytes', () => {
    expect(ordersToServe('tcp', TCP)).toEqual([['socket', 'bind', 'listen', 'accept', 'recv']])
    expect(ordersToServe('tcp', TCP.toReversed())).toEqual([['socket', 'bind', 'listen', 'accept', 'recv']])
  })

  it('cannot be bound once it listens, and a listener has no bytes to read', () => {
    const listening = ['socket', 'listen'].reduce((server, call) => {
      const next = afterCall(server, call === 'socket' ? 'socket' : 'listen')
      return typeof next === 'string' ? server : next
    }, atFirst('tcp'))
    expect(listening.port).toBe('picked')
    expect(afterCall(listening, 'bind')).toBe('EINVAL')
    expect(afterCall(listening, 'recv')).toBe('ENOTCONN')
    expect(afterCall(listening, 'accept')).toBe('waits')
  })
})

describe('a UDP server', () => {
  it('needs neither listen nor accept, and has neither', () => {
    const calls: readonly ServerCall[] = ['accept', 'recvfrom', 'listen', 'socket', 'bind']
    expect(ordersToServe('udp', calls)).toEqual([['socket', 'bind', 'recvfrom']])
    expect(afterCall({ ...atFirst('udp'), socket: 'made' }, 'listen')).toBe('EOPNOTSUPP')
    expect(afterCall({ ...atFirst('udp'), socket: 'made' }, 'accept')).toBe('EOPNOTSUPP')
  })

  it('waits for ever at a port that nobody knows', () => {
    expect(afterCall({ ...atFirst('udp'), socket: 'made' }, 'recvfrom')).toBe('waits')
    expect(ordersToServe('udp', ['socket', 'recvfrom'])).toEqual([])
  })
})
