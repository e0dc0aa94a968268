import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AGAIN } from './class-entry'
import { SEATS_KEY, keepSeats } from './class-keep'
import { CODE, localClass } from './local-class.test-support'
import { MemoryStorage } from './memory-storage.test-support'
import { createPhoneStore } from './phone-store'

const CHOICE = { kind: 'choose', means: '0' } as const

const flush = () => vi.advanceTimersByTimeAsync(0)

function phoneIn(room: ReturnType<typeof localClass>, tab = new MemoryStorage(), browser = new MemoryStorage()) {
  let keys = 0
  const store = createPhoneStore({
    code: CODE,
    line: room.line,
    seats: keepSeats(tab, browser, 0),
    now: () => 0,
    date: () => 1,
    newKey: () => `key${keys++}`,
  })
  return { store, tab, browser, get: store.getState }
}

/** A phone in a room where the first question is open. */
async function asked(settings: Parameters<typeof localClass>[0] = {}) {
  const room = localClass(settings)
  const phone = phoneIn(room)
  room.connect()
  await flush()
  phone.get().join('', '')
  await flush()
  room.write({ kind: 'asked', at: 2000, round: 0, item: 0, vote: 1 })
  room.tell('room', room.view())
  return { room, ...phone }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a phone', () => {
  it('looks at the door, joins with one press and keeps its seat', async () => {
    const room = localClass()
    const { get, tab, browser } = phoneIn(room)
    expect(get().stage).toBe('looking')
    room.connect()
    await flush()
    expect(get()).toMatchObject({ stage: 'door', look: { names: 'drawn', doorWord: false, locked: false } })
    get().join('', '')
    await flush()
    expect(get()).toMatchObject({ stage: 'in', line: 'on', mine: { standing: 'in' }, view: { phase: 'lobby' } })
    for (const storage of [tab, browser]) expect(storage.getItem(SEATS_KEY)).toContain('a-secret')
  })

  it('says why it cannot join, and may try again', async () => {
    const room = localClass()
    const { get } = phoneIn(room)
    room.connect()
    await flush()
    room.write({ kind: 'locked', at: 1500, locked: true })
    get().join('', '')
    await flush()
    expect(get()).toMatchObject({ stage: 'door', trouble: 'locked' })
    room.write({ kind: 'locked', at: 1600, locked: false })
    get().join('', '')
    await flush()
    expect(get().stage).toBe('in')
  })

  it('calls an answer received when the server has said so, and not before', async () => {
    const { room, get } = await asked()
    get().answer(0, CHOICE)
    expect(get().given.get(0)?.state).toBe('sending')
    await flush()
    expect(get().given.get(0)?.state).toBe('received')
    expect(room.held().rounds[0]?.answers.size).toBe(1)
  })

  it('says the same answer with the same key until somebody has heard it: it counts once', async () => {
    const { room, get } = await asked()
    room.lose(2)
    get().answer(0, CHOICE)
    await flush()
    expect(get().given.get(0)?.state).toBe('sending')
    await vi.advanceTimersByTimeAsync(2 * AGAIN)
    expect(get().given.get(0)?.state).toBe('received')
    expect(room.saidOf('answer')).toHaveLength(3)
    expect(new Set(room.saidOf('answer').map((said) => JSON.stringify(said))).size).toBe(1)
  })

  it('keeps an answer that was given without a connection and hands it in when there is one', async () => {
    const { room, get } = await asked()
    room.cut()
    get().answer(0, CHOICE)
    await flush()
    expect(get()).toMatchObject({ line: 'lost' })
    expect(get().given.get(0)?.state).toBe('sending')
    room.connect()
    await flush()
    expect(get().line).toBe('on')
    expect(get().given.get(0)?.state).toBe('received')
  })

  it('says that an answer came too late', async () => {
    const { room, get } = await asked()
    room.cut()
    get().answer(0, CHOICE)
    room.write({ kind: 'closed', at: 3000, round: 0 })
    room.connect()
    await flush()
    expect(get().given.get(0)).toMatchObject({ state: 'refused', why: 'closed' })
    expect(get().view?.round?.shown).toBeDefined()
  })

  it('comes back after a reload with its name and what it has given', async () => {
    const { room, get, tab, browser } = await asked()
    get().answer(0, CHOICE)
    await flush()
    const again = phoneIn(room, tab, browser)
    room.connect()
    await flush()
    expect(again.get().mine?.name).toBe(get().mine?.name)
    expect(again.get().given.get(0)).toMatchObject({ state: 'received', answer: CHOICE })
    // A new tab of the same browser is the same player.
    const tabTwo = phoneIn(room, new MemoryStorage(), browser)
    room.connect()
    await flush()
    expect(tabTwo.get().mine?.player).toBe(get().mine?.player)
    expect(room.held().players.size).toBe(1)
  })

  it('puts another answer in the place of the first one where that is allowed', async () => {
    const { room, get } = await asked({ changing: true })
    get().answer(0, CHOICE)
    await flush()
    get().change(0)
    expect(get().given.get(0)).toBeUndefined()
    get().answer(0, { kind: 'choose', means: '1' })
    await flush()
    expect(get().given.get(0)).toMatchObject({ state: 'received', key: 'key1' })
    expect(room.held().rounds[0]?.answers.get(get().mine?.player ?? '')?.keys).toEqual(['key0', 'key1'])
  })

  it('leaves a view aside that is older than the one it has', async () => {
    const { room, get } = await asked()
    const old = room.view()
    room.write({ kind: 'closed', at: 3000, round: 0 })
    room.tell('room', room.view())
    room.tell('room', old)
    expect(get().view?.round?.closed).toBe(true)
    room.tell('room', { ...room.view(), seq: 1000, code: 'GHJKMN' })
    expect(get().view?.code).toBe(CODE)
  })

  it('keeps nothing of a room that has ended, of which it was removed, or which is gone', async () => {
    const ended = await asked()
    ended.room.write({ kind: 'ended', at: 4000 })
    ended.room.tell('room', ended.room.view())
    expect(ended.get()).toMatchObject({ stage: 'in', view: { phase: 'ended' } })
    const removed = await asked()
    removed.room.tell('bye', { why: 'removed' })
    expect(removed.get()).toMatchObject({ stage: 'gone', gone: 'removed' })
    const gone = await asked()
    gone.room.cut()
    gone.room.forget()
    gone.room.connect()
    await flush()
    expect(gone.get()).toMatchObject({ stage: 'gone', gone: 'gone' })
    for (const { tab, browser } of [ended, removed, gone])
      for (const storage of [tab, browser]) expect(storage.getItem(SEATS_KEY)).toBe('{"version":1,"seats":[]}')
  })

  it('stays where it is while the server restarts', async () => {
    const { room, get } = await asked()
    room.tell('bye', { why: 'restart' })
    room.cut()
    expect(get()).toMatchObject({ stage: 'in', line: 'lost' })
    room.connect()
    await flush()
    expect(get()).toMatchObject({ stage: 'in', line: 'on' })
  })

  it('has its own version of each question where everybody has their own pace, and the answer after its answer', async () => {
    const { room, get } = await asked({ way: 'self' })
    get().ask(0)
    await flush()
    expect(get().own.get(0)).toMatchObject({ question: { own: false } })
    expect(get().own.get(0)?.solved).toBeUndefined()
    room.write({ kind: 'closed', at: 3000, round: 0 })
    get().ask(0)
    await flush()
    expect(get().own.get(0)?.solved).toBeDefined()
  })

  it('goes on where the browser keeps nothing', async () => {
    const room = localClass()
    const { get } = phoneIn(room, new MemoryStorage({}, 'denied'), new MemoryStorage({}, 'full'))
    room.connect()
    await flush()
    get().join('', '')
    await flush()
    expect(get().stage).toBe('in')
  })
})
