import { describe, expect, it } from 'vitest'
import { baysOf } from './bays'
import { connected, waiting } from './machine'

const local = { address: '192.0.2.10', port: 443 }
const everywhere = waiting('tcp', { address: '0.0.0.0', port: 443 })
const here = waiting('tcp', { address: '192.0.2.10', port: 443 })
const ssh = waiting('tcp', { address: '127.0.0.1', port: 22 })
const window = connected('tcp', local, { address: '203.0.113.7', port: 51844 })
const call = connected('tcp', { address: '192.0.2.10', port: 40022 }, { address: '198.51.100.4', port: 443 })

const bays = (...sockets: Parameters<typeof baysOf>[0]['sockets']) =>
  baysOf({ name: 'server', addresses: ['192.0.2.10'], sockets, programs: { [everywhere.id]: 'nginx' } })

describe('the picture of doors and windows', () => {
  it('has a door for every listener, by port, with the windows of its connections', () => {
    expect(bays(window, everywhere, ssh)).toMatchObject([
      { id: ssh.id, kind: 'listening', port: 22, address: '127.0.0.1', program: '', windows: [] },
      { id: everywhere.id, kind: 'listening', port: 443, program: 'nginx', windows: [window] },
    ])
  })

  it('puts a window to the lamp at its own address before the one at all addresses', () => {
    expect(bays(everywhere, here, window).map(({ windows }) => windows)).toEqual([[], [window]])
  })

  it('shows connections without a listener as a port that calls out', () => {
    expect(bays(call)).toMatchObject([{ kind: 'out', port: 40022, address: '192.0.2.10', windows: [call] }])
  })
})
