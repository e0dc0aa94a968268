import * as v from 'valibot'

/** Something the player should know about their stored data. The words for it stand in the message catalogue. */
export type StorageNotice =
  { readonly kind: 'set-aside'; readonly key: string } | { readonly kind: 'blocked' } | { readonly kind: 'full' }

/** A value kept in the browser's storage, read through a schema. */
export interface Box<T> {
  readonly value: T
  /** What went wrong while reading, if anything did. */
  readonly notice: StorageNotice | undefined
  /** The value as it is stored now, perhaps by another tab; undefined when there is none that can be read. */
  reread(): T | undefined
  /** Writes the value; returns what went wrong, if anything did. Never throws: a full disk costs nobody their game. */
  save(value: T): StorageNotice | undefined
}

const BLOCKED: StorageNotice = { kind: 'blocked' }
const FULL: StorageNotice = { kind: 'full' }

/**
 * Opens the box `key`. A value that the schema refuses is brought up to date by `migrate` if it can be; otherwise it is
 * copied to `KEY.set-aside` (`.set-aside-2` and so on: it is someone's progress) and the fallback is used. As long as the
 * copy could not be written, the original is never overwritten. Without storage the value lives in memory.
 */
export function openBox<T>(
  storage: Storage | undefined,
  key: string,
  schema: v.GenericSchema<unknown, T>,
  fallback: T,
  migrate: (old: unknown) => unknown = (old) => old,
): Box<T> {
  const blocked: Box<T> = { value: fallback, notice: BLOCKED, reread: () => undefined, save: () => BLOCKED }
  if (!storage) return blocked
  const save = (value: T): StorageNotice | undefined => {
    try {
      storage.setItem(key, JSON.stringify(value))
      return undefined
    } catch {
      return FULL
    }
  }
  const read = (text: string) => v.safeParse(schema, migrate(parseJson(text)))
  const reread = (): T | undefined => {
    try {
      const parsed = read(storage.getItem(key) ?? '')
      return parsed.success ? parsed.output : undefined
    } catch {
      return undefined
    }
  }
  let text: string | null
  try {
    text = storage.getItem(key)
  } catch {
    return blocked
  }
  if (text === null) return { value: fallback, notice: undefined, reread, save }
  const parsed = read(text)
  if (parsed.success) return { value: parsed.output, notice: undefined, reread, save }
  try {
    const copy = setAside(storage, key, text)
    return { value: fallback, notice: { kind: 'set-aside', key: copy }, reread, save }
  } catch {
    return { value: fallback, notice: FULL, reread: () => undefined, save: () => FULL }
  }
}

/** Keeps a copy under the first free name and returns that name. Throws when there is no room. */
function setAside(storage: Storage, key: string, text: string): string {
  for (let count = 1; ; count++) {
    const name = `${key}.set-aside${count === 1 ? '' : `-${count}`}`
    const kept = storage.getItem(name)
    if (kept !== null && kept !== text) continue
    storage.setItem(name, text)
    return name
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
