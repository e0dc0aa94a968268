/** The thread that owns the database file, so that waiting for the disk stops nobody. It does what it is asked, in order. */
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'libsql'
import * as v from 'valibot'
import type { Answered, Asked, Line } from './sqlite-messages'

const { file, grace } = v.parse(v.object({ file: v.string(), grace: v.number() }), workerData)

const tell = (message: Answered): void => parentPort?.postMessage(message)

function openDatabase(): Database.Database {
  mkdirSync(dirname(file), { recursive: true })
  const db = new Database(file)
  try {
    // One process has the file: another one fails at once instead of folding half a log. WAL needs no shared memory then.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    // What is deleted is overwritten: names and answers are gone when a room is.
    db.exec('PRAGMA secure_delete = ON')
    const [check] = v.parse(v.array(v.object({ quick_check: v.string() })), db.prepare('PRAGMA quick_check(1)').all())
    if (check?.quick_check !== 'ok') throw new Error(`database disk image is malformed: ${check?.quick_check ?? ''}`)
    db.exec(`
      CREATE TABLE IF NOT EXISTS rooms (code TEXT PRIMARY KEY, patience INTEGER, ended INTEGER DEFAULT 0, expires INTEGER);
      CREATE TABLE IF NOT EXISTS events (number INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL, event TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS events_of_room ON events (code, number);
    `)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const says = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** A file that is no sound database is set aside, not deleted, and a new one begun. */
function openOrBegin(): Database.Database {
  try {
    return openDatabase()
  } catch (error) {
    if (!/malformed|not a database/i.test(says(error)) || !existsSync(file)) throw error
    const aside = `${file}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
    for (const ending of ['', '-wal', '-shm']) if (existsSync(file + ending)) renameSync(file + ending, aside + ending)
    tell({
      notice: `The rooms in ${file} cannot be read (${says(error)}). The file is now ${aside}; a new one is begun.`,
    })
    return openDatabase()
  }
}

class Rooms {
  private readonly db = openOrBegin()
  private readonly insert = this.db.prepare(
    'INSERT INTO events (code, event) SELECT ?, ? WHERE EXISTS (SELECT 1 FROM rooms WHERE code = ?)',
  )
  private readonly touch = this.db.prepare(
    'UPDATE rooms SET ended = max(ended, ?), expires = CASE WHEN ended OR ? THEN ? ELSE ? + patience END WHERE code = ?',
  )
  private readonly begin = this.db.prepare('INSERT OR IGNORE INTO rooms (code, patience, expires) VALUES (?, ?, ?)')
  private readonly read = this.db.prepare('SELECT event FROM events WHERE code = ? ORDER BY number').pluck()
  private readonly expired = this.db.prepare('SELECT code FROM rooms WHERE expires < ?').pluck()
  private readonly all = this.db.prepare('SELECT code FROM rooms').pluck()
  private readonly known = this.db.prepare('SELECT count(*) FROM rooms WHERE code = ?').pluck()

  /** All of it is durable, or none of it happened. */
  private once<T>(write: () => T): T {
    this.db.exec('BEGIN IMMEDIATE')
    try {
      const value = write()
      this.db.exec('COMMIT')
      return value
    } catch (error) {
      try {
        this.db.exec('ROLLBACK')
      } catch {
        // On a full disk SQLite has rolled back by itself.
      }
      throw error
    }
  }

  commit(lines: readonly Line[]): void {
    this.once(() => {
      const last = new Map<string, Line>()
      for (const line of lines) {
        this.insert.run(line.code, line.event, line.code)
        const ended = line.ended || (last.get(line.code)?.ended ?? false)
        last.set(line.code, { ...line, ended })
      }
      for (const { code, at, ended } of last.values())
        this.touch.run(ended ? 1 : 0, ended ? 1 : 0, at + grace, at, code)
    })
  }

  create({ code, event, at }: Line, patience: number): boolean {
    return this.once(() => {
      if (this.begin.run(code, patience, at + patience).changes === 0) return false
      this.insert.run(code, event, code)
      return true
    })
  }

  load = (code: string): string[] => strings(this.read.all(code))
  codes = (): string[] => strings(this.all.all())
  expiredBy = (now: number): string[] => strings(this.expired.all(now))
  ready = (): boolean => this.known.get('') !== undefined

  remove(codes: readonly string[]): void {
    this.once(() => {
      for (const code of codes) {
        this.db.prepare('DELETE FROM events WHERE code = ?').run(code)
        this.db.prepare('DELETE FROM rooms WHERE code = ?').run(code)
      }
    })
    // Nor are they left in the log of the database.
    this.db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all()
  }

  close(): void {
    this.db.close()
  }
}

const strings = (rows: unknown): string[] => v.parse(v.array(v.string()), rows)

let rooms: Rooms | undefined

function answer(asked: Asked): string[] | boolean {
  rooms ??= new Rooms()
  switch (asked.ask) {
    case 'create':
      return rooms.create(asked.line, asked.patience)
    case 'commit':
      rooms.commit(asked.lines)
      return true
    case 'load':
      return rooms.load(asked.code)
    case 'remove':
      rooms.remove(asked.codes)
      return true
    case 'codes':
      return rooms.codes()
    case 'expired':
      return rooms.expiredBy(asked.now)
    case 'ready':
      return rooms.ready()
    case 'close':
      rooms.close()
      rooms = undefined
      return true
  }
}

parentPort?.on('message', (asked: Asked) => {
  try {
    tell({ number: asked.number, good: answer(asked) })
  } catch (error) {
    tell({ number: asked.number, bad: says(error) })
  }
})
