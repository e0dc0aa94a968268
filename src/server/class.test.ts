import { afterEach, describe, expect, it } from 'vitest'
import { bodyOf, questionOf } from '../room/posed'
import type { Posed } from '../room/posed'
import { CALM } from '../room/settings'
import type { Settings } from '../room/settings'
import type { Said } from '../room/wire'
import { KINDS } from '../quiz/question'
import { TEMPLATES } from '../quiz/templates'
import { random } from '../shift/random'
import { questions as en } from '../words/en/questions'
import type { Browser } from './browser.test-support'
import { good, openBrowser } from './browser.test-support'
import { choices } from './played.test-support'
import type { RawSocket } from './raw-socket.test-support'
import { openRaw } from './raw-socket.test-support'
import type { Served } from './served.test-support'
import { serveHere } from './served.test-support'

const open: { close(): Promise<void> | void }[] = []
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close()
})

async function serve(...parts: Parameters<typeof serveHere>): Promise<Served> {
  const served = await serveHere(...parts)
  open.push(served)
  return served
}

async function browse({ url }: Served, transports?: string[]): Promise<Browser> {
  const browser = await openBrowser(url, transports ? { transports } : {})
  open.push({ close: () => void browser.socket.disconnect() })
  return browser
}

async function raw({ port }: Served): Promise<RawSocket> {
  const socket = await openRaw(port)
  open.push({ close: () => void socket.socket.destroy() })
  return socket
}

async function teach(served: Served, settings: Partial<Settings> = {}, plan: readonly Posed[] = choices(3)) {
  const browser = await browse(served)
  const opened = await good(browser.say('open', { settings: { ...CALM, ...settings }, plan: [...plan] }))
  await good(browser.say('host', { code: opened.code, secret: opened.host }))
  return { browser, ...opened }
}

async function joinRoom(served: Served, code: string, transports?: string[]) {
  const browser = await browse(served, transports)
  const { player, secret, mine } = await good(browser.say('join', { code }))
  return { browser, player, secret, mine }
}

const choose = (round: number, key: string, means = '0'): Said<'answer'> => ({
  round,
  key,
  answer: { kind: 'choose', means },
})

describe('who may do what', () => {
  it('lets nobody but the teacher act, and nobody at all with another secret', async () => {
    const served = await serve()
    const { browser: teacher, code, watch } = await teach(served)
    const other = await teach(served)
    const { browser: phone, player, secret } = await joinRoom(served, code)
    const stranger = await browse(served)
    const no = (why: string) => ({ ok: false, why })
    expect(await phone.say('act', { act: 'next', round: 0 })).toEqual(no('not-allowed'))
    expect(await phone.say('report', { names: true })).toEqual(no('not-allowed'))
    expect(await stranger.say('answer', choose(0, 'k'))).toEqual(no('not-in'))
    for (const wrong of [secret, watch, other.host])
      expect(await stranger.say('host', { code, secret: wrong })).toEqual(no('wrong-secret'))
    expect(await stranger.say('back', { code, player, secret: watch })).toEqual(no('wrong-secret'))
    expect(await stranger.say('watch', { code, secret })).toEqual(no('wrong-secret'))
    expect((await stranger.say('watch', { code, secret: watch })).ok).toBe(true)
    expect(await stranger.say('act', { act: 'end' })).toEqual(no('not-allowed'))
    expect(await teacher.say('answer', choose(0, 'k'))).toEqual(no('not-allowed'))
    expect((await teacher.say('act', { act: 'next', round: 0 })).ok).toBe(true)
  })

  it('counts the first acknowledged answer, once, and none after the close', async () => {
    const served = await serve()
    const { browser: teacher, code } = await teach(served)
    const { browser: phone, player, secret } = await joinRoom(served, code)
    await joinRoom(served, code)
    await good(teacher.say('act', { act: 'next', round: 0 }))
    const first = await good(phone.say('answer', choose(0, 'one')))
    expect(await good(phone.say('answer', choose(0, 'one')))).toEqual(first)
    expect(await phone.say('answer', choose(0, 'two', '1'))).toEqual({ ok: false, why: 'answered' })
    // The same player on a second phone is the same player.
    const second = await browse(served)
    await good(second.say('back', { code, player, secret }))
    expect(await second.say('answer', choose(0, 'three', '1'))).toEqual({ ok: false, why: 'answered' })
    await good(teacher.say('act', { act: 'close', round: 0 }))
    const late = await joinRoom(served, code)
    expect(await late.browser.say('answer', choose(0, 'late'))).toEqual({ ok: false, why: 'closed' })
    await expect.poll(() => teacher.last('host')?.counts.tally.answered).toBe(1)
  })

  it('lets a removed player do nothing more, and says so', async () => {
    const served = await serve()
    const { browser: teacher, code } = await teach(served)
    const { browser: phone, player, secret } = await joinRoom(served, code)
    await good(teacher.say('act', { act: 'remove', player }))
    await expect.poll(() => phone.last('bye')).toEqual({ why: 'removed' })
    expect(await phone.say('answer', choose(0, 'k'))).toEqual({ ok: false, why: 'not-in' })
    expect(await phone.say('back', { code, player, secret })).toEqual({ ok: false, why: 'removed' })
  })

  it('turns away pages of other places', async () => {
    const served = await serve({ ALLOWED_ORIGINS: 'https://school.example' })
    const ask = async (origin: string): Promise<number> => {
      const headers = { Origin: origin }
      return (await fetch(`${served.url}/class/socket/?EIO=4&transport=polling`, { headers })).status
    }
    expect(await ask('https://evil.example')).toBe(403)
    expect(await ask('null')).toBe(403)
    expect(await ask(served.url)).toBe(200)
    expect(await ask('https://school.example')).toBe(200)
  })
})

