/** The languages of the interface, each named in itself, and the direction it is written in. */
export const LANGUAGES = {
  en: { name: 'English', dir: 'ltr' },
  es: { name: 'Español', dir: 'ltr' },
} as const

export type Language = keyof typeof LANGUAGES

const isLanguage = (tag: string): tag is Language => Object.hasOwn(LANGUAGES, tag)

export const LANGUAGE_TAGS: readonly Language[] = Object.keys(LANGUAGES).filter(isLanguage)

/** The first of these BCP 47 tags (best first, as in `navigator.languages`) that the interface speaks; else English. */
export const languageFor = (wanted: readonly string[]): Language =>
  wanted.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find(isLanguage) ?? 'en'

/** The language that the words are in now. */
export let language: Language = 'en'

let wanted: Language = 'en'
let arriving: Promise<void> = Promise.resolve()
const parts: ((language: Language) => Promise<() => void>)[] = []

/**
 * A part of the catalogue: English, which comes with the code that reads it, and where to fetch every other language.
 * `set` puts texts where they are read, a live binding (`export let`). Read that inside functions, never while a module loads.
 */
export function catalogue<Texts>(
  english: Texts,
  others: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Texts>>>,
  set: (texts: Texts) => void,
): void {
  parts.push(async (next) => {
    const texts = next === 'en' ? english : await others[next]()
    return () => set(texts)
  })
  if (wanted !== 'en') speak(wanted).catch(() => undefined)
}

/**
 * Changes the language of every part at once, as soon as all of them are there. Of several calls the last one counts.
 * Rejects, and changes nothing, when a part cannot be fetched.
 */
export function speak(next: Language): Promise<void> {
  wanted = next
  arriving = take(next)
  return arriving
}

async function take(next: Language): Promise<void> {
  const sets = await Promise.all(parts.map((part) => part(next)))
  if (wanted !== next) return
  language = next
  for (const set of sets) set()
}

/** Resolves when the words of all parts loaded so far are there, in the language asked for last; rejects if some are not. */
export const wordsReady = (): Promise<void> => arriving
