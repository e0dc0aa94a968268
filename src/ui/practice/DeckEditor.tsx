import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { FactId } from '../../practice/card'
import type { OwnDeck } from '../../practice/exchange/own-deck'
import { MOST_FACTS } from '../../practice/exchange/own-deck'
import type { Pasted } from '../../practice/exchange/paste'
import { readPasted } from '../../practice/exchange/paste'
import type { Book } from '../../practice/fact'
import { FACTS } from '../../practice/fact'
import { practice } from '../../words/practice-screens'
import { practiceAsks } from '../../words/practice-asks'
import { use } from '../use'
import { ownPractice } from './own-practice'

type Registry = typeof import('../../ports/registry')

/** So many finds are shown. */
const MOST = 30

/** A port that was found, by its transport. */
interface Found {
  readonly id: FactId
  readonly name: string
  readonly about: string
}

/** What fits in the decks, then in the whole registry. */
function find(typed: string, registry: Registry): readonly Found[] {
  const query = typed
    .trim()
    .toLowerCase()
    .replace(/\s*\/\s*(tcp|udp)$/, '')
  if (query === '') return []
  const said = (id: string, name: string) => practiceAsks.service(id, name)
  const known = [...FACTS.values()]
    .filter(({ id, port, name }) =>
      /^\d+$/.test(query)
        ? String(port).startsWith(query)
        : said(id, name).toLowerCase().includes(query) || name.toLowerCase().includes(query),
    )
    .map(({ id, name, registered = '' }) => ({ id, name: said(id, name), about: registered }))
  const others = registry.searchRegistry(typed, MOST).flatMap(({ port, transports, name, description }) =>
    transports.flatMap((transport) => {
      if (transport !== 'tcp' && transport !== 'udp') return []
      const id: FactId = `${port}/${transport}`
      const fact = FACTS.get(id)
      return [{ id, name: fact ? said(id, fact.name) : description || name, about: name }]
    }),
  )
  const all = [...known, ...others]
  // A number that was typed in full comes first.
  const rank = ({ id }: Found) => (String(Number.parseInt(id, 10)) === query ? 0 : 1)
  return all
    .filter(({ id }, index) => all.findIndex((one) => one.id === id) === index)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST)
}

interface DeckEditorProps {
  readonly deck: OwnDeck
  readonly onDone: () => void
}

/** A deck of one's own: its name, what is in it, and two ways to put more in. */
export function DeckEditor({ deck, onDone }: DeckEditorProps) {
  const store = ownPractice()
  const book = use(store, (state) => state.book)
  const name = useRef<HTMLInputElement>(null)
  const [title, setTitle] = useState(deck.title)
  const text = practice.own
  useLayoutEffect(() => {
    name.current?.focus()
    name.current?.select()
  }, [])
  const put = (part: Partial<OwnDeck>) => void store.getState().putDeck({ ...deck, ...part })
  const add = (facts: readonly FactId[]) => put({ facts: [...new Set([...deck.facts, ...facts])].slice(0, MOST_FACTS) })
  return (
    <section class="own-part own-form deck-editor" aria-label={deck.title}>
      <label>
        <span>{text.name}</span>
        <input
          ref={name}
          type="text"
          maxLength={80}
          value={title}
          onInput={(event) => {
            setTitle(event.currentTarget.value)
            if (event.currentTarget.value.trim() !== '') put({ title: event.currentTarget.value.trim() })
          }}
        />
      </label>
      <Search deck={deck} onAdd={(id) => add([id])} />
      <Paste deck={deck} onAdd={add} />
      <Ports deck={deck} book={book} onTake={(id) => put({ facts: deck.facts.filter((one) => one !== id) })} />
      <div class="own-acts">
        <button type="button" class="primary" onClick={onDone}>
          {text.done}
        </button>
      </div>
    </section>
  )
}

