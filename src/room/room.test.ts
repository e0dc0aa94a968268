import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { mark } from '../quiz/mark'
import type { Answer, Body } from '../quiz/question'
import { TEMPLATES } from '../quiz/templates'
import { questions as en } from '../words/en/questions'
import { CODE_LETTERS, drawCode, readCode } from './code'
import type { RoomEvent } from './event'
import { RoomEventSchema } from './event'
import { drawName, tidyName } from './name'
import { leadersOf, pointsFor, pointsOf, scores } from './points'
import type { Posed } from './posed'
import { blindBody, blindQuestion, bodyOf, questionOf, seeing, variantOf } from './posed'
import type { Refusal, Room } from './room'
import { fold, nextItem } from './room'
import type { Settings } from './settings'
import { CALM, WAYS } from './settings'
import { adviceAfter } from './second-vote'
import { ideasOf, tallyOf } from './tally'
import { hostView, mineOf, ownRound, roomView, screenView } from './view'
import { random } from '../shift/random'

const HASH = 'a'.repeat(64)
const PLAYERS = ['ada00000', 'ben00000', 'cleo0000', 'dev00000', 'eva00000']
const PLAN: readonly Posed[] = TEMPLATES.filter(({ kind }) => kind === 'choose')
  .slice(0, 3)
  .map(({ id }, index) => ({ template: id, seed: index + 1 }))

const opened = (settings: Partial<Settings> = {}): RoomEvent => ({
  kind: 'opened',
  at: 0,
  code: 'ABC234',
  hostHash: HASH,
  watchHash: HASH,
  seed: 7,
  settings: { ...CALM, ...settings },
  plan: PLAN.map((posed) => posed),
})
const joined = (player: string, at = 1): RoomEvent => ({ kind: 'joined', at, player, hash: HASH })
const asked = (round: number, item = round, vote: 1 | 2 = 1, at = 10): RoomEvent => ({
  kind: 'asked',
  at,
  round,
  item,
  vote,
})
const closed = (round: number, at = 90): RoomEvent => ({ kind: 'closed', at, round })
const answered = (
  player: string,
  round: number,
  means: string,
  key = `${player}${round}${means}`,
  at = 20,
): RoomEvent => ({
  kind: 'answered',
  at,
  player,
  round,
  key,
  answer: { kind: 'choose', means },
})

const roomAfter = (events: readonly RoomEvent[]): Room => {
  const { room } = fold(undefined, events)
  return room ?? expect.fail('no room')
}
const refusalsOf = (events: readonly RoomEvent[]): readonly (Refusal | undefined)[] => fold(undefined, events).refusals

/** Everything that may be written into a log, in any order, sense or nonsense. */
const anyEvent: fc.Arbitrary<RoomEvent> = fc
  .tuple(fc.constantFrom(...PLAYERS), fc.nat({ max: 3 }), fc.nat({ max: 4 }), fc.boolean(), fc.nat({ max: 200 }))
  .chain(([player, round, place, yes, at]) =>
    fc.constantFrom<RoomEvent>(
      joined(player, at),
      { kind: 'admitted', at, player },
      { kind: 'removed', at, player },
      { kind: 'renamed', at, player, ...(yes && { name: 'Zoë' }) },
      { kind: 'all-renamed', at },
      { kind: 'locked', at, locked: yes },
      { kind: 'paused', at, paused: yes },
      { kind: 'leaders', at, shown: yes },
      asked(round, place, yes ? 1 : 2, at),
      asked(round, round, 1, at),
      { kind: 'skipped', at, item: place },
      closed(round, at),
      { kind: 'shown', at, round },
      answered(player, round, String(place), undefined, at),
      answered(player, round, String(place), 'again', at),
      { kind: 'ended', at },
    ),
  )
/** The end is rare, or nothing would come after it. */
const anyLog = fc.array(
  anyEvent.filter(({ kind, at }) => kind !== 'ended' || at % 7 === 0),
  { maxLength: 60 },
)
const anySettings = fc.record({
  way: fc.constantFrom(...WAYS.filter((way) => way !== 'team')),
  changing: fc.boolean(),
  approval: fc.boolean(),
  names: fc.constantFrom('drawn', 'own') satisfies fc.Arbitrary<'drawn' | 'own'>,
  players: fc.constantFrom(2, 100),
})

