import * as v from 'valibot'
import type { FactId } from '../card'

const isFact = (value: unknown): value is FactId =>
  typeof value === 'string' && /^(0|[1-9]\d{0,4})\/(tcp|udp)$/.test(value) && Number.parseInt(value, 10) <= 65535

/** A fact's id as it comes from outside. */
const FactIdSchema = v.custom<FactId>(isFact, 'no port of a transport')

/** Ports in one deck, at most: more than anybody learns, few enough for a link. */
export const MOST_FACTS = 1000

/** A deck of one's own: a title and the facts, in the order in which they are to be met. */
export const OwnDeckSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^own-[a-z0-9]{1,12}$/)),
  title: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
  facts: v.pipe(v.array(FactIdSchema), v.maxLength(MOST_FACTS)),
})
export type OwnDeck = v.InferOutput<typeof OwnDeckSchema>

/** What a link carries of a deck: whoever opens it gets a deck of their own. */
export type SharedDeck = Pick<OwnDeck, 'title' | 'facts'>

/** Why a link gives no deck. Its words stand in the message catalogue. */
export type DeckLinkFault = 'unreadable' | 'no-ports' | 'too-many'

/** The part of a link that names a deck, behind the question mark: `t` the title, `p` ports such as `22t.53u.443t`. */
export function writeDeckLink({ title, facts }: SharedDeck): string {
  const ports = facts.map((fact) => `${Number.parseInt(fact, 10)}${fact.endsWith('udp') ? 'u' : 't'}`)
  return new URLSearchParams({ t: title, p: ports.join('.') }).toString()
}

/** Reads what `writeDeckLink` wrote, whatever stands in it. */
export function readDeckLink(query: string): SharedDeck | { readonly fault: DeckLinkFault } {
  const parts = new URLSearchParams(query)
  const title = (parts.get('t') ?? '').trim().slice(0, 80)
  const texts = (parts.get('p') ?? '').split('.').filter((text) => text !== '')
  if (texts.length === 0) return { fault: 'no-ports' }
  if (texts.length > MOST_FACTS) return { fault: 'too-many' }
  const facts = texts.map((text) =>
    text.replace(/^(\d+)([tu])$/, (_, port, letter) => `${port}/${letter === 'u' ? 'udp' : 'tcp'}`),
  )
  return title !== '' && facts.every(isFact) ? { title, facts: [...new Set(facts)] } : { fault: 'unreadable' }
}