describe('what phones hear', () => {
  it('is nothing about the right answer before the question is closed, whatever kind it is', async () => {
    const plan: Posed[] = KINDS.flatMap((kind) =>
      TEMPLATES.map(({ id }) => ({ template: id, seed: 3 }))
        .filter((posed) => bodyOf(posed).kind === kind)
        .slice(0, 4),
    )
    // This teacher asks quicker than any person.
    const served = await serve({ CLASS_MESSAGES_PER_SOCKET: '1000' })
    const { browser: teacher, code } = await teach(served, {}, plan)
    const { browser: phone } = await joinRoom(served, code)
    for (const [round, posed] of plan.entries()) {
      await good(teacher.say('act', { act: 'next', round }))
      await expect.poll(() => phone.last('room')?.round?.round).toBe(round)
      const replies = [await phone.say('mine', {}), await phone.say('look', { code })]
      const open = phone.heard.filter(
        ({ name, told }) => name === 'room' && JSON.stringify(told).includes(`"round":${round}`),
      )
      const told = JSON.stringify([open, replies])
      if (!('template' in posed)) throw new Error('The plan is of templates.')
      const { explanation, body } = questionOf(posed, en)
      expect(told).not.toContain('"right":true')
      expect(told).not.toContain('misconception"')
      expect(told).not.toContain(JSON.stringify(explanation).slice(1, -1))
      // Where a meaning says more than its text, it does not leave the server.
      const items = 'options' in body ? body.options : 'items' in body ? body.items : []
      for (const { means } of items.filter(({ text }) => !text.includes('"')))
        expect(told).not.toContain(`"means":${JSON.stringify(means.length > 2 ? means : `${means}!`)}`)
      await good(teacher.say('act', { act: 'close', round }))
      await expect.poll(() => phone.last('room')?.round?.shown?.solved).toBeDefined()
    }
  })

  it('grows by the same for each phone: the same number of messages with three players and with thirty', async () => {
    const served = await serve()
    const messages = async (players: number): Promise<number> => {
      const { browser: teacher, code } = await teach(served)
      const phones = await Promise.all(Array.from({ length: players }, () => joinRoom(served, code)))
      await good(teacher.say('act', { act: 'next', round: 0 }))
      await Promise.all(phones.map(({ browser }, number) => good(browser.say('answer', choose(0, `k${number}`)))))
      await expect.poll(() => phones.every(({ browser }) => browser.last('room')?.round?.shown)).toBe(true)
      await expect.poll(() => phones.every(({ browser }) => browser.last('mine')?.answered.length === 1)).toBe(true)
      return phones.reduce((sum, { browser }) => sum + browser.heard.length, 0) / players
    }
    expect(await messages(30)).toBe(await messages(3))
  })

  it('comes by polling too, where a network blocks WebSockets', async () => {
    const served = await serve()
    const { browser: teacher, code } = await teach(served)
    const { browser: phone } = await joinRoom(served, code, ['polling'])
    await good(teacher.say('act', { act: 'next', round: 0 }))
    await expect.poll(() => phone.last('room')?.round?.round).toBe(0)
    await good(phone.say('answer', choose(0, 'k')))
    await expect.poll(() => phone.last('room')?.round?.shown).toBeDefined()
  })
})