describe('a room', () => {
  it('is the same however its log is cut into batches, so that every node has the same one', () => {
    fc.assert(
      fc.property(anySettings, anyLog, fc.array(fc.integer({ min: 1, max: 9 })), (settings, log, cuts) => {
        const events = [opened(settings), ...log]
        const whole = fold(undefined, events)
        let room: Room | undefined
        const refusals: (Refusal | undefined)[] = []
        let at = 0
        for (let turn = 0; at < events.length; turn++) {
          const size = cuts[turn % Math.max(1, cuts.length)] ?? 1
          const part = fold(room, events.slice(at, at + size))
          room = part.room
          refusals.push(...part.refusals)
          at += size
        }
        expect(room).toEqual(whole.room)
        expect(refusals).toEqual(whole.refusals)
      }),
      { numRuns: 400 },
    )
  })

  it('leaves the room before as it was', () => {
    fc.assert(
      fc.property(anySettings, anyLog, anyLog, (settings, first, then) => {
        const room = roomAfter([opened(settings), ...first])
        const copy = structuredClone(room)
        fold(room, then)
        expect(room).toEqual(copy)
      }),
      { numRuns: 150 },
    )
  })

  it('takes nothing from a player twice: what arrives again, soon or late, counts once', () => {
    fc.assert(
      fc.property(anySettings, anyLog, anyLog, fc.nat(), (settings, log, later, where) => {
        const repeatable = log.filter(({ kind }) => kind === 'joined' || kind === 'answered')
        const again = repeatable[where % Math.max(1, repeatable.length)]
        fc.pre(again !== undefined)
        if (!again) return
        const events = [opened(settings), ...log]
        const first = fold(undefined, events)
        fc.pre(first.refusals[events.indexOf(again)] === undefined)
        const before = fold(first.room, later).room
        const after = fold(before, [again])
        expect({ ...after.room, events: 0 }).toEqual({ ...before, events: 0 })
        if (after.room?.ended === undefined) expect(after.refusals).toEqual([undefined])
      }),
      { numRuns: 600 },
    )
  })

  it('does not mind in which order the answers of different players arrive', () => {
    fc.assert(
      fc.property(
        anySettings.filter(({ approval, players }) => !approval && players > 2),
        fc.shuffledSubarray(PLAYERS, { minLength: 2 }),
        fc.array(fc.nat({ max: 3 }), { minLength: 5, maxLength: 5 }),
        (settings, order, places) => {
          const before = [opened(settings), ...PLAYERS.map((player) => joined(player)), asked(0)]
          const answers = PLAYERS.flatMap((player, index) =>
            order.includes(player) ? [answered(player, 0, String(places[index]))] : [],
          )
          const other = answers.toSorted(
            (a, b) => order.indexOf('player' in a ? a.player : '') - order.indexOf('player' in b ? b.player : ''),
          )
          const byPlayer = (events: readonly RoomEvent[]) =>
            Object.fromEntries(roomAfter([...before, ...events]).rounds[0]?.answers ?? [])
          expect(byPlayer(other)).toEqual(byPlayer(answers))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('takes one answer of each player, the first, and none after the close', () => {
    const log = [
      opened(),
      joined('ada00000'),
      asked(0),
      answered('ada00000', 0, '0'),
      answered('ada00000', 0, '1'),
      answered('ben00000', 0, '1'),
      closed(0),
      answered('ada00000', 0, '2'),
    ]
    expect(refusalsOf(log)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'answered',
      'not-in',
      undefined,
      'closed',
    ])
    expect(roomAfter(log).rounds[0]?.answers.get('ada00000')?.keys).toEqual(['ada0000000'])
  })

  it('takes the last answer before the close where answers may be changed', () => {
    const log = [
      opened({ changing: true }),
      joined('ada00000'),
      asked(0),
      answered('ada00000', 0, '0'),
      answered('ada00000', 0, '1'),
    ]
    expect(roomAfter(log).rounds[0]?.answers.get('ada00000')?.keys).toEqual(['ada0000000', 'ada0000001'])
  })

  it('refuses answers while it is paused, and of those who wait, were removed, or never came', () => {
    const log: readonly RoomEvent[] = [
      opened({ approval: true }),
      joined('ada00000'),
      joined('ben00000'),
      { kind: 'admitted', at: 2, player: 'ben00000' },
      asked(0),
      answered('ada00000', 0, '0'),
      answered('eva00000', 0, '0'),
      { kind: 'paused', at: 21, paused: true },
      answered('ben00000', 0, '0'),
      { kind: 'paused', at: 22, paused: false },
      { kind: 'removed', at: 23, player: 'ben00000' },
      answered('ben00000', 0, '0'),
    ]
    expect(refusalsOf(log).filter((refusal) => refusal !== undefined)).toEqual([
      'waiting',
      'not-in',
      'paused',
      'removed',
    ])
  })

  it('stops the time of a question while it is paused, but not the deadline of a class at its own pace', () => {
    const paused = (yes: boolean, at: number): RoomEvent => ({ kind: 'paused', at, paused: yes })
    const log = [asked(0), paused(true, 100), paused(true, 200), paused(false, 1100), paused(false, 5000)]
    expect(roomAfter([opened({ seconds: 20 }), ...log]).rounds[0]?.closes).toBe(10 + 60_000 + 1000)
    expect(roomAfter([opened({ way: 'self', minutes: 1 }), ...log]).rounds[0]?.closes).toBe(10 + 60_000)
    // A question that is asked during a pause has lost nothing before it.
    const during = [paused(true, 5), asked(0), paused(false, 1010)]
    expect(roomAfter([opened({ seconds: 20 }), ...during]).rounds[0]?.closes).toBe(10 + 60_000 + 1000)
  })

  it('asks each question once however often the teacher clicks, and shows the one before when the next comes', () => {
    const room = roomAfter([opened(), asked(0), asked(0), asked(1), asked(1)])
    expect(room.rounds.map(({ item, shown, closed }) => [item, shown, closed !== undefined])).toEqual([
      [0, true, true],
      [1, false, false],
    ])
  })

  it('leaves out what the teacher skips', () => {
    const room = roomAfter([opened(), asked(0), { kind: 'skipped', at: 11, item: 1 }])
    expect(nextItem(room)).toBe(2)
    expect(nextItem(roomAfter([opened(), asked(0), asked(1, 2)]))).toBeUndefined()
  })

  it('keeps people out when it is locked or full, and lets who is in come back', () => {
    const log: readonly RoomEvent[] = [
      opened({ players: 1 }),
      joined('ada00000'),
      joined('ben00000'),
      { kind: 'locked', at: 3, locked: true },
      joined('cleo0000'),
      joined('ada00000'),
    ]
    expect(refusalsOf(log)).toEqual([undefined, undefined, 'full', undefined, 'locked', undefined])
  })

  it('gives everybody a name of their own, wished for or drawn', () => {
    const wish = (player: string): RoomEvent => ({ kind: 'joined', at: 1, player, hash: HASH, name: 'Li' })
    const own = roomAfter([opened({ names: 'own' }), wish('ada00000'), wish('ben00000')])
    expect([...own.players.values()][0]?.name).toBe('Li')
    const drawn = roomAfter([opened(), ...PLAYERS.map((player) => wish(player)), { kind: 'all-renamed', at: 2 }])
    const names = [...drawn.players.values()].map(({ name }) => name)
    expect(new Set([...names, 'Li']).size).toBe(6)
  })

  it('closes everything at the end, and then nothing happens any more', () => {
    const log: readonly RoomEvent[] = [
      opened(),
      joined('ada00000'),
      asked(0),
      { kind: 'ended', at: 99 },
      joined('ben00000'),
      asked(1),
    ]
    expect(roomAfter(log).rounds[0]?.shown).toBe(true)
    expect(refusalsOf(log).slice(-2)).toEqual(['over', 'over'])
  })
})

describe('peer instruction', () => {
  const votes = [
    opened({ way: 'peer' }),
    ...PLAYERS.map((player) => joined(player)),
    asked(0),
    answered('ada00000', 0, '0'),
    closed(0),
  ]

  it('does not show the answer after the first vote, and asks a sibling with other numbers in the second', () => {
    const first = roomAfter(votes)
    expect(roomView(first, en, 100).round?.shown).toBeUndefined()
    const second = roomAfter([...votes, asked(1, 0, 2)])
    expect(second.rounds[1]?.posed).not.toEqual(second.rounds[0]?.posed)
    expect(second.rounds[1]?.posed).toHaveProperty('template', PLAN[0] && 'template' in PLAN[0] ? PLAN[0].template : '')
  })

  it('shows both votes side by side after the second', () => {
    const room = roomAfter([
      ...votes,
      asked(1, 0, 2),
      answered('ada00000', 1, '1'),
      answered('ben00000', 1, '0'),
      closed(1),
    ])
    expect(roomView(room, en, 100).round?.shown?.before?.answered).toBe(1)
    expect(roomView(room, en, 100).round?.shown?.tally.answered).toBe(2)
  })

  it('advises to talk when 30 to 70 in 100 are right', () => {
    const advice = (right: number) => adviceAfter({ answered: 100, right })
    expect([29, 30, 70, 71].map(advice)).toEqual(['refute', 'talk', 'talk', 'go-on'])
    expect(adviceAfter({ answered: 0, right: 0 })).toBeUndefined()
  })

  it('counts the second vote of whoever gave one', () => {
    const right = String(rightPlace(PLAN[0], 1))
    const wrong = right === '0' ? '1' : '0'
    const room = roomAfter([
      ...votes.slice(0, -2),
      answered('ada00000', 0, wrong),
      closed(0),
      asked(1, 0, 2),
      answered('ada00000', 1, right),
      closed(1),
    ])
    expect(pointsFor(room, 'ada00000')).toBe(100)
    expect(scores(room).get('ada00000')).toBe(100)
  })
})

/** The place of the right option in a version of a question. */
function rightPlace(posed: Posed | undefined, version: number): number {
  const body = bodyOf(variantOf(posed ?? expect.fail('no question'), version))
  return 'options' in body ? body.options.findIndex((option) => option.right) : -1
}

describe('at one’s own pace', () => {
  it('gives neighbours other numbers, and the answer only to whoever has answered', () => {
    const log = [opened({ way: 'self' }), joined('ada00000'), joined('ben00000'), asked(0)]
    const room = roomAfter([...log, answered('ada00000', 1, '0')])
    const [ada, ben] = [...room.players.values()]
    if (!ada || !ben) return expect.fail('nobody is in')
    expect(ownRound(room, ada, 1, en)?.solved).toBeDefined()
    expect(ownRound(room, ben, 1, en)?.solved).toBeUndefined()
    expect(ownRound(room, ben, 1, en)?.question).not.toEqual(ownRound(room, ada, 1, en)?.question)
    expect(mineOf(room, ada).answered).toEqual([{ round: 1, right: room.rounds[1]?.answers.get('ada00000')?.right }])
  })

  it('lets the teacher see the ideas of all questions while they are open, and nobody else', () => {
    const log = [opened({ way: 'self' }), joined('ada00000'), asked(0)]
    const wrong = PLAN.map((_, round) => answered('ada00000', round, '0')).concat(
      PLAN.map((_, round) => answered('ada00000', round, '1')),
    )
    expect(hostView(roomAfter(log), en, 50).counts.ideas).toEqual([])
    const room = roomAfter([...log, ...wrong])
    expect(hostView(room, en, 50).counts.ideas).toEqual(ideasOf(room, room.rounds))
    expect(hostView(room, en, 50).counts.ideas.length).toBeGreaterThan(0)
    expect(screenView(room, en, 50).ideas).toEqual([])
  })
})

describe('points', () => {
  it('are for being right; speed adds a tenth at most, and only in a race', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WAYS), fc.boolean(), fc.nat({ max: 100_000 }), (way, right, after) => {
        const points = pointsOf({ way, seconds: 20 }, { right, after })
        if (!right) expect(points).toBe(0)
        else if (way === 'race') expect(points >= 100 && points <= 110).toBe(true)
        else expect(points).toBe(100)
      }),
    )
    expect(pointsOf({ way: 'race', seconds: 20 }, { right: true, after: 0 })).toBe(110)
  })

  it('show five leaders at most, and nobody without points', () => {
    const place = String(rightPlace(PLAN[0], 0))
    const many = Array.from({ length: 9 }, (_, index) => `player0${index}`)
    const room = roomAfter([
      opened(),
      ...many.map((player) => joined(player)),
      asked(0),
      ...many.slice(0, 7).map((player) => answered(player, 0, place)),
      closed(0),
    ])
    expect(leadersOf(room)).toHaveLength(5)
    expect(leadersOf(room).every(({ points }) => points > 0)).toBe(true)
  })
})

