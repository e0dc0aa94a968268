import { useEffect, useRef, useState } from 'preact/hooks'
import type { Fact } from '../../practice/fact'
import { MOST_BYTES, readPracticeFile, writePracticeFile } from '../../practice/exchange/file'
import type { OwnDeck } from '../../practice/exchange/own-deck'
import { writeDeckLink } from '../../practice/exchange/own-deck'
import { chosenFacts, deckFacts } from '../../store/practice-store'
import { words } from '../../words'
import { practice } from '../../words/practice-screens'
import { practiceAsks } from '../../words/practice-asks'
import { deckHash } from '../app/route'
import { newSeed } from '../app/seed'
import { use } from '../use'
import { DeckEditor } from './DeckEditor'
import { deckName } from './DeckDoor'
import { saveAsTable, saveForAnki } from './exports'
import { ownPractice } from './own-practice'
import type { PracticeScreenProps } from './Page'
import { Page, useReady } from './Page'
import { saveBlob } from './save'

/** Own decks, and all that can be taken elsewhere. */
export function DecksScreen({ onSettings }: PracticeScreenProps) {
  const ready = useReady()
  return (
    <Page class="decks" onSettings={onSettings}>
      {ready ? <Decks /> : <p class="waiting">{practice.session.loading}</p>}
    </Page>
  )
}

function Decks() {
  const store = ownPractice()
  const decks = use(store, (state) => state.decks)
  const settings = use(store, (state) => state.settings)
  const [edited, setEdited] = useState<string>()
  const text = practice.own
  const add = () => {
    const deck: OwnDeck = { id: `own-${newSeed().toString(36)}`, title: text.untitled, facts: [] }
    void store.getState().putDeck(deck)
    void store.getState().change({ decks: [...settings.decks, deck.id] })
    setEdited(deck.id)
  }
  const open = decks.find(({ id }) => id === edited)
  return (
    <main class="own-decks">
      <section>
        <h1 tabIndex={-1}>{text.title}</h1>
        <p class="lobby-about">{text.about}</p>
        {decks.length === 0 && <p class="quiet">{text.none}</p>}
        <ul class="own-list">
          {decks.map((deck) => (
            <DeckRow key={deck.id} deck={deck} open={deck.id === edited} onEdit={() => setEdited(deck.id)} />
          ))}
        </ul>
        <button type="button" class="primary" onClick={add}>
          {text.add}
        </button>
      </section>
      <div class="own-side">
        {open && <DeckEditor key={open.id} deck={open} onDone={() => setEdited(undefined)} />}
        <Exports />
        <Everything />
      </div>
    </main>
  )
}

interface DeckRowProps {
  readonly deck: OwnDeck
  readonly open: boolean
  readonly onEdit: () => void
}

function DeckRow({ deck, open, onEdit }: DeckRowProps) {
  const store = ownPractice()
  const settings = use(store, (state) => state.settings)
  const [sure, setSure] = useState(false)
  const [copied, setCopied] = useState('')
  const chosen = settings.decks.includes(deck.id)
  const text = practice.own
  const { change, removeDeck } = store.getState()
  const link = () => {
    const address = new URL(deckHash(writeDeckLink(deck)), location.href).href
    const failed = () => setCopied(`${text.linkFailed} ${address}`)
    if (navigator.clipboard) navigator.clipboard.writeText(address).then(() => setCopied(text.linkSaid), failed)
    else failed()
  }
  return (
    <li class={open ? 'open' : ''}>
      <p class="own-name">
        <strong>{deck.title}</strong> <span class="quiet">{text.ports(deck.facts.length)}</span>
      </p>
      <label class="own-chosen">
        <input
          type="checkbox"
          checked={chosen}
          onChange={() =>
            void change({
              decks: chosen ? settings.decks.filter((id) => id !== deck.id) : [...settings.decks, deck.id],
            })
          }
        />
        {text.practise}
        <span class="sr-only">: {deck.title}</span>
      </label>
      <div class="own-acts">
        <button type="button" class="secondary" onClick={onEdit}>
          {text.edit}
          <span class="sr-only">: {deck.title}</span>
        </button>
        <button type="button" class="secondary" onClick={link} disabled={deck.facts.length === 0}>
          {text.link}
          <span class="sr-only">: {deck.title}</span>
        </button>
        <button
          type="button"
          class="secondary"
          aria-live="polite"
          onClick={() => (sure ? void removeDeck(deck.id) : setSure(true))}
          onBlur={() => setSure(false)}
        >
          {sure ? text.removeSure : text.remove}
          <span class="sr-only">: {deck.title}</span>
        </button>
      </div>
      <p class="own-said" role="status">
        {copied}
      </p>
    </li>
  )
}

