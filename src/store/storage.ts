import * as v from 'valibot'

/** Something the player should know about their stored data. The words for it stand in the message catalogue. */
export type StorageNotice = 'set-aside' | 'blocked' | 'full'

/** A value kept in the browser's storage, read through a schema. */
export interface Box<T> {
  readonly value: T
  /** What went wrong while reading, if anything did. */
  readonly notice: StorageNotice | undefined
  /** Writes the value; returns what went wrong, if anything did. Never throws: a full disk costs nobody their game. */
  save(value: T): StorageNotice | undefined
}

/**
 * Opens the box `key`. A value that the schema refuses is migrated by `migrate` if it can be; otherwise it is set aside as
 * `KEY.set-aside` (a copy is kept: it is someone's progress) and the fallback is used. Without storage (private windows,
 * blocked cookies) the value lives in memory.
 */
export function openBox<T>(
  storage: Storage | undefined,
  key: string,
  schema: v.GenericSchema<unknown, T>,
  fallback: T,
  migrate: (old: unknown) => unknown = (old) => old,
): Box<T> {
  const save = (value: T): StorageNotice | undefined => {
    if (!storage) return 'blocked'
    try {
      storage.setItem(key, JSON.stringify(value))
      return undefined
    } catch {
      return 'full'
    }
  }
  if (!storage) return { value: fallback, notice: 'blocked', save }
  let text: string | null
  try {
    text = storage.getItem(key)
  } catch {
    return { value: fallback, notice: 'blocked', save: () => 'blocked' }
  }
  if (text === null) return { value: fallback, notice: undefined, save }
  const parsed = v.safeParse(schema, migrate(parseJson(text)))
  if (parsed.success) return { value: parsed.output, notice: undefined, save }
  try {
    storage.setItem(`${key}.set-aside`, text)
  } catch {
    // No room for the copy: the original stays where it is until the next save.
  }
  return { value: fallback, notice: 'set-aside', save }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