/** An answer as a phone gives it: any places, as they are shown. */
function placesOf(body: Body, dice: ReturnType<typeof random>): Answer {
  const places = (count: number) => dice.shuffle(Array.from({ length: count }, (_, index) => String(index)))
  switch (body.kind) {
    case 'choose':
    case 'predict':
      return { kind: body.kind, means: String(dice.int(0, body.options.length - 1)) }
    case 'several':
      return { kind: 'several', means: places(body.options.length).slice(0, dice.int(1, body.options.length)) }
    case 'type':
      return { kind: 'type', text: dice.pick([body.answer, '443', ...body.traps.map((trap) => trap.answer)]) }
    case 'order':
      return { kind: 'order', means: places(body.items.length) }
    case 'match':
      return {
        kind: 'match',
        pairs: body.left.map((_, index) => [String(index), String(dice.int(0, body.right.length - 1))]),
      }
  }
}

describe('a question before it is closed', () => {
  it('has nothing in it that says what is right, whatever the template', () => {
    for (const { id } of TEMPLATES)
      for (const seed of [3, 4]) {
        const posed = { template: id, seed }
        const question = blindQuestion(posed, en)
        const { body } = questionOf(posed, en)
        const said = JSON.stringify(question)
        expect(said).not.toMatch(/misconception|"right":true|explanation/)
        const means =
          'options' in question.body ? question.body.options : 'items' in question.body ? question.body.items : []
        expect(means.map((item) => item.means)).toEqual(means.map((_, place) => String(place)))
        // Two questions that differ in what is right alone look the same.
        const turned: Body =
          body.kind === 'choose' || body.kind === 'predict'
            ? {
                ...body,
                options: body.options.map((option) => ({ ...option, right: !option.right, means: `x${option.means}` })),
              }
            : body
        expect(blindBody(turned)).toEqual(question.body)
      }
  })

  it('is marked as if it had been seen: a place stands for the meaning that is shown there', () => {
    const dice = random(5)
    for (const { id } of TEMPLATES)
      for (const seed of [1, 2, 3]) {
        const body = bodyOf({ template: id, seed })
        const blind = placesOf(body, dice)
        const seen = seeing(body, blind)
        if (!seen) return expect.fail(id)
        const texts = (means: string): string | undefined => {
          const items = 'options' in body ? body.options : 'items' in body ? body.items : []
          return items.find((item) => item.means === means)?.text
        }
        const shown = blindBody(body)
        const shownTexts = 'options' in shown ? shown.options : 'items' in shown ? shown.items : []
        if (blind.kind === 'choose' || blind.kind === 'predict')
          expect(shownTexts[Number(blind.means)]?.text).toBe(seen.kind === blind.kind ? texts(seen.means) : '')
        if (blind.kind === 'several' || blind.kind === 'order')
          expect(blind.means.map((place) => shownTexts[Number(place)]?.text)).toEqual(
            seen.kind === blind.kind ? seen.means.map((means) => texts(means)) : [],
          )
        expect(mark(body, seen).readable).toBe(true)
      }
  })

  it('cannot be answered with a place that is not there', () => {
    const body = bodyOf(PLAN[0] ?? expect.fail('no question'))
    for (const means of ['9', '-1', '1.5', 'a', '', '00000'])
      expect(seeing(body, { kind: 'choose', means })).toBeUndefined()
    expect(seeing(body, { kind: 'several', means: ['0'] })).toBeUndefined()
  })

  it('does not reach the phones, the wall or a paused room with more than that', () => {
    const room = roomAfter([opened(), joined('ada00000'), asked(0), answered('ada00000', 0, '0')])
    const player = room.players.get('ada00000') ?? expect.fail('nobody')
    for (const view of [roomView(room, en, 50), screenView(room, en, 50), mineOf(room, player)]) {
      expect(JSON.stringify(view)).not.toMatch(/misconception|"right":true|explanation|"tally"/)
      expect(view).not.toHaveProperty('hostHash')
    }
    expect(hostView(room, en, 50).counts.tally.answered).toBe(1)
    expect(
      roomView(roomAfter([opened(), asked(0), { kind: 'paused', at: 11, paused: true }]), en, 50).round,
    ).toBeUndefined()
  })
})

