import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tupleOf } from '../net/packet'
import { LEVELS, levelById } from '../levels'
import type { Choice } from '../lessons/choice'
import { modelPlayer, playThrough } from './player'
import {
  advance,
  BACKLOG,
  changes,
  decide,
  glowing,
  inputsOf,
  packetsIn,
  replay,
  resultOf,
  settled,
  start,
} from './rules'
import { portsOnOffer, truthOf } from './truth'
import type { Shift } from './shift'
import { atDesk, offers, packetOf } from './shift'

const level = (id: string) => {
  const found = levelById(id)
  if (!found) throw new Error(`There is no level ${id}.`)
  return found
}

const desk = (shift: Shift) => {
  const arrival = atDesk(shift)
  if (!arrival || !('packet' in arrival)) throw new Error('No packet waits.')
  return arrival
}

const right = (shift: Shift): Choice => truthOf(shift, desk(shift)).choice

/** A door other than the right one. */
const wrongDoor = (shift: Shift): Choice => {
  const truth = right(shift)
  const door = shift.host.sockets.find(({ id, peer }) => !peer && !('socket' in truth && truth.socket === id))
  if (!door) throw new Error('There is only one door.')
  return { kind: 'listener', socket: door.id }
}

/** Any player at all: picks among what is on offer by a list of numbers. */
const playBy = (shift: Shift, pick: number): Choice => {
  const { sockets } = shift.host
  const arrival = atDesk(shift)
  const packet = packetOf(arrival)
  const tuple = packet && tupleOf(packet)
  const ends = tuple ? [tuple.source, tuple.destination] : []
  const options: Choice[] = offers(shift).flatMap((kind): Choice[] => {
    switch (kind) {
      case 'listener':
        return sockets.filter(({ peer }) => !peer).map(({ id }) => ({ kind, socket: id }))
      case 'connection':
        return sockets.filter(({ peer }) => peer).map(({ id }) => ({ kind, socket: id }))
      case 'range':
        return (['system', 'user', 'dynamic'] as const).map((range) => ({ kind, range }))
      case 'reply':
        return ends.flatMap((source) => ends.map((destination) => ({ kind, source, destination })))
      case 'port':
        return arrival ? portsOnOffer(shift, arrival).map((port) => ({ kind, port })) : []
      case 'count':
        return arrival?.asks === 'count' ? arrival.bets.map(({ count }) => ({ kind, count })) : []
      case 'tell':
        return arrival?.asks === 'tell' ? arrival.options.map(({ told }) => ({ kind, told })) : []
      case 'plan':
        return arrival?.asks === 'plan' ? [truthOf(shift, arrival).choice] : []
      default:
        return [{ kind }]
    }
  })
  return options[pick % options.length] ?? { kind: 'drop' }
}

describe('a verdict', () => {
  const shift = start(level('1.2'), 7, 'calm')

  it('takes the packet off the desk when it is right', () => {
    const after = decide(shift, right(shift))
    expect(after.decisions.at(-1)).toMatchObject({ right: true, arrival: { id: 0 } })
    expect(after.waiting.some(({ id }) => id === 0)).toBe(false)
  })

  it('lights a window for the connection of a delivered SYN', () => {
    const source = tupleOf(desk(shift).packet)?.source
    const after = decide(shift, right(shift))
    expect(after.host.sockets.at(-1)).toMatchObject({ state: 'ESTAB', peer: source })
  })

  it('brings the same errand back later, with other numbers, when it is wrong', () => {
    const arrival = desk(shift)
    const after = decide(shift, wrongDoor(shift))
    const again = [...after.waiting, ...after.coming].filter(({ id }) => id === arrival.id)
    expect(again).toHaveLength(1)
    expect(again[0]?.attempt).toBe(2)
    expect(atDesk(after)?.id).not.toBe(arrival.id)
    const [before, now] = [tupleOf(arrival.packet), again[0] && tupleOf(packetOf(again[0]) ?? arrival.packet)]
    expect(now?.destination).toEqual(before?.destination)
    expect(now?.source).not.toEqual(before?.source)
  })

  it('names the deciding field and the misconception when it is wrong, and only then', () => {
    const wrong = decide(shift, wrongDoor(shift)).decisions.at(-1)
    expect(wrong?.reason.field).toBe('destinationPort')
    expect(wrong?.reason.misconception).toBeDefined()
    expect(decide(shift, right(shift)).decisions.at(-1)?.reason.misconception).toBeUndefined()
  })

  it('is ignored when its kind is not on offer, or its door does not exist', () => {
    expect(decide(shift, { kind: 'icmp' })).toBe(shift)
    expect(decide(shift, { kind: 'listener', socket: 'nowhere' })).toBe(shift)
  })

  it('ends the streak when it is wrong and adds to it when it is right', () => {
    const two = decide(decide(shift, right(shift)), right(decide(shift, right(shift))))
    expect(two.streak).toBe(2)
    expect(decide(two, wrongDoor(two))).toMatchObject({ streak: 0, bestStreak: 2 })
  })

  it('is answered as the network would: a refused SYN gets RST with the right numbers, a wrong silence gets nothing', () => {
    let quiet = start(level('1.4'), 3, 'calm')
    while (right(quiet).kind !== 'rst') quiet = decide(quiet, right(quiet))
    const { packet } = desk(quiet)
    const refused = decide(quiet, { kind: 'rst' }).decisions.at(-1)?.answer
    expect(refused).toMatchObject({ source: packet.destination, destination: packet.source })
    expect(refused?.transport).toMatchObject({ protocol: 'tcp', flags: { rst: true, ack: true } })
    expect(decide(quiet, { kind: 'drop' }).decisions.at(-1)?.answer).toBeUndefined()
  })
})

