import type { Protocol } from '../net/tuple'
import { hasNmapName, nmapName } from '../ports/nmap-names'
import { readTyped } from '../quiz/mark'
import { ALIASES, WHOLE } from './aliases'
import type { Book, Fact } from './fact'

/** A port as it was typed, with the transport if one was. */
export interface TypedPort {
  readonly port: number
  readonly protocol?: Protocol
}

/** The port that was typed (`443`, `tcp/443`, `443/udp`, `:443`), or undefined if it is none. */
export function readPort(text: string): TypedPort | undefined {
  const read = readTyped('port', text)
  const port = read === undefined ? Number.NaN : Number(read)
  const protocol = /udp/i.test(text) ? 'udp' : /tcp/i.test(text) ? 'tcp' : undefined
  return port <= 65535 ? { port, ...(protocol && { protocol }) } : undefined
}

/** A name in its plain form: lower case, without accents, words of letters and digits apart by one space. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()

const joined = (plainName: string): string => plainName.replaceAll(' ', '')

/** The names of which a text consists: all of it, its parts between commas and the like, each also without what is in brackets. */
const partsOf = (text: string): readonly string[] =>
  [text, ...text.split(/[,;]| and | y /)].flatMap((part) => [part, part.replaceAll(/\([^)]*\)?/g, ' ')])

const known = new WeakMap<Fact, { readonly said: string; readonly names: readonly string[] }>()

/** The names under which a fact's service is known, in their plain form. `said` is what the interface calls it. */
export function namesOf(fact: Fact, said = fact.name): readonly string[] {
  const before = known.get(fact)
  if (before?.said === said) return before.names
  const names = makeNames(fact, said)
  known.set(fact, { said, names })
  return names
}

function makeNames({ id, name, registered, port, protocol }: Fact, said: string): readonly string[] {
  const nmap = registered !== undefined && hasNmapName(protocol, port) ? nmapName(protocol, port) : undefined
  const common = WHOLE.includes(id) ? [said] : [...partsOf(name), ...partsOf(said)]
  const names = [...common, registered ?? '', nmap === 'unknown' ? '' : (nmap ?? ''), ...(ALIASES[id] ?? [])]
  return [...new Set(names.map(plain))].filter((one) => one !== '')
}

/** True when two names differ by one letter: changed, missing, added, or two that changed places. */
export function isSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  const rest = (text: string, skip: number) => text.slice(start + skip)
  if (a.length > b.length) return rest(a, 1) === rest(b, 0)
  if (a.length < b.length) return rest(a, 0) === rest(b, 1)
  const swapped = a[start] === b[start + 1] && a[start + 1] === b[start]
  return rest(a, 1) === rest(b, 1) || (swapped && rest(a, 2) === rest(b, 2))
}

/** Shorter names must be exact: `ssh`, `rsh` and `sip` are too near to each other. */
const SLIP = 4

/**
 * What a typed name says when the service of `fact` is asked for: it is right (maybe with a slip of one letter), it fits
 * several services, it is the name of another fact, or it is known to nobody.
 */
export type TypedName =
  | { readonly is: 'right'; readonly slip?: string }
  | { readonly is: 'vague' }
  | { readonly is: 'other'; readonly fact: Fact }
  | { readonly is: 'unknown' }

/** Reads a typed name. `say` is how the interface calls a fact; undefined when nothing was typed. */
export function readName(text: string, fact: Fact, book: Book, say: (fact: Fact) => string): TypedName | undefined {
  const typed = plain(text)
  if (typed === '') return undefined
  const same = (name: string) => joined(name) === joined(typed)
  const begins = (name: string) => name.startsWith(`${typed} `)
  const slips = (name: string) => joined(name).length >= SLIP && isSlip(joined(typed), joined(name))
  const mine = namesOf(fact, say(fact))
  // The same service over the other transport is no other service.
  const others = [...book.values()]
    .filter((one) => one.id !== fact.id && say(one) !== say(fact))
    .map((one) => ({ fact: one, names: namesOf(one, say(one)) }))
  const called = (fits: (name: string) => boolean) => others.find(({ names }) => names.some(fits))?.fact

  const namesake = called(same)
  if (mine.some(same)) return namesake && !isOwn(fact, typed) ? { is: 'vague' } : { is: 'right' }
  if (namesake) return { is: 'other', fact: namesake }
  if (mine.some(begins)) return called(begins) ? { is: 'vague' } : { is: 'right' }
  const slip = mine.find(slips)
  const other = called(slips)
  if (slip !== undefined) return other ? { is: 'vague' } : { is: 'right', slip }
  return other ? { is: 'other', fact: other } : { is: 'unknown' }
}

/** The registry's own name, and what else a service alone is called, belong to it whoever else has them too. */
const isOwn = ({ registered, id }: Fact, typed: string): boolean =>
  [registered ?? '', ...(ALIASES[id] ?? [])].some((name) => joined(plain(name)) === joined(typed))
