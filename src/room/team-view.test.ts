import { describe, expect, it } from 'vitest'
import { random } from '../shift/random'
import { truthOf } from '../shift/truth'
import { atDesk } from '../shift/shift'
import { questions } from '../words/en/questions'
import type { RoomEvent } from './event'
import { readHeard } from './heard'
import type { Room } from './room'
import { fold } from './room'
import { CALM } from './settings'
import { changedDesks, teamLevels } from './team'
import { choiceText } from './team-choice'
import { deskFrom, shiftFrom } from './team-scene'
import { teamPhone, teamWall } from './team-view'
import { hostView, mineOf, screenView } from './view'

const HASH = 'a'.repeat(64)
const id = (number: number) => `player${String(number).padStart(3, '0')}`

/** A room in which so many desks have begun a shift. */
function begunRoom(level: string, desks: number): Room {
  const events: RoomEvent[] = [
    {
      kind: 'opened',
      at: 1000,
      code: 'ABCDEF',
      hostHash: HASH,
      watchHash: HASH,
      seed: 5,
      settings: { ...CALM, way: 'team' },
      plan: [],
      team: { level, seed: 8 },
    },
    ...Array.from({ length: desks }, (_, number) => ({
      kind: 'joined' as const,
      at: 1001,
      player: id(number),
      hash: HASH,
    })),
    { kind: 'asked', at: 1100, round: 0, item: 0, vote: 1 },
  ]
  const { room } = fold(undefined, events)
  if (!room) throw new Error('There is no room.')
  return room
}

const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const playerOf = (room: Room, player: string) => {
  const found = room.players.get(player)
  if (!found) throw new Error(`${player} is not in the room.`)
  return found
}

describe('what phones and the wall see of a shared shift', () => {
  it.each(teamLevels().map(({ id }) => id))(
    'is enough to play %s to its end, by what each phone has been sent',
    (level) => {
      let room = begunRoom(level, 12)
      const dice = random(4)
      let at = 2000
      for (let turn = 0; turn < 3000 && !room.team?.shift?.finished; turn++) {
        const busy = [...(room.team?.desks ?? [])].flatMap(([player, { parcel }]) =>
          parcel === undefined ? [] : [player],
        )
        const player = dice.pick(busy)
        const mine = readHeard('mine', sent(mineOf(room, playerOf(room, player))))
        const phone = mine?.team
        const desk = phone && deskFrom(phone)
        const arrival = desk && atDesk(desk)
        if (!phone?.parcel || !desk || !arrival) throw new Error('There is no parcel on the phone.')
        const choice = choiceText(truthOf(desk, arrival).choice) ?? ''
        const routed: RoomEvent = {
          kind: 'routed',
          at: (at += 50),
          player,
          arrival: phone.parcel.id,
          attempt: phone.parcel.attempt,
          choice,
        }
        const { room: next, refusals } = fold(room, [routed])
        expect(refusals).toEqual([undefined])
        if (!next) throw new Error('The room is gone.')
        expect(changedDesks(room.team, next.team)).toContain(player)
        expect(teamPhone(next, player)?.last?.right).toBe(true)
        room = next
      }
      const wall = teamWall(room)
      expect(wall).toMatchObject({ finished: true, accuracy: 1, stars: 3 })
      expect(wall?.settled).toBe(wall?.of)
    },
  )

  it('is read by its schema: phone, wall and teacher', () => {
    const room = begunRoom('2.3', 3)
    const screen = readHeard('screen', sent(screenView(room, questions, 2000)))
    expect(screen?.team).toEqual(sent(teamWall(room)))
    expect(readHeard('host', sent(hostView(room, questions, 2000)))?.team).toBeDefined()
    expect(screen?.team && shiftFrom(screen.team)?.host.sockets).toHaveLength(screen?.team?.sockets.length ?? -1)
  })

  it('says nothing about a parcel but its bytes', () => {
    const room = begunRoom('2.3', 30)
    for (const player of room.players.keys()) {
      const parcel = teamPhone(room, player)?.parcel
      expect(Object.keys(parcel ?? {})).toEqual(['id', 'attempt', 'bytes'])
    }
  })

  it('names on the wall who was right, and nobody who was not', () => {
    const room = begunRoom('1.4', 2)
    const wrong = ['R', 'X', 'I', 'E'].reduce<Room>((before, choice) => {
      const parcel = teamPhone(before, id(0))?.parcel
      const event: RoomEvent = {
        kind: 'routed',
        at: 3000,
        player: id(0),
        arrival: parcel?.id ?? 0,
        attempt: parcel?.attempt ?? 1,
        choice,
      }
      return fold(before, [event]).room ?? before
    }, room)
    const recent = teamWall(wrong)?.recent ?? []
    expect(recent.some(({ right }) => !right)).toBe(true)
    expect(recent.every(({ right, name }) => right === (name !== undefined))).toBe(true)
  })
})
