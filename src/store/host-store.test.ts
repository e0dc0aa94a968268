import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHostStore } from './host-store'
import { CODE, localClass } from './local-class.test-support'
import { createWallStore } from './wall-store'

const flush = () => vi.advanceTimersByTimeAsync(0)
const needs = (room: ReturnType<typeof localClass>) => ({ code: CODE, secret: 's', line: room.line, now: () => 0 })

/** A room where the first question is open and two have joined. */
function asked() {
  const room = localClass()
  for (const player of ['aaaaaaaa', 'bbbbbbbb']) room.write({ kind: 'joined', at: 1100, player, hash: '0'.repeat(64) })
  room.write({ kind: 'asked', at: 1200, round: 0, item: 0, vote: 1 })
  return room
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the teacher', () => {
  it('sees the answer and the counts of the question that is open, as they come', async () => {
    const room = asked()
    const { getState } = createHostStore(needs(room))
    room.connect()
    await flush()
    expect(getState()).toMatchObject({ line: 'on', watch: 'w', view: { phase: 'asking', counts: { answered: 0 } } })
    expect(getState().view?.current).toBeDefined()
    const answer = { kind: 'choose', means: '0' } as const
    room.write({ kind: 'answered', at: 1300, player: 'aaaaaaaa', round: 0, key: 'k', answer })
    room.tell('counts', room.host().counts)
    expect(getState().view?.counts.answered).toBe(1)
    // Counts of another round are too late.
    room.tell('counts', { ...room.host().counts, round: 7, answered: 2 })
    expect(getState().view?.counts.answered).toBe(1)
  })

  it('is told why an act had no effect', async () => {
    const room = asked()
    const { getState } = createHostStore(needs(room))
    room.connect()
    await flush()
    await getState().act({ act: 'end' })
    expect(getState().trouble).toBe('not-allowed')
    room.cut()
    await getState().act({ act: 'end' })
    expect(getState()).toMatchObject({ line: 'lost', trouble: 'no-line' })
  })

  it('is told when the room is gone', async () => {
    const room = asked()
    const { getState } = createHostStore(needs(room))
    room.connect()
    await flush()
    room.tell('bye', { why: 'restart' })
    expect(getState().shut).toBeUndefined()
    room.cut()
    room.forget()
    room.connect()
    await flush()
    expect(getState().shut).toBe('wrong-code')
  })
})

describe('the wall', () => {
  it('gets how many have answered, and nothing of how', async () => {
    const room = asked()
    const { getState } = createWallStore(needs(room))
    room.connect()
    await flush()
    expect(getState().view).toMatchObject({ phase: 'asking', answered: 0, players: 2, ideas: [] })
    expect(getState().view?.round?.shown).toBeUndefined()
    room.tell('answered', { round: 0, answered: 1, players: 2 })
    expect(getState().view?.answered).toBe(1)
    room.tell('answered', { round: 3, answered: 2, players: 2 })
    expect(getState().view?.answered).toBe(1)
  })

  it('leaves an older view aside', async () => {
    const room = asked()
    const { getState } = createWallStore(needs(room))
    room.connect()
    await flush()
    const old = room.screen()
    room.write({ kind: 'closed', at: 1400, round: 0 })
    room.tell('screen', room.screen())
    room.tell('screen', old)
    expect(getState().view?.round?.shown).toBeDefined()
  })
})
