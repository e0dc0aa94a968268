import * as v from 'valibot'
import type { RoomEvent } from '../room/event'
import { readHeard, readReply } from '../room/heard'
import type { Refusal, Room } from '../room/room'
import { fold } from '../room/room'
import type { Settings } from '../room/settings'
import { CALM } from '../room/settings'
import { hostView, mineOf, ownRound, roomView, screenView } from '../room/view'
import type { Heard, SayName } from '../room/wire'
import { SAYS } from '../room/wire'
import { questions as en } from '../words/en/questions'
import type { Line } from './class-line'

const NO_LINE = { ok: false, why: 'no-line' } as const
const HASH = '0'.repeat(64)

export const CODE = 'ABCDEF'

/**
 * A class on the other side of a line, in this very process: a room, its log, and a network that can be cut. What it says
 * goes through JSON and the schemas, as in a browser.
 */
export function localClass(settings: Partial<Settings> = {}) {
  let room: Room | undefined
  let at = 1000
  let stands = false
  let player: string | undefined
  let lost = 0
  let follower: (stands: boolean) => void = () => undefined
  const listeners = new Map<string, (said: unknown) => void>()
  const said: { readonly name: SayName; readonly said: unknown }[] = []

  const write = (event: RoomEvent): Refusal | undefined => {
    const folded = fold(room, [event])
    room = folded.room
    return folded.refusals[0]
  }
  const held = (): Room => {
    if (!room) throw new Error('The room was deleted.')
    return room
  }
  const me = () => {
    const one = held().players.get(player ?? '')
    if (!one) throw new Error('Nobody has joined.')
    return one
  }
  const both = () => ({ mine: mineOf(held(), me()), view: roomView(held(), en, at) })
  const plan = [1, 2].map((seed) => ({ template: 'ps-which-window' as const, seed }))
  write({
    kind: 'opened',
    at,
    code: CODE,
    hostHash: HASH,
    watchHash: HASH,
    seed: 7,
    settings: { ...CALM, ...settings },
    plan,
  })

  function answer(name: SayName, what: unknown): unknown {
    at += 10
    if (!room) return { ok: false, why: 'wrong-code' }
    switch (name) {
      case 'look':
        return { ok: true, ...room.settings, locked: room.locked }
      case 'join': {
        const id = `player0${room.players.size + 1}`
        const why = write({ kind: 'joined', at, player: id, hash: HASH })
        if (why) return { ok: false, why }
        player = id
        return { ok: true, player: id, secret: 'a-secret', ...both() }
      }
      case 'back':
        return me().standing === 'removed' ? { ok: false, why: 'removed' } : { ok: true, ...both() }
      case 'answer': {
        const why = write({ kind: 'answered', at, player: me().id, ...v.parse(SAYS.answer, what) })
        return why ? { ok: false, why } : { ok: true, after: 10 }
      }
      case 'question': {
        const own = ownRound(room, me(), v.parse(SAYS.question, what).round, en)
        return own ? { ok: true, ...own } : { ok: false, why: 'not-open' }
      }
      case 'host':
        return { ok: true, view: hostView(room, en, at), watch: 'w' }
      case 'watch':
        return { ok: true, view: screenView(room, en, at) }
      default:
        return { ok: false, why: 'not-allowed' }
    }
  }

  const line: Line = {
    say: async (name, what) => {
      if (!stands) return NO_LINE
      said.push({ name, said: what })
      const replied: unknown = JSON.parse(JSON.stringify(answer(name, what)))
      if (lost > 0) {
        lost--
        return NO_LINE
      }
      return readReply(name, replied) ?? NO_LINE
    },
    hear: (name, act) => {
      listeners.set(name, (raw) => {
        const read = readHeard(name, raw)
        if (read) act(read)
      })
    },
    follow: (act) => {
      follower = act
    },
    close: () => {
      stands = false
    },
  }
  return {
    line,
    write,
    held,
    /** What was said so far by this name. */
    saidOf: (name: SayName) => said.filter((one) => one.name === name).map((one) => one.said),
    tell: <Name extends keyof Heard>(name: Name, heard: Heard[Name]) => {
      if (stands) listeners.get(name)?.(JSON.parse(JSON.stringify(heard)))
    },
    view: () => roomView(held(), en, at),
    screen: () => screenView(held(), en, at),
    host: () => hostView(held(), en, at),
    mine: () => mineOf(held(), me()),
    connect: () => {
      stands = true
      follower(true)
    },
    cut: () => {
      stands = false
      follower(false)
    },
    /** So many answers of the server get lost from now on. */
    lose: (answers: number) => {
      lost = answers
    },
    forget: () => {
      room = undefined
    },
  }
}
