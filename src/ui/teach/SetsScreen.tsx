import { useRef, useState } from 'preact/hooks'
import type { Imported } from '../../exchange/imported'
import { readFile } from '../../exchange/read-file'
import type { QuestionSet } from '../../quiz/set'
import { MOST, newSet, withItems } from '../../quiz/set'
import { MOST_SETS } from '../../store/sets-store'
import { LANGUAGES, language } from '../../words/language'
import { setWords } from '../../words/set-words'
import { teach } from '../../words/teach'
import { newSeed } from '../app/seed'
import { use } from '../use'
import { newSetId, ownSets } from './own-sets'
import { ReadDialog } from './ReadDialog'
import type { TeachScreenProps } from './TeachPage'
import { TeachPage } from './TeachPage'

export type SetsScreenProps = TeachScreenProps

/** Every set of this browser; here one begins a new one or brings one from a file. */
export function SetsScreen(props: SetsScreenProps) {
  const text = teach.sets
  const store = ownSets()
  const sets = use(store, (state) => state.sets)
  const input = useRef<HTMLInputElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const [said, setSaid] = useState('')
  const [gone, setGone] = useState<QuestionSet>()
  const [read, setRead] = useState<{ readonly file: string; readonly imported: Imported }>()
  const [over, setOver] = useState(false)

  const put = (set: QuestionSet): boolean => {
    if (store.getState().sets.length >= MOST_SETS) {
      setSaid(text.full)
      return false
    }
    store.getState().put(set)
    return true
  }
  const create = () => {
    const set = newSet(newSetId(), newSeed(), language, '')
    if (put(set)) location.hash = `#/quiz/sets/${set.id}`
  }
  const open = async (file: File | undefined) => {
    if (!file) return
    setSaid('')
    try {
      const { sheet } = await setWords(language)
      const found = await readFile(file.name, new Uint8Array(await file.arrayBuffer()), sheet)
      if ('fault' in found) return setSaid(teach.read.faults[found.fault](file.name))
      if ('set' in found) {
        const taken = store.getState().sets.some(({ id }) => id === found.set.id)
        const set = taken ? { ...found.set, id: newSetId() } : found.set
        if (put(set)) setSaid(text.imported(file.name, set.items.length))
        return
      }
      if (found.questions.length > 0) {
        const title = file.name.replace(/\.[^.]*$/, '').slice(0, MOST.title)
        const items = found.questions.map((own) => ({ own }))
        if (!put(withItems(newSet(newSetId(), newSeed(), language, title), items))) return
      }
      setRead({ file: file.name, imported: found })
    } catch {
      setSaid(teach.read.faults.unreadable(file.name))
    }
  }
  const remove = (set: QuestionSet) => {
    store.getState().remove(set.id)
    setGone(set)
    setSaid(text.removed(set.title || text.untitled))
    heading.current?.focus()
  }

  return (
    <TeachPage class="sets" {...props}>
      <main
        class={`teach-column ${over ? 'drop-here' : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void open(event.dataTransfer?.files[0])
        }}
      >
        <h1 tabIndex={-1} ref={heading}>
          {text.title}
        </h1>
        <p class="teach-about">{text.about}</p>
        <div class="teach-ways">
          <button type="button" class="primary" onClick={create}>
            {text.create}
          </button>
          <button type="button" class="secondary" onClick={() => input.current?.click()}>
            {text.open}
          </button>
          <a class="secondary" href="#/build">
            {text.build}
          </a>
          <span class="quiet">{text.openAbout}</span>
          <input
            ref={input}
            type="file"
            hidden
            accept=".json,.txt,.gift,.csv,.tsv,.xlsx"
            onChange={(event) => {
              void open(event.currentTarget.files?.[0])
              event.currentTarget.value = ''
            }}
          />
        </div>
        <p class="teach-said" role="status">
          {said}
        </p>
        {gone && (
          <button
            type="button"
            class="secondary undo"
            onClick={() => {
              if (put(gone)) setSaid('')
              setGone(undefined)
            }}
          >
            {text.undo}
          </button>
        )}
        {sets.length === 0 ? (
          <section class="teach-empty">
            <Stack />
            <h2>{text.none}</h2>
            <p>{text.noneAbout}</p>
          </section>
        ) : (
          <ul class="set-cards">
            {sets.map((set) => (
              <SetCard key={set.id} set={set} onRemove={() => remove(set)} />
            ))}
          </ul>
        )}
      </main>
      {read && <ReadDialog {...read} left={0} onClose={() => setRead(undefined)} />}
    </TeachPage>
  )
}

function SetCard({ set, onRemove }: { readonly set: QuestionSet; readonly onRemove: () => void }) {
  const text = teach.sets
  const [sure, setSure] = useState(false)
  const title = set.title.trim() || text.untitled
  const count = set.items.reduce((sum, item) => sum + ('own' in item ? 1 : item.count), 0)
  return (
    <li class="set-card">
      <a class="set-card-title" href={`#/quiz/sets/${set.id}`} aria-label={text.edit(title)}>
        {title}
      </a>
      <p>{text.count(count, LANGUAGES[set.language].name)}</p>
      <div class="set-card-ways">
        <a class="set-card-print" href={`#/quiz/print/${set.id}`} aria-label={text.print(title)}>
          {text.printShort}
        </a>
        <button
          type="button"
          onClick={() => (sure ? onRemove() : setSure(true))}
          onBlur={() => setSure(false)}
          aria-label={sure ? `${text.removeSure}: ${title}` : text.remove(title)}
        >
          {sure ? text.removeSure : text.removeShort}
        </button>
      </div>
    </li>
  )
}

/** A stack of empty sheets on a desk. */
function Stack() {
  return (
    <svg class="teach-stack" viewBox="0 0 160 110" aria-hidden="true">
      <path d="M20 92h120l-10 12H30Z" fill="#2a1c14" stroke="#6b4a2e" stroke-width="2" />
      <path d="M38 30l72 -8 6 66 -72 8Z" fill="#cfc3a0" />
      <path d="M42 22l74 -2 2 68 -74 2Z" fill="#e3d8b9" />
      <path d="M44 18h72v70H44Z" fill="#f4efe1" />
      <path d="M54 32h40M54 44h52M54 54h46M54 64h52" stroke="#b7ab86" stroke-width="3" stroke-linecap="round" />
      <path d="M52 32h.01M52 44h.01" stroke="#8a6a1f" stroke-width="4" stroke-linecap="round" />
      <path d="M118 24l14 -14 8 8 -40 48 -10 4 2 -10Z" fill="#f1c766" stroke="#8a6a1f" stroke-width="2" />
    </svg>
  )
}