describe('what the teacher counts', () => {
  it('is every answer once, and the ideas behind the wrong ones', () => {
    const body = bodyOf(PLAN[0] ?? expect.fail('no question'))
    const wrong = 'options' in body ? body.options.findIndex((option) => !option.right) : -1
    const room = roomAfter([
      opened(),
      ...PLAYERS.map((player) => joined(player)),
      asked(0),
      ...PLAYERS.slice(0, 3).map((player) => answered(player, 0, String(wrong))),
      answered('dev00000', 0, String(rightPlace(PLAN[0], 0))),
    ])
    const round = room.rounds[0] ?? expect.fail('no round')
    const tally = tallyOf(room, round)
    expect([tally.answered, tally.right, tally.options[wrong]]).toEqual([4, 1, 3])
    const [idea] = ideasOf(room, [round])
    expect(idea).toMatchObject({
      chosen: 3,
      offered: 4,
      misconception: 'options' in body && body.options[wrong]?.misconception,
    })
  })
})

describe('a code', () => {
  it('has six letters that nobody mistakes, and is read however it is typed', () => {
    expect(CODE_LETTERS).not.toMatch(/[01OIL]/)
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const code = drawCode(random(seed))
        expect(readCode(` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `)).toBe(code)
      }),
    )
    for (const text of ['', 'ABC23', 'ABC2345', 'ABC23O', 'ABC23!']) expect(readCode(text)).toBeUndefined()
  })
})

