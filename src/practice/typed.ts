import { readTyped } from '../quiz/mark'

/** The port that was typed (`443`, `tcp/443`, `:443`), or undefined if it is none. */
export function readPort(text: string): number | undefined {
  const read = readTyped('port', text)
  const port = read === undefined ? Number.NaN : Number(read)
  return port <= 65535 ? port : undefined
}

/** A name in its plain form: lower case, letters and digits only, without accents. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')

/**
 * The names under which a service is known: each part of what people call it, its registered name, and all of it without
 * what stands in brackets.
 */
export function namesOf(common: string, registered?: string): readonly string[] {
  const whole = common.replaceAll(/\([^)]*\)/g, ' ')
  const parts = [...common.split(/[,;/()]| over | and /), whole, common, ...(registered ? [registered] : [])]
  return [...new Set(parts.map((part) => plain(part)).filter((part) => part.length > 1))]
}

/** True when two plain names differ by one letter at most: changed, missing, added, or two that changed places. */
function near(a: string, b: string): boolean {
  if (a === b) return true
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  const rest = (text: string, skip: number) => text.slice(start + skip)
  if (a.length !== b.length) return a.length > b.length ? rest(a, 1) === rest(b, 0) : rest(a, 0) === rest(b, 1)
  const swapped = a[start] === b[start + 1] && a[start + 1] === b[start]
  return rest(a, 1) === rest(b, 1) || (swapped && rest(a, 2) === rest(b, 2))
}

/** How a typed name fits: exactly, all but a slip of one letter (in names of five letters or more), or not at all. */
export function fits(text: string, names: readonly string[]): 'exact' | 'nearly' | 'no' {
  const typed = plain(text)
  if (typed === '') return 'no'
  if (names.includes(typed)) return 'exact'
  return names.some((name) => name.length >= 5 && near(typed, name)) ? 'nearly' : 'no'
}
