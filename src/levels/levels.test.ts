import * as fc from 'fast-check'
import { afterAll, assert, beforeAll, describe, expect, it } from 'vitest'
import claims from '../../content/claims.json'
import curriculum from '../../content/curriculum.json'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import {
  entranceBlind,
  misreader,
  modelPlayer,
  neverTurns,
  numbersAreSeats,
  playThrough,
  windowBlindTo,
} from '../shift/player'
import { SocketTable } from '../net/socket-table'
import { demux } from '../net/demux'
import { tupleKey } from '../net/tuple'
import { crowdMember, windowOf } from '../shift/windows'
import { packetsIn, resultOf } from '../shift/rules'
import type { PacketArrival, Shift } from '../shift/shift'
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

/** Reads both ports low byte first. */
const swapBytes = (packet: Packet): Packet => {
  const { transport } = packet
  if (transport.protocol !== 'tcp' && transport.protocol !== 'udp') return packet
  const turned = (port: number) => ((port & 0xff) << 8) | (port >> 8)
  const { sourcePort, destinationPort } = transport
  return {
    ...packet,
    transport: { ...transport, sourcePort: turned(sourcePort), destinationPort: turned(destinationPort) },
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

const packetsOf = ({ decisions }: Shift): readonly PacketArrival[] =>
  decisions.flatMap(({ arrival }) => ('packet' in arrival ? arrival : []))

describe.each(LEVELS)('level $id', (level) => {
  // Played once for all that is asked of them, and let go: those of all levels would not fit into the memory.
  let shifts: readonly Shift[] = []
  beforeAll(() => {
    shifts = SEEDS.map((seed) => playThrough(level, seed, 'calm', modelPlayer))
  })
  afterAll(() => {
    shifts = []
  })

  it('is finished with three stars by someone who always asks the network model, over 200 seeds', () => {
    expect(shifts).toHaveLength(200)
    for (const end of shifts) {
      expect(end.finished, `seed ${end.seed}`).toBe(true)
      expect(resultOf(end), `seed ${end.seed}`).toMatchObject({ stars: 3, accuracy: 1 })
    }
  })

  it('offers the right choice to every packet', () => {
    for (const { seed, decisions } of shifts)
      for (const { arrival, truth } of decisions)
        assert(
          level.waves[arrival.wave]?.offers.includes(truth.kind),
          `seed ${seed}, packet ${arrival.id}: ${truth.kind}`,
        )
  })

  it('uses only its own addresses, and callers from documentation networks (RFC 5737, RFC 3849) or the host itself', () => {
    const own = [level.host, ...level.waves.flatMap(({ host }) => host ?? [])].flatMap(({ addresses }) => addresses)
    for (const { packet } of packetsOf(playThrough(level, 99, 'calm', modelPlayer))) {
      expect(own).toContain(packet.destination)
      expect(packet.source).toMatch(/^(203\.0\.113|198\.51\.100|192\.0\.2)\.|^2001:db8:|^127\.0\.0\.1$/)
    }
  })

  it.runIf(level.floor === 1)(
    'gives three in ten packets a contrast close by that differs in exactly one field',
    () => {
      const shares = shifts.map((end) => {
        const tuples = packetsOf(end).map(({ packet }) => tupleOf(packet))
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
    },
  )

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

  it('is short enough for a break: at most 36 packets, and the last of all has 60', () => {
    expect(packetsIn(level)).toBeLessThanOrEqual(level.leans ? 60 : 36)
  })
})

describe('any level', () => {
  it('is finished by someone who asks the network model, whatever the seed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LEVELS), fc.nat(), (level, seed) => {
        const end = playThrough(level, seed, 'calm', modelPlayer)
        expect(end.finished).toBe(true)
        expect(resultOf(end)).toMatchObject({ stars: 3, accuracy: 1 })
      }),
      { numRuns: 400 },
    )
  })
})

const withPackets = LEVELS.filter(({ id, floor }) => id !== '3.3' && id !== '3.4' && floor < 4)

const rawPaper = LEVELS.filter(({ id }) => id === '7.1')

describe.each([...withPackets, ...rawPaper])('level $id', (level) => {
  it('is failed by someone who reads the source port for the destination port, over 200 seeds', () => {
    for (const seed of SEEDS) {
      const end = playThrough(level, seed, 'calm', misreader(swapPorts))
      expect(resultOf(end).stars, `seed ${seed}: ${resultOf(end).accuracy}`).toBe(0)
    }
  })
})

describe.each(rawPaper)('level $id', (level) => {
  it('is failed by someone who reads the low byte first, over 200 seeds', () => {
    for (const seed of SEEDS) {
      const end = playThrough(level, seed, 'calm', misreader(swapBytes))
      expect(resultOf(end).stars, `seed ${seed}: ${resultOf(end).accuracy}`).toBe(0)
    }
  })
})

describe.each([
  ['2.1', 'looks at the door alone and takes any of its windows', windowBlindTo('source'), 0],
  ['2.2', 'looks at the door alone and takes any of its windows', windowBlindTo('source'), 0],
  ['2.2', 'reads the address of a window and not its port', windowBlindTo('port'), 1],
  ['2.2', 'reads the port of a window and not its address', windowBlindTo('address'), 1],
  ['2.3', 'looks at the door alone and takes any of its windows', windowBlindTo('source'), 0],
  ['2.3', 'reads the address of a window and not its port', windowBlindTo('port'), 1],
  ['2.4', 'never turns the envelope', neverTurns, 0],
  ['2.5', 'reads the address of a window and not its port', windowBlindTo('port'), 0],
  ['3.1', 'does not look at the address of a door', entranceBlind, 0],
  ['3.2', 'does not look at the address of a door', entranceBlind, 1],
  ['3.3', 'takes a number for a seat', numbersAreSeats, 1],
  ['3.4', 'takes a number for a seat', numbersAreSeats, 0],
  ['3.5', 'does not look at the address of a door', entranceBlind, 1],
] as const)('level %s', (id, what, player, most) => {
  const level = LEVELS.find((one) => one.id === id)
  it(`gives ${most === 0 ? 'no star' : 'one star at most'} to someone who ${what}, over 200 seeds`, () => {
    for (const seed of SEEDS) {
      const { stars, accuracy } = resultOf(playThrough(level ?? LEVELS[0] ?? fail(), seed, 'calm', player))
      expect(stars, `seed ${seed}: ${accuracy}`).toBeLessThanOrEqual(most)
    }
  })
})

const fail = (): never => {
  throw new Error('There is no such level.')
}

describe('the crowd of 2.5', () => {
  const { crowd } = LEVELS.flatMap(({ waves }) => waves).find((wave) => wave.crowd) ?? {}
  it('are as many different connections to one port as are counted, and the model tells them all apart', () => {
    const at = { address: '192.0.2.12', port: 443 }
    const tuples = Array.from({ length: crowd?.count ?? 0 }, (_, index) => crowdMember(index, at))
    const table = SocketTable.of(tuples.map((tuple) => windowOf(undefined, tuple)))
    expect(table.size).toBe(crowd?.count)
    for (const tuple of tuples) expect(demux(table, tuple)?.socket.id).toBe(tupleKey(tuple))
  })
})

describe.each(withPackets.filter(({ teaches }) => teaches.some((id) => /share-space|udp-closed/.test(id))))(
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