function Search({ deck, onAdd }: { readonly deck: OwnDeck; readonly onAdd: (id: FactId) => void }) {
  const [typed, setTyped] = useState('')
  const [registry, setRegistry] = useState<Registry | 'missing'>()
  const text = practice.own
  const fetchIt = () => {
    if (registry === undefined || registry === 'missing')
      import('../../ports/registry').then(setRegistry, () => setRegistry('missing'))
  }
  const found = useMemo(() => (registry && registry !== 'missing' ? find(typed, registry) : []), [typed, registry])
  const said =
    typed.trim() === ''
      ? text.searchHint
      : registry === undefined
        ? text.searching
        : registry === 'missing'
          ? text.searchFailed
          : text.found(found.length)
  return (
    <div>
      <label>
        <span>{text.search}</span>
        <input
          type="search"
          maxLength={60}
          autocomplete="off"
          spellcheck={false}
          value={typed}
          aria-describedby="search-said"
          onFocus={fetchIt}
          onInput={(event) => {
            fetchIt()
            setTyped(event.currentTarget.value)
          }}
        />
      </label>
      <p class="quiet" id="search-said" role="status">
        {said}
      </p>
      {found.length > 0 && (
        <ul class="found-ports">
          {found.map(({ id, name, about }) => (
            <li key={id}>
              <span class="plate mono">{id}</span>
              <span>
                {name} {about !== '' && about !== name && <span class="quiet mono">{about}</span>}
              </span>
              {deck.facts.includes(id) ? (
                <span class="tick right">
                  <span aria-hidden="true">✓ </span>
                  {text.inDeck}
                </span>
              ) : (
                <button
                  type="button"
                  class="secondary"
                  aria-label={text.put(`${id} ${name}`)}
                  onClick={() => onAdd(id)}
                >
                  +
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Paste({ deck, onAdd }: { readonly deck: OwnDeck; readonly onAdd: (ids: readonly FactId[]) => void }) {
  const [pasted, setPasted] = useState('')
  const [read, setRead] = useState<{ readonly pasted: Pasted; readonly known: number }>()
  const text = practice.own
  const go = () => {
    const found = readPasted(pasted)
    setRead({ pasted: found, known: found.facts.filter((id) => deck.facts.includes(id)).length })
    if (found.facts.length === 0) return
    onAdd(found.facts)
    setPasted('')
  }
  return (
    <div>
      <label>
        <span>{text.paste}</span>
        <textarea
          class="mono"
          rows={4}
          spellcheck={false}
          placeholder="tcp   LISTEN 0  128  0.0.0.0:8443  0.0.0.0:*"
          value={pasted}
          aria-describedby="paste-hint"
          onInput={(event) => setPasted(event.currentTarget.value)}
        />
      </label>
      <p class="quiet" id="paste-hint">
        {text.pasteHint}
      </p>
      <button type="button" class="secondary" disabled={pasted.trim() === ''} onClick={go}>
        {text.pasteGo}
      </button>
      <div role="status">
        {read && (
          <p>
            {read.pasted.facts.length === 0
              ? text.pastedNone
              : text.pasted(read.pasted.facts.length - read.known, read.known)}
          </p>
        )}
        {read && read.pasted.unread.length > 0 && (
          <>
            <p class="quiet">{text.unread(read.pasted.unread.length)}</p>
            <ul class="unread">
              {read.pasted.unread.slice(0, 5).map(({ line, text: unread }) => (
                <li key={line}>
                  {text.line(line)}: <code>{unread.slice(0, 80)}</code>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  )
}

interface PortsProps {
  readonly deck: OwnDeck
  readonly book: Book
  readonly onTake: (id: FactId) => void
}

function Ports({ deck, book, onTake }: PortsProps) {
  const text = practice.own
  return (
    <div>
      <h2>{text.ports(deck.facts.length)}</h2>
      {deck.facts.length >= MOST_FACTS && <p class="quiet">{text.full(MOST_FACTS)}</p>}
      <ul class="found-ports in-deck">
        {deck.facts.map((id) => {
          const fact = book.get(id)
          const name = fact && fact.name !== '' ? practiceAsks.service(id, fact.name) : text.noName
          return (
            <li key={id}>
              <span class="plate mono">{id}</span>
              <span class={fact && fact.name !== '' ? '' : 'quiet'}>{name}</span>
              <button
                type="button"
                class="secondary"
                aria-label={text.take(`${id} ${name}`)}
                onClick={() => onTake(id)}
              >
                ✕
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