describe('a question closes by itself', () => {
  it('when everybody who is there has answered, and waits no longer for who has gone', async () => {
    const served = await serve({ CLASS_AWAY_SECONDS: '0' })
    const { browser: teacher, code } = await teach(served)
    const one = await joinRoom(served, code)
    const two = await joinRoom(served, code)
    await good(teacher.say('act', { act: 'next', round: 0 }))
    await good(one.browser.say('answer', choose(0, 'k')))
    expect(teacher.last('host')?.round?.closed).toBe(false)
    await expect.poll(() => teacher.last('host')?.seats.every(({ here }) => here)).toBe(true)
    two.browser.socket.disconnect()
    await expect.poll(() => one.browser.last('room')?.round?.closed).toBe(true)
    await expect.poll(() => teacher.last('host')?.seats.filter(({ here }) => here).length).toBe(1)
  })
})

describe('who wants to do harm', () => {
  it('gets nothing by 100,000 random and mutated messages, and the class goes on', { timeout: 120_000 }, async () => {
    const served = await serve({ CLASS_MESSAGES_PER_SOCKET: '10000', CLASS_MESSAGES_PER_ADDRESS: '1000000' })
    const { browser: teacher, code } = await teach(served)
    const { browser: good1 } = await joinRoom(served, code)
    await good(teacher.say('act', { act: 'next', round: 0 }))
    await good(good1.say('answer', choose(0, 'k')))
    const bad = await Promise.all(Array.from({ length: 8 }, () => joinRoom(served, code)))
    const before = teacher.last('host')?.round?.round
    const dice = random(5)
    const odd = [null, true, -1, 1e308, '', 'x'.repeat(5000), [], {}, [[[]]], { kind: 'choose' }, '__proto__', '\u0000']
    const real = (): readonly [string, object] =>
      dice.pick([
        ['answer', choose(dice.int(0, 3), 'q', String(dice.int(0, 9)))],
        ['act', { act: dice.pick(['next', 'end', 'forget', 'close', 'lock']), round: 0, locked: true }],
        ['host', { code, secret: 'A'.repeat(22) }],
        ['report', { names: true }],
        ['route', { arrival: 1, attempt: 0, choice: 'L80' }],
        ['question', { round: 0 }],
        ['mine', {}],
      ] as const)
    const mutated = (): readonly [string, unknown] => {
      const [name, said] = real()
      const fields = Object.entries(said)
      switch (dice.int(0, 4)) {
        case 0:
          return [name, Object.fromEntries(fields.slice(1))]
        case 1:
          return [
            name,
            Object.fromEntries(fields.map(([key, value]) => [key, dice.next() < 0.5 ? dice.pick(odd) : value])),
          ]
        case 2:
          return [dice.pick(['open', 'join', 'back', 'watch', 'disconnecting', 'nothing', '']), said]
        case 3:
          return [name, dice.pick(odd)]
        default:
          return [name, said]
      }
    }
    for (let wave = 0; wave < 100; wave++) {
      for (let message = 0; message < 1000; message++) {
        const [name, said] = mutated()
        bad[message % bad.length]?.browser.socket.emit(name === 'disconnecting' ? 'odd' : name, said, dice.pick(odd))
      }
      // The next wave begins when this one has been heard.
      await Promise.all(bad.map(({ browser }) => browser.say('mine', {})))
    }
    expect(await served.said('unknown', 'malformed')).toBeGreaterThan(100)
    expect(await served.said('answer', 'malformed')).toBeGreaterThan(100)
    expect(await served.said('act', 'ok')).toBe(1)
    expect(served.lines.filter((line) => line.includes('could not be handled'))).toEqual([])
    expect(teacher.last('host')?.round?.round).toBe(before)
    const heard = JSON.stringify(bad.flatMap(({ browser }) => browser.heard))
    expect(heard).not.toContain('"seats"')
    await good(teacher.say('act', { act: 'close', round: 0 }))
    await expect.poll(() => good1.last('room')?.round?.shown).toBeDefined()
    await good(teacher.say('act', { act: 'next', round: 1 }))
    expect((await good1.say('answer', choose(1, 'k'))).ok).toBe(true)
  })

  it('is cut off for a frame that is too large, and alone', async () => {
    const served = await serve()
    const { code } = await teach(served)
    const fine = await joinRoom(served, code)
    const bad = await browse(served)
    bad.socket.io.reconnection(false)
    bad.socket.emit('join', { code, name: 'x'.repeat(600_000) })
    await expect.poll(() => bad.socket.connected).toBe(false)
    expect((await fine.browser.say('mine', {})).ok).toBe(true)
  })

  it('talks too fast: is told so, and then cut off', async () => {
    const served = await serve()
    const { code } = await teach(served)
    const { browser: bad } = await joinRoom(served, code)
    bad.socket.io.reconnection(false)
    for (let number = 0; number < 45; number++) bad.socket.emit('mine', {}, () => undefined)
    expect(await bad.say('mine', {})).toEqual({ ok: false, why: 'too-fast' })
    for (let number = 0; number < 300; number++) bad.socket.emit('mine', {}, () => undefined)
    await expect.poll(() => bad.socket.connected).toBe(false)
  })

  it(
    'comes as 500 bots from one address: they wait at the door, and the log says so',
    { timeout: 120_000 },
    async () => {
      const served = await serve({ CLASS_JOINS_PER_ROOM: '20' })
      const { browser: teacher, code } = await teach(served, { approval: true })
      const bots = await Promise.all(Array.from({ length: 500 }, () => browse(served)))
      const replies = bots.map((bot) => bot.say('join', { code }))
      const answers = await Promise.all(replies.map((reply) => reply.catch(() => undefined)))
      const inside = answers.filter((reply) => reply?.ok)
      const held = answers.filter((reply) => reply && !reply.ok && reply.why === 'too-fast')
      // Twenty at once, and twenty a second for the ten seconds that anybody waits.
      expect(inside.length).toBeLessThanOrEqual(240)
      expect(held.length).toBeGreaterThan(200)
      expect(served.lines.some((line) => line.includes('More want to join a room than may.'))).toBe(true)
      await good(teacher.say('act', { act: 'next', round: 0 }))
      const [bot] = bots.filter((_, number) => answers[number]?.ok)
      expect(await bot?.say('answer', choose(0, 'k'))).toEqual({ ok: false, why: 'waiting' })
      await good(teacher.say('act', { act: 'lock', locked: true }))
      expect(await (await browse(served)).say('join', { code })).toEqual({ ok: false, why: 'locked' })
      expect(JSON.stringify(bots.flatMap(({ heard }) => heard))).not.toContain('"right":true')
      expect(served.lines.join('')).not.toContain(code)
    },
  )

  it('guesses codes: nobody new is let in from there, but who is in a room comes back', async () => {
    const served = await serve({ CLASS_WRONG_PER_ADDRESS: '3', CLASS_MESSAGES_PER_SOCKET: '100' })
    const { code } = await teach(served)
    const inside = await joinRoom(served, code)
    const guesser = await browse(served)
    for (let guess = 0; guess < 6; guess++)
      expect(await guesser.say('join', { code: `22222${guess + 2}` })).toEqual({ ok: false, why: 'wrong-code' })
    expect(await guesser.say('join', { code: '22222A' })).toEqual({ ok: false, why: 'too-fast' })
    expect(served.lines.some((line) => line.includes('Too many wrong codes'))).toBe(true)
    const again = await browse(served)
    expect((await again.say('back', { code, player: inside.player, secret: inside.secret })).ok).toBe(true)
  })
})