describe('a wrong move names the idea behind it:', () => {
  const mistake = (id: string, seed: number, wanted: (shift: Shift) => Choice | undefined) => {
    let shift = start(level(id), seed, 'calm')
    while (!shift.finished) {
      const choice = wanted(shift)
      if (choice) return decide(shift, choice).decisions.at(-1)?.reason
      shift = decide(shift, right(shift))
    }
    throw new Error(`Level ${id} never gave the occasion.`)
  }
  const socketAt = (shift: Shift, protocol: string, port: number | undefined) =>
    shift.host.sockets.find((socket) => !socket.peer && socket.protocol === protocol && socket.local.port === port)

  it('the door with the number of the source port', () => {
    const reason = mistake('1.2', 5, (shift) => {
      const tuple = tupleOf(desk(shift).packet)
      const bait = desk(shift).kind === 'bait' && socketAt(shift, 'tcp', tuple?.source.port)
      return bait ? { kind: 'listener', socket: bait.id } : undefined
    })
    expect(reason).toMatchObject({ misconception: 'source-port-is-door', field: 'destinationPort' })
  })

  it('the door of the other protocol', () => {
    const reason = mistake('1.3', 5, (shift) => {
      const tuple = tupleOf(desk(shift).packet)
      if (tuple?.protocol !== 'udp') return undefined
      const other = socketAt(shift, 'tcp', tuple.destination.port)
      return other && { kind: 'listener', socket: other.id }
    })
    expect(reason).toMatchObject({ misconception: 'tcp-udp-share-space', field: 'protocol' })
  })

  it.each([
    ['silence for a closed TCP port', 'rst', 'drop', 'closed-is-silent'],
    ['RST for a postcard', 'icmp', 'rst', 'udp-closed-sends-rst'],
    ['an ICMP note for a parcel', 'rst', 'icmp', 'closed-tcp-sends-icmp'],
    ['RST for a ping', 'echo-reply', 'rst', 'icmp-has-port'],
  ] as const)('%s', (_, truth, choice, misconception) => {
    const reason = mistake('1.4', 5, (shift) => (right(shift).kind === truth ? { kind: choice } : undefined))
    expect(reason).toMatchObject({ misconception })
  })

  it('the range of a famous number', () => {
    const reason = mistake('1.5', 5, (shift) => {
      const truth = right(shift)
      return truth.kind === 'range' && truth.range === 'user' ? { kind: 'range', range: 'system' } : undefined
    })
    expect(reason).toMatchObject({ misconception: 'popular-means-well-known', field: 'destinationPort' })
  })
})

