import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Choice } from '../lessons/choice'
import { random } from '../shift/random'
import { truthOf } from '../shift/truth'
import { choiceFrom, choiceText } from './team-choice'
import type { TeamShift } from './team'
import {
  HELP,
  STALLED,
  beginTeam,
  lastDecision,
  leaveTeam,
  outcomeOfTeam,
  parcelAt,
  routeInTeam,
  seatInTeam,
  startTeam,
  streamOf,
  teamLevels,
} from './team'

const players = (count: number) => Array.from({ length: count }, (_, number) => `player${number}`)
const begun = (level: string, seed: number, count: number) =>
  startTeam(beginTeam({ level, seed }), players(count), 1000)

function rightChoice(team: TeamShift, player: string): Choice | undefined {
  const parcel = parcelAt(team, player)
  return team.shift && parcel ? truthOf(team.shift, parcel).choice : undefined
}

/** The player takes the parcel at the desk somewhere: where the model says, or where any letter leads. */
function routed(team: TeamShift, player: string, at: number, choice?: string) {
  const parcel = parcelAt(team, player)
  const right = rightChoice(team, player)
  const text = choice ?? (right && choiceText(right)) ?? 'X'
  return routeInTeam(team, { player, at, arrival: parcel?.id ?? 0, attempt: parcel?.attempt ?? 1, choice: text })
}

const worked = (result: ReturnType<typeof routeInTeam>): TeamShift => {
  if (typeof result === 'string') throw new Error(result)
  return result
}

/** All desks work in any order until nothing is left. */
function playedOut(team: TeamShift, seed: number): TeamShift {
  const dice = random(seed)
  let at = 1000
  let now = team
  for (let step = 0; step < 20_000 && !now.shift?.finished; step++) {
    const busy = [...now.desks].filter(([, { parcel }]) => parcel !== undefined).map(([player]) => player)
    now = worked(routed(now, dice.pick(busy), (at += 100)))
  }
  return now
}