describe('phones that do not listen', () => {
  it('are cut off when too much waits for them, and nobody else notices', { timeout: 60_000 }, async () => {
    const served = await serve({ CLASS_MESSAGES_PER_SOCKET: '10000' })
    const stem = 'A long question. '.repeat(200)
    const own: Posed = {
      own: {
        kind: 'choose',
        stem,
        options: [
          { text: 'yes', right: true, feedback: '' },
          { text: 'no', right: false, feedback: '' },
        ],
        explanation: '',
      },
    }
    const { browser: teacher, code } = await teach(served, {}, [own])
    const fine = await joinRoom(served, code)
    await good(teacher.say('act', { act: 'next', round: 0 }))
    const slow = await raw(served)
    slow.send(`42${JSON.stringify(['join', { code }])}`)
    slow.socket.pause()
    const { player, secret } = fine
    const ask = `420${JSON.stringify(['back', { code, player, secret }])}`
    // Each asks for some kilobytes, which it does not read.
    for (let number = 0; number < 6000; number++) slow.send(ask)
    await expect.poll(() => served.slow(), { timeout: 40_000 }).toBeGreaterThan(0)
    expect((await fine.browser.say('mine', {})).ok).toBe(true)
  })

  it('are gone after a while when they answer no ping', async () => {
    const served = await serve({}, { interval: 200, timeout: 200 })
    const { browser: teacher, code } = await teach(served)
    const silent = await raw(served)
    silent.send(`42${JSON.stringify(['join', { code }])}`)
    await expect.poll(() => teacher.last('host')?.seats.map(({ here }) => here)).toEqual([true])
    await expect.poll(() => teacher.last('host')?.seats.map(({ here }) => here)).toEqual([false])
  })
})
