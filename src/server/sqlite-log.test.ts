import { execFileSync } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { EventOf, RoomEvent } from '../room/event'
import { CALM } from '../room/settings'
import { newFolder, removeFolder } from './node.test-support'
import { choices } from './played.test-support'
import { NotSaved } from './room-log'
import { SqliteLog } from './sqlite-log'

const CODE = 'ABCDEF'
const KEEPING = { grace: 1000, idle: 10_000 }
const hash = '0'.repeat(64)
const opened: EventOf<'opened'> = {
  kind: 'opened',
  at: 0,
  code: CODE,
  hostHash: hash,
  watchHash: hash,
  seed: 1,
  settings: CALM,
  plan: [...choices(2)],
}
const player = (number: number): string => `player${String(number).padStart(4, '0')}`
const joined = (number: number): RoomEvent => ({ kind: 'joined', at: 1, player: player(number), hash })

const folders: string[] = []
const logs: SqliteLog[] = []
afterEach(async () => {
  for (const log of logs.splice(0)) await log.close()
  for (const folder of folders.splice(0)) removeFolder(folder)
})

const folderForTest = (): string => {
  const folder = newFolder()
  folders.push(folder)
  return folder
}

/** A log in a file, with what it had to say, the rooms that went, and the sizes of its commits. */
function logIn(file: string) {
  const notices: string[] = []
  const gone: string[] = []
  const commits: number[] = []
  const witness = {
    folded: () => undefined,
    gone: (code: string) => void gone.push(code),
    notice: (sentence: string) => void notices.push(sentence),
  }
  const log = new SqliteLog(file, KEEPING, witness, (events) => void commits.push(events))
  logs.push(log)
  return { log, notices, gone, commits }
}

const playersIn = async (log: SqliteLog): Promise<string[]> => [...((await log.open(CODE))?.players.keys() ?? [])]

describe('the log of rooms in a file', () => {
  it('says of each event what came of it, and whoever opens the file later has the same room', async () => {
    const file = join(folderForTest(), 'rooms.db')
    const { log } = logIn(file)
    expect(await log.create(opened)).toBe(true)
    expect(await log.create(opened)).toBe(false)
    expect(await log.append(CODE, joined(1))).toBeUndefined()
    expect(await log.append(CODE, { kind: 'locked', at: 2, locked: true })).toBeUndefined()
    expect(await log.append(CODE, joined(2))).toBe('locked')
    expect(await log.append('ZZZZZZ', joined(1))).toBe('not-a-room')
    const room = log.at(CODE)
    await log.close()
    expect(await logIn(file).log.open(CODE)).toEqual(room)
  })

  it('writes what arrives at once in few commits', async () => {
    const { log, commits } = logIn(join(folderForTest(), 'rooms.db'))
    await log.create(opened)
    await Promise.all(Array.from({ length: 500 }, (_, number) => log.append(CODE, joined(number))))
    expect(log.at(CODE)?.players.size).toBe(500)
    expect(commits.reduce((sum, events) => sum + events, 0)).toBe(500)
    expect(commits.length).toBeLessThan(50)
  })

  it('deletes a room some time after its end, or when nothing has happened in it for long', async () => {
    const { log, gone } = logIn(join(folderForTest(), 'rooms.db'))
    await log.create(opened)
    await log.append(CODE, { ...joined(1), at: 500 })
    await log.sweep(10_400)
    expect(gone).toEqual([])
    await log.append(CODE, { kind: 'ended', at: 600 })
    await log.sweep(1700)
    expect(gone).toEqual([CODE])
    expect(await log.open(CODE)).toBeUndefined()
    expect(await log.size()).toBe(0)
  })

  it('leaves nothing of a deleted room in its files', async () => {
    const folder = folderForTest()
    const { log } = logIn(join(folder, 'rooms.db'))
    await log.create({ ...opened, settings: { ...CALM, names: 'own' } })
    await log.append(CODE, { kind: 'joined', at: 1, player: player(1), hash, name: 'Wilhelmina' })
    const files = (): string =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join('')
    expect(files().includes('Wilhelmina')).toBe(true)
    await log.remove(CODE)
    expect(files().includes('Wilhelmina')).toBe(false)
  })

  it('has after a torn last write everything up to it', async () => {
    const folder = folderForTest()
    const file = join(folder, 'rooms.db')
    const { log } = logIn(file)
    await log.create(opened)
    await log.append(CODE, joined(1))
    await log.append(CODE, joined(2))
    const whole = statSync(`${file}-wal`).size
    await log.append(CODE, joined(3))
    // What the disk would hold if the power had gone in the middle of the last write.
    const torn = join(folder, 'torn.db')
    for (const ending of ['', '-wal']) copyFileSync(file + ending, torn + ending)
    truncateSync(`${torn}-wal`, whole + 100)
    const { log: after, notices } = logIn(torn)
    expect(await playersIn(after)).toEqual([player(1), player(2)])
    expect(await after.append(CODE, joined(4))).toBeUndefined()
    expect(notices).toEqual([])
  })

  it('sets a file that is no database aside, says so, and begins a new one', async () => {
    const folder = folderForTest()
    const file = join(folder, 'rooms.db')
    writeFileSync(file, 'This was a database once. '.repeat(400))
    const { log, notices } = logIn(file)
    expect(await log.create(opened)).toBe(true)
    expect(notices).toEqual([expect.stringContaining('a new one is begun')])
    expect(readdirSync(folder).filter((name) => name.startsWith('rooms.db.damaged-'))).toHaveLength(1)
  })

  it('sets a database with a hole in it aside', async () => {
    const folder = folderForTest()
    const file = join(folder, 'rooms.db')
    const { log } = logIn(file)
    await log.create(opened)
    await Promise.all(Array.from({ length: 300 }, (_, number) => log.append(CODE, joined(number))))
    await log.close()
    const bytes = readFileSync(file)
    bytes.fill(0xa5, 4096 * 2, bytes.length - 4096)
    writeFileSync(file, bytes)
    const { log: after, notices } = logIn(file)
    expect(await after.open(CODE)).toBeUndefined()
    expect(notices).toEqual([expect.stringContaining('cannot be read')])
    expect(await after.create(opened)).toBe(true)
  })

  it('refuses on a full disk, loses nothing that it took, and goes on when there is room again', async (test) => {
    const folder = folderForTest()
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=768k', 'tmpfs', folder], { stdio: 'pipe' })
    } catch {
      console.error('SKIPPED: a full disk needs the right to mount a small one.')
      return test.skip()
    }
    try {
      const ballast = join(folder, 'ballast')
      writeFileSync(ballast, Buffer.alloc(256 * 1024))
      const { log } = logIn(join(folder, 'rooms.db'))
      await log.create(opened)
      const taken: string[] = []
      let refused: unknown
      for (let number = 0; number < 2000 && refused === undefined; number++)
        try {
          // One after the other, so that it is known which one finds the disk full.
          await log.append(CODE, joined(number))
          taken.push(player(number))
        } catch (error) {
          refused = error
        }
      expect(refused).toBeInstanceOf(NotSaved)
      expect(taken.length).toBeGreaterThan(10)
      expect([...(log.at(CODE)?.players.keys() ?? [])]).toEqual(taken)
      rmSync(ballast)
      expect(await log.append(CODE, joined(5000))).toBeUndefined()
      await log.close()
      const { log: after } = logIn(join(folder, 'rooms.db'))
      expect(await playersIn(after)).toEqual([...taken, player(5000)])
      await after.close()
    } finally {
      execFileSync('umount', ['-l', folder])
    }
  })
})