describe('a shift', () => {
  it('is the same for the same level, seed and inputs, whoever plays', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LEVELS),
        fc.nat(),
        fc.array(fc.tuple(fc.nat(30), fc.nat(5000)), { maxLength: 60 }),
        fc.constantFrom('calm' as const, 'rush' as const),
        (played, seed, moves, mode) => {
          let shift = start(played, seed, mode)
          for (const [pick, ms] of moves) shift = decide(advance(shift, ms), playBy(shift, pick))
          const again = replay(played, seed, mode, inputsOf(shift))
          expect(again.decisions).toEqual(shift.decisions)
          expect(again.host).toEqual(shift.host)
          expect(again.waiting).toEqual(advance(again, 0).waiting)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('settles every packet exactly once, however it is played', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LEVELS), fc.nat(), fc.infiniteStream(fc.nat(30)), (played, seed, picks) => {
        let shift = start(played, seed, 'calm')
        for (let moves = 0; !shift.finished && moves < 3000; moves++) {
          const choice = moves % 5 === 4 ? modelPlayer(shift) : playBy(shift, picks.next().value ?? 0)
          shift = decide(shift, choice)
        }
        const ids = shift.decisions.filter((decision) => decision.right).map(({ arrival }) => arrival.id)
        expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: packetsIn(played) }, (_, id) => id))
        expect(settled(shift)).toBe(packetsIn(played))
      }),
      { numRuns: 60 },
    )
  })

  it('times nothing in calm mode: an hour changes only the clock', () => {
    const before = start(level('1.1'), 1, 'calm')
    expect(advance(before, 3_600_000)).toEqual({ ...before, now: 3_600_000 })
  })

  it('counts a packet that comes back for nothing: accuracy is that of first verdicts', () => {
    let shift = start(level('1.2'), 3, 'calm')
    shift = decide(shift, wrongDoor(shift))
    while (!shift.finished) shift = decide(shift, right(shift))
    expect(resultOf(shift)).toMatchObject({ firstTries: 14, rightFirst: 13, missed: [{ right: false }] })
    expect(shift.decisions).toHaveLength(15)
  })

  it('shows the deciding field for the first packets of a wave that glows, then not', () => {
    const shift = start(level('1.1'), 2, 'calm')
    expect(glowing(shift)).toEqual({ field: 'destinationPort', door: 'tcp::443' })
    expect(glowing(decide(shift, right(shift)))).toBeUndefined()
  })

  it('helps once more after two mistakes of one kind', () => {
    let shift = start(level('1.3'), 4, 'calm')
    while (shift.decisions.filter((decision) => !decision.right).length < 2) {
      const tuple = tupleOf(desk(shift).packet)
      const twin = shift.host.sockets.find(
        (socket) => !socket.peer && socket.local.port === tuple?.destination.port && socket.protocol !== tuple.protocol,
      )
      const misread = twin && desk(shift).attempt === 1 && right(shift).kind === 'listener'
      shift = decide(shift, misread ? { kind: 'listener', socket: twin.id } : right(shift))
    }
    while (desk(shift).attempt === 1) shift = decide(shift, right(shift))
    expect(glowing(shift)).toMatchObject({ field: 'protocol' })
  })
})

describe('rush', () => {
  const rush = start(level('1.6'), 11, 'rush')

  it('lets packets keep coming', () => {
    expect(advance(rush, 20_000).waiting.length).toBeGreaterThan(rush.waiting.length)
  })

  it('loses the oldest of the backlog when a ninth wants a pigeonhole, and the one at the desk stays', () => {
    const flooded = advance(rush, 120_000)
    expect(flooded.waiting).toHaveLength(BACKLOG + 1)
    expect(flooded.lost[0]?.id).toBe(1)
    expect(atDesk(flooded)?.id).toBe(0)
  })

  it('takes no star for what was lost', () => {
    let shift = advance(rush, 120_000)
    for (let moves = 0; !shift.finished && moves < 200; moves++) {
      shift = atDesk(shift) ? decide(shift, right(shift)) : advance(shift, 1000)
    }
    expect(shift.finished).toBe(true)
    expect(resultOf(shift)).toMatchObject({ stars: 3, accuracy: 1 })
    expect(resultOf(shift).lost).toBeGreaterThan(0)
  })

  it('quickens with success and slows with trouble', () => {
    expect(decide(rush, right(rush)).pace).toBeLessThan(rush.pace)
    expect(decide(rush, wrongDoor(rush)).pace).toBeGreaterThan(rush.pace)
  })
})

describe('what a step changes', () => {
  it('is nothing between a state and itself', () => {
    const shift = start(level('1.1'), 1, 'calm')
    expect(changes(shift, shift)).toEqual([])
  })

  it('is the verdict, the new window and the next arrival after a delivery', () => {
    const shift = start(level('1.2'), 1, 'calm')
    const kinds = changes(shift, decide(shift, right(shift))).map(({ kind }) => kind)
    expect(kinds).toEqual(right(shift).kind === 'listener' ? ['decided', 'lit', 'arrived'] : ['decided', 'arrived'])
  })

  it('tells of doors that open with a new wave, and of the end', () => {
    const played = playThrough(level('1.1'), 1, 'calm', modelPlayer)
    let shift = start(level('1.1'), 1, 'calm')
    const seen = new Set<string>()
    for (const { choice } of inputsOf(played)) {
      const next = decide(shift, choice)
      for (const change of changes(shift, next)) seen.add(change.kind === 'opened' ? change.door : change.kind)
      shift = next
    }
    expect(seen).toContain('tcp::22')
    expect(seen).toContain('brick:tcp:8080')
    expect(seen).toContain('finished')
  })
})