describe('a shift that a class shares', () => {
  it('can be played on the levels whose parcels are all taken somewhere', () => {
    expect(teamLevels().map(({ id }) => id)).toEqual([
      '1.1',
      '1.2',
      '1.3',
      '1.4',
      '1.6',
      '2.1',
      '2.2',
      '2.3',
      '3.1',
      '3.2',
    ])
  })

  it.each(teamLevels().map(({ id }) => id))(
    'is won on %s by thirty desks that ask the model, in any order',
    (level) => {
      for (const seed of [1, 2, 3, 4, 5, 6]) {
        const end = playedOut(begun(level, seed, 30), seed + 100)
        expect(end.shift?.finished).toBe(true)
        expect(end.shift?.decisions.every(({ right }) => right)).toBe(true)
        const { whole, each } = outcomeOfTeam(end)
        expect(whole.first).toBeGreaterThanOrEqual(200)
        expect(whole.rightFirst).toBe(whole.first)
        expect([...each.values()].filter(({ right }) => right > 0)).toHaveLength(30)
      }
    },
  )

  it('gives each desk a parcel of its own', () => {
    const team = begun('1.4', 7, 30)
    const parcels = [...team.desks.values()].map(({ parcel }) => parcel)
    expect(new Set(parcels).size).toBe(30)
    expect(parcels).not.toContain(undefined)
  })

  it('lets two players do as they like, late ones sit down and others leave, and no parcel is lost or doubled', () => {
    const step = fc.record({
      who: fc.nat(11),
      what: fc.constantFrom('right', 'right', 'right', 'R', 'I', 'X', 'E', 'L0', 'nonsense', HELP, 'leave', 'sit'),
      wait: fc.nat(20_000),
    })
    fc.assert(
      fc.property(
        fc.constantFrom(...teamLevels().map(({ id }) => id)),
        fc.nat(1000),
        fc.array(step, { maxLength: 80 }),
        (level, seed, steps) => {
          let team = begun(level, seed, 5)
          let at = 1000
          for (const { who, what, wait } of steps) {
            const player = `player${who}`
            at += wait
            if (what === 'leave') team = leaveTeam(team, player, at)
            else if (what === 'sit') team = seatInTeam(team, player, at)
            else {
              const result = routed(team, player, at, what === 'right' ? undefined : what)
              if (typeof result !== 'string') team = result
            }
            const held = [...team.desks.values()].flatMap(({ parcel }) => parcel ?? [])
            const stream = team.shift ? streamOf(team.shift).map(({ id }) => id) : []
            expect(new Set(held).size).toBe(held.length)
            expect(new Set(stream).size).toBe(stream.length)
            expect(held.every((id) => stream.includes(id))).toBe(true)
            // Nobody is idle while a parcel lies about.
            expect(held.length).toBe(Math.min(team.desks.size, stream.length))
            expect(team.by).toHaveLength(team.shift?.decisions.length ?? -1)
            const settled = team.shift?.decisions.filter(({ right }) => right).length
            const sum = [...team.desks.values()].reduce((all, { right }) => all + right, 0)
            expect(sum).toBeLessThanOrEqual(settled ?? -1)
          }
          const rest = playedOut(team.desks.size > 0 ? team : seatInTeam(team, 'last', at), seed)
          expect(rest.shift?.finished).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('brings a mistake to somebody else, with its reason to whoever made it', () => {
    const team = begun('1.4', 3, 4)
    const parcel = parcelAt(team, 'player0')
    const right = rightChoice(team, 'player0')
    const wrong = right?.kind === 'rst' ? 'X' : 'R'
    let after = worked(routed(team, 'player0', 2000, wrong))
    expect(lastDecision(after, 'player0')?.right).toBe(false)
    expect(lastDecision(after, 'player0')?.reason.misconception).toBeDefined()
    let keeper: string | undefined
    for (let turn = 0; turn < 40 && keeper === undefined; turn++) {
      keeper = [...after.desks].find(([, desk]) => desk.parcel === parcel?.id)?.[0]
      if (keeper === undefined) after = worked(routed(after, `player${1 + (turn % 3)}`, 3000 + turn))
    }
    expect(keeper).not.toBe('player0')
    expect(keeper && parcelAt(after, keeper)?.attempt).toBe(2)
  })

  it('counts what arrives twice once, and refuses a parcel that lies elsewhere', () => {
    const team = begun('1.2', 5, 3)
    const parcel = parcelAt(team, 'player1')
    const right = rightChoice(team, 'player1')
    const sent = {
      player: 'player1',
      at: 5000,
      arrival: parcel?.id ?? -1,
      attempt: 1,
      choice: (right && choiceText(right)) ?? '',
    }
    const once = worked(routeInTeam(team, sent))
    expect(routeInTeam(once, sent)).toBe(once)
    expect(routeInTeam(once, { ...sent, player: 'player2' })).toBe('not-open')
    expect(routeInTeam(once, { ...sent, player: 'stranger' })).toBe('not-open')
    expect(routeInTeam(team, { ...sent, choice: 'Lnowhere' })).toBe('unreadable')
  })

  it('hands what has lain too long to whoever has nothing to do and asks for it', () => {
    let team = begun('1.1', 11, 2)
    // One works until nothing else is left, the other sleeps over its parcel.
    let at = 1000
    while (parcelAt(team, 'player0')) team = worked(routed(team, 'player0', (at += 10)))
    const left = parcelAt(team, 'player1')
    expect(left).toBeDefined()
    const ask = { player: 'player0', arrival: 0, attempt: 1, choice: HELP }
    team = worked(routeInTeam(team, { ...ask, at: at + 10 }))
    expect(parcelAt(team, 'player0')).toBeUndefined()
    team = worked(routeInTeam(team, { ...ask, at: at + STALLED + 10 }))
    expect(parcelAt(team, 'player0')?.id).toBe(left?.id)
    expect(parcelAt(team, 'player1')).toBeUndefined()
  })

  it('names sockets so that others who open windows meanwhile do not matter', () => {
    const team = begun('2.2', 9, 30)
    const sockets = team.shift?.host.sockets ?? []
    for (const socket of sockets) {
      const choice = { kind: socket.peer ? 'connection' : 'listener', socket: socket.id } as const
      expect(choiceFrom(sockets.toReversed(), choiceText(choice) ?? '')).toEqual(choice)
    }
    expect(choiceFrom(sockets, 'Z')).toBeUndefined()
  })
})