/** Decks as cards for Anki, or as a table. */
function Exports() {
  const store = ownPractice()
  const state = use(store, (all) => all)
  const [which, setWhich] = useState('')
  const [said, setSaid] = useState('')
  const text = practice.own
  const ids = [...Object.keys(practice.decks), ...state.decks.map(({ id }) => id)]
  const save = async (how: (title: string, facts: readonly Fact[]) => Promise<void>) => {
    const facts = which === '' ? chosenFacts(state) : deckFacts(which, state.decks, state.book)
    setSaid(text.exporting)
    const named = facts.map((fact) => {
      const mnemonic = state.mnemonics.get(fact.id) ?? practiceAsks.mnemonic(fact.id, fact.mnemonic)
      return { ...fact, name: practiceAsks.service(fact.id, fact.name), ...(mnemonic !== undefined && { mnemonic }) }
    })
    await how(which === '' ? words.home.name : deckName(which), named)
    setSaid('')
  }
  const failed = () => setSaid(text.exportFailed)
  return (
    <section class="own-part own-form">
      <h2>{text.exports}</h2>
      <div class="own-field">
        <label for="export-deck">{text.exportOf}</label>
        <select id="export-deck" value={which} onChange={(event) => setWhich(event.currentTarget.value)}>
          <option value="">{text.exportAll}</option>
          {ids.map((id) => (
            <option key={id} value={id}>
              {deckName(id)}
            </option>
          ))}
        </select>
      </div>
      <div class="own-acts">
        <button type="button" class="secondary" onClick={() => void save(saveForAnki).catch(failed)}>
          {text.anki}
        </button>
        <button type="button" class="secondary" onClick={() => void save(saveAsTable).catch(failed)}>
          {text.csv}
        </button>
      </div>
      <p role="status">{said}</p>
    </section>
  )
}

/** All of one's practice as a file, and back: both are merged. */
function Everything() {
  const store = ownPractice()
  const input = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState('')
  const alive = useRef(true)
  useEffect(() => () => void (alive.current = false), [])
  const text = practice.own
  const save = async () => {
    const log = await store.getState().whole()
    const date = new Date().toISOString().slice(0, 10)
    const file = writePracticeFile({ log, decks: store.getState().decks })
    saveBlob(new Blob([file], { type: 'application/json' }), `port-authority-practice-${date}.json`)
  }
  const take = async (file: File) => {
    const read = file.size > MOST_BYTES ? { fault: 'too-large' as const } : readPracticeFile(await file.text())
    if ('fault' in read) return text.notTaken[read.fault](file.name)
    const before = new Set(store.getState().decks.map(({ id }) => id))
    const news = await store.getState().merge(read)
    // Decks that came along are practised, as they were where they come from.
    const more = read.decks.map(({ id }) => id).filter((id) => !before.has(id))
    if (more.length > 0) await store.getState().change({ decks: [...store.getState().settings.decks, ...more] })
    return text.taken(file.name, news + more.length, read.damaged)
  }
  const taking = async (file: File | undefined) => {
    if (!file) return
    const result = await take(file).catch(() => text.notTaken['not-json'](file.name))
    if (alive.current) setSaid(result)
  }
  return (
    <section class="own-part">
      <h2>{text.everything}</h2>
      <p class="quiet">{text.everythingAbout}</p>
      <div class="own-acts">
        <button type="button" class="secondary" onClick={() => void save()}>
          {text.save}
        </button>
        <button type="button" class="secondary" onClick={() => input.current?.click()}>
          {text.take2}
        </button>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        onChange={(event) => {
          void taking(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      <p role="status">{said}</p>
    </section>
  )
}
