import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataPacket, datagram, synPacket } from './build'
import { rolesIn } from './client'

const ports = fc.record({ from: fc.integer({ min: 1, max: 65535 }), to: fc.integer({ min: 1, max: 65535 }) })
const ends = ({ from, to }: { readonly from: number; readonly to: number }) => ({
  source: { address: '192.0.2.150', port: from },
  destination: { address: '198.51.100.9', port: to },
})
const ip = { ttl: 64, identification: 1 }

describe('the client of a conversation', () => {
  it('is who sends the SYN, whatever the numbers', () => {
    fc.assert(
      fc.property(ports, (pair) => {
        const { source, destination } = ends(pair)
        const syn = synPacket({ source, destination, seq: 1, tsval: 1, ...ip })
        expect(rolesIn([syn], true)).toEqual({ client: source, server: destination })
        expect(rolesIn([syn], false)).toEqual({ client: source, server: destination })
      }),
    )
  })

  it('is who gets the SYN-ACK, where the SYN itself is missing', () => {
    const { source, destination } = ends({ from: 8080, to: 51000 })
    const syn = synPacket({ source, destination, seq: 1, tsval: 1, ...ip })
    if (syn.transport.protocol !== 'tcp') throw new Error('A SYN is a TCP segment.')
    const synAck = { ...syn, transport: { ...syn.transport, flags: { ...syn.transport.flags, ack: true } } }
    expect(rolesIn([synAck], false)).toEqual({ client: destination, server: source })
  })

  it('is not to be told from what comes later: neither from segments nor from datagrams', () => {
    fc.assert(
      fc.property(ports, (pair) => {
        const payload = new Uint8Array(1)
        const data = dataPacket({ ...ends(pair), seq: 1, ack: 1, tsval: 1, tsecr: 1, payload, ...ip })
        const later = datagram({ ...ends(pair), payload, ...ip })
        expect(rolesIn([data], true)).toBeUndefined()
        expect(rolesIn([later], false)).toBeUndefined()
        expect(rolesIn([later], true)?.client).toEqual(ends(pair).source)
      }),
    )
  })
})
