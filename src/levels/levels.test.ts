import { describe, expect, it } from 'vitest'
import claims from '../../content/claims.json'
import curriculum from '../../content/curriculum.json'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { misreader, modelPlayer, playThrough } from '../shift/player'
import { packetsIn, resultOf } from '../shift/rules'
import type { Arrival } from '../shift/shift'
import { LEVELS } from '.'

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed * 7919 + 1)

const swapPorts = (packet: Packet): Packet => {
  const { transport } = packet
  if (transport.protocol !== 'tcp' && transport.protocol !== 'udp') return packet
  return {
    ...packet,
    transport: { ...transport, sourcePort: transport.destinationPort, destinationPort: transport.sourcePort },
  }
}

/** Sees every item as a parcel: the packet as it would be over TCP. */
const allTcp = (packet: Packet): Packet => {
  const { transport } = packet
  if (transport.protocol !== 'udp') return packet
  const flags = { fin: false, syn: true, rst: false, psh: false, ack: false, urg: false, ece: false, cwr: false }
  const { sourcePort, destinationPort } = transport
  const nothing = new Uint8Array()
  return {
    ...packet,
    transport: {
      protocol: 'tcp',
      sourcePort,
      destinationPort,
      seq: 1,
      ack: 0,
      flags,
      window: 64240,
      urgent: 0,
      options: nothing,
      payload: nothing,
    },
  }
}

const arrivals = (level: (typeof LEVELS)[number], seed: number): readonly Arrival[] =>
  playThrough(level, seed, 'calm', modelPlayer).decisions.map(({ arrival }) => arrival)

describe.each(LEVELS)('level $id', (level) => {
  it('is finished with three stars by someone who always asks the network model, over 200 seeds', () => {
    for (const seed of SEEDS) {
      const end = playThrough(level, seed, 'calm', modelPlayer)
      expect(end.finished, `seed ${seed}`).toBe(true)
      expect(resultOf(end), `seed ${seed}`).toMatchObject({ stars: 3, accuracy: 1 })
    }
  })

  it('is failed by someone who reads the source port for the destination port, over 200 seeds', () => {
    for (const seed of SEEDS) {
      const end = playThrough(level, seed, 'calm', misreader(swapPorts))
      expect(resultOf(end).stars, `seed ${seed}: ${resultOf(end).accuracy}`).toBe(0)
    }
  })

  it('offers the right choice to every packet', () => {
    for (const seed of SEEDS.slice(0, 50)) {
      for (const { arrival, truth } of playThrough(level, seed, 'calm', modelPlayer).decisions) {
        expect(level.waves[arrival.wave]?.offers, `${level.id} seed ${seed} packet ${arrival.id}`).toContain(truth.kind)
      }
    }
  })

  it('uses only its own addresses, and callers from documentation networks (RFC 5737)', () => {
    for (const { packet } of arrivals(level, 99)) {
      expect(level.host.addresses).toContain(packet.destination)
      expect(packet.source).toMatch(/^(203\.0\.113|198\.51\.100)\./)
    }
  })

  it('gives three in ten packets a contrast close by that differs in exactly one field', () => {
    const shares = SEEDS.map((seed) => {
      const tuples = arrivals(level, seed).map(({ packet }) => tupleOf(packet))
      const fields = tuples.map(
        (tuple) =>
          tuple && [tuple.protocol, tuple.source.address, tuple.source.port, tuple.destination.port].map(String),
      )
      const contrasted = fields.filter((own, index) =>
        fields.some((other, place) => {
          if (!own || !other || place === index || Math.abs(place - index) > 4) return false
          return own.filter((value, field) => value !== other[field]).length === 1
        }),
      )
      return contrasted.length / tuples.length
    })
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
    expect(mean).toBeGreaterThanOrEqual(0.3)
  })

  it('teaches known misconceptions and claims', () => {
    const known: readonly string[] = MISCONCEPTION_IDS
    for (const id of level.teaches) expect(known).toContain(id)
    for (const id of level.claims) expect(claims.claims.map((claim) => claim.id)).toContain(id)
  })

  it('keeps what the curriculum teaches at this place', () => {
    const planned = curriculum.levels.find(({ id }) => id === level.id)
    expect(planned?.claims.filter((id) => !level.claims.includes(id))).toEqual([])
    expect(level.boss).toBe(planned?.boss)
  })

  it('is short enough for a break: at most 36 packets', () => {
    expect(packetsIn(level)).toBeLessThanOrEqual(36)
  })
})

describe.each(LEVELS.filter(({ teaches }) => teaches.some((id) => /share-space|udp-closed/.test(id))))(
  'level $id',
  (level) => {
    it('cannot be won with three stars by someone who takes every postcard for a parcel', () => {
      for (const seed of SEEDS) {
        expect(resultOf(playThrough(level, seed, 'calm', misreader(allTcp))).stars, `seed ${seed}`).toBeLessThan(3)
      }
    })
  },
)

describe.each(LEVELS.filter(({ id }) => id === '1.3' || id === '1.4'))('level $id', (level) => {
  it('is failed by someone who takes every postcard for a parcel', () => {
    for (const seed of SEEDS) {
      expect(resultOf(playThrough(level, seed, 'calm', misreader(allTcp))).stars, `seed ${seed}`).toBe(0)
    }
  })
})