describe('a name', () => {
  it('may be short and in any script, but it is one line that stays in its place', () => {
    expect(['Z', '李', ' Zoë  K ', 'نور'].map(tidyName)).toEqual(['Z', '李', 'Zoë K', 'نور'])
    expect(['', '   ', '\u202e', '!!!', '\n'].map(tidyName)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(tidyName(`a${'\u0301'.repeat(50)}`)).toBe('\u00e1\u0301\u0301')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const name = tidyName(text)
        if (name === undefined) return
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        expect([...new Intl.Segmenter().segment(name)].length).toBeLessThanOrEqual(20)
      }),
    )
  })

  it('is drawn for thousands without two alike', () => {
    const taken = new Set<string>()
    const dice = random(1)
    for (let count = 0; count < 2500; count++) {
      const name = drawName('es', dice, taken)
      expect(taken.has(name)).toBe(false)
      taken.add(name)
    }
  })
})

describe('the log', () => {
  it('is read with a schema: what is written comes back, anything else does not', () => {
    fc.assert(
      fc.property(anyEvent, (one) => {
        expect(v.parse(RoomEventSchema, JSON.parse(JSON.stringify(one)))).toEqual(one)
      }),
    )
    expect(v.safeParse(RoomEventSchema, { ...opened(), settings: { ...CALM, way: 'exam' } }).success).toBe(false)
    expect(v.safeParse(RoomEventSchema, opened()).success).toBe(true)
  })
})
