import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Imported } from '../../exchange/imported'
import { readFile } from '../../exchange/read-file'
import { writeSetFile } from '../../exchange/set-file'
import { fileName } from '../../exchange/target'
import type { Posed, QuestionSet, SetItem } from '../../quiz/set'
import { MOST, blankQuestion, questionsOf, withCopy, withItem, withItems, withMoved, withoutItem } from '../../quiz/set'
import { TEMPLATES } from '../../quiz/templates'
import type { Language } from '../../words/language'
import { LANGUAGES, LANGUAGE_TAGS } from '../../words/language'
import type { SetWords } from '../../words/set-words'
import { teach } from '../../words/teach'
import { Broken } from '../app/Broken'
import { use } from '../use'
import { ExportDialog } from './ExportDialog'
import { ItemCard } from './ItemCard'
import { LinkDialog } from './LinkDialog'
import { ownSets } from './own-sets'
import { Picker } from './Picker'
import { ReadDialog } from './ReadDialog'
import { saveFile } from './save-file'
import type { TeachScreenProps } from './TeachPage'
import { TeachPage } from './TeachPage'
import { useSetWords } from './use-set-words'

export interface SetScreenProps extends TeachScreenProps {
  readonly id: string
}

/** The editor of a set. Whatever is typed is kept at once. */
export function SetScreen({ id, ...screen }: SetScreenProps) {
  const set = use(ownSets(), (state) => state.sets.find((one) => one.id === id))
  const words = useSetWords(set?.language ?? 'en')
  if (!set) return <Broken about={teach.set.missing} way={{ href: '#/quiz/sets', text: teach.set.back }} />
  return (
    <TeachPage class="set" {...screen}>
      {words === undefined ? (
        <p class="sr-only">{teach.loading}</p>
      ) : words === 'failed' ? (
        <main class="teach-column">
          <h1 tabIndex={-1}>{set.title || teach.sets.untitled}</h1>
          <p>{teach.wordsFailed}</p>
        </main>
      ) : (
        <Editor key={id} set={set} words={words} />
      )}
    </TeachPage>
  )
}

/**
 * The questions of a set, drawn anew only when a template item has changed: typing in an own question must not wait for
 * templates.
 */
export function usePosed({ seed, items }: Pick<QuestionSet, 'seed' | 'items'>, words: SetWords): readonly Posed[] {
  const drawn = items.filter((item) => !('own' in item))
  const what = JSON.stringify(drawn)
  const fromTemplates = useMemo(
    () => questionsOf({ seed, items: drawn }, TEMPLATES, words.questions),
    [seed, what, words],
  )
  const own = questionsOf({ seed, items: items.filter((item) => 'own' in item) }, TEMPLATES, words.questions)
  return items.flatMap(({ key }) => [...fromTemplates, ...own].filter((posed) => posed.key === key))
}

type Shown =
  'picker' | 'export' | 'link' | { readonly file: string; readonly imported: Imported; readonly left: number }

function Editor({ set, words }: { readonly set: QuestionSet; readonly words: SetWords }) {
  const text = teach.set
  const store = ownSets()
  const posed = usePosed(set, words)
  const [shown, setShown] = useState<Shown>()
  const [open, setOpen] = useState<number>()
  const [said, setSaid] = useState('')
  const [gone, setGone] = useState<{ readonly item: SetItem; readonly at: number }>()
  const input = useRef<HTMLInputElement>(null)
  const focusAt = useRef<number>(undefined)
  const change = (how: (set: QuestionSet) => QuestionSet) => store.getState().change(set.id, how)

  useLayoutEffect(() => {
    // Of an own question that has just been added, the first field; the card is there only now.
    const field = document.querySelector<HTMLElement>(`#item-${focusAt.current} textarea`)
    if (!field) return
    focusAt.current = undefined
    field.focus()
  })

  const numbers = new Map<number, number[]>()
  let last = 0
  for (const one of posed)
    if (one.from === 'template' || one.from === 'own') numbers.set(one.key, [...(numbers.get(one.key) ?? []), ++last])
  const room = MOST.items - set.items.length

  const addOwn = () => {
    if (room <= 0) return setSaid(text.full)
    change((before) => {
      const after = withItems(before, [{ own: blankQuestion() }])
      focusAt.current = after.items.at(-1)?.key
      return after
    })
    setOpen(focusAt.current)
  }
  const bring = async (file: File | undefined) => {
    if (!file) return
    setSaid('')
    try {
      const found = await readFile(file.name, new Uint8Array(await file.arrayBuffer()), words.sheet)
      if ('fault' in found) return setSaid(teach.read.faults[found.fault](file.name))
      if ('set' in found) {
        change((before) => withItems(before, found.set.items))
        return setSaid(text.added(Math.min(room, found.set.items.length)))
      }
      change((before) =>
        withItems(
          before,
          found.questions.map((own) => ({ own })),
        ),
      )
      setShown({ file: file.name, imported: found, left: Math.max(0, found.questions.length - room) })
    } catch {
      setSaid(teach.read.faults.unreadable(file.name))
    }
  }
  const nameOf = (key: number) => text.itemName(set.items.findIndex((item) => item.key === key) + 1)

  return (
    <main class="teach-column">
      <p class="teach-back">
        <a href="#/quiz/sets">{text.back}</a>
      </p>
      <h1 tabIndex={-1} class="sr-only">
        {set.title || teach.sets.untitled}
      </h1>
      <div class="set-head">
        <label class="set-title">
          <span>{text.title}</span>
          <input
            type="text"
            value={set.title}
            maxLength={MOST.title}
            placeholder={text.titleHint}
            onInput={({ currentTarget: { value } }) => change((before) => ({ ...before, title: value }))}
          />
        </label>
        <label class="set-language">
          <span>{text.language}</span>
          <select
            value={set.language}
            onChange={({ currentTarget: { value } }) => {
              const chosen = LANGUAGE_TAGS.find((tag): tag is Language => tag === value)
              if (chosen) change((before) => ({ ...before, language: chosen }))
            }}
          >
            {LANGUAGE_TAGS.map((tag) => (
              <option key={tag} value={tag}>
                {LANGUAGES[tag].name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div class="set-ways">
        <a class="primary" href={`#/quiz/print/${set.id}`}>
          {text.print}
        </a>
        <button type="button" class="secondary" onClick={() => setShown('export')}>
          {text.export}
        </button>
        <button type="button" class="secondary" onClick={() => setShown('link')}>
          {text.link}
        </button>
        <button
          type="button"
          class="secondary"
          onClick={() =>
            saveFile({
              name: fileName(set.title, 'set', 'json'),
              type: 'application/json',
              content: writeSetFile(set),
            })
          }
        >
          {text.save}
        </button>
        <span class="set-total quiet">{text.total(last)}</span>
      </div>
      {set.items.length === 0 ? (
        <section class="teach-empty">
          <h2>{text.empty}</h2>
          <p>{text.emptyAbout}</p>
        </section>
      ) : (
        <ol class="items" aria-label={text.list(set.items.length)}>
          {set.items.map((item, index) => (
            <ItemCard
              key={item.key}
              item={item}
              place={index + 1}
              of={set.items.length}
              numbers={numbers.get(item.key) ?? []}
              posed={posed.filter((one) => one.key === item.key)}
              set={set}
              words={words}
              open={open === item.key}
              onOpen={() => setOpen(open === item.key ? undefined : item.key)}
              onChange={(how) => change((before) => withItem(before, item.key, how))}
              onMove={(places) => {
                change((before) => withMoved(before, item.key, places))
                setSaid(text.moved(nameOf(item.key), index + 1 + places, set.items.length))
              }}
              onCopy={() => {
                if (room <= 0) return setSaid(text.full)
                change((before) => withCopy(before, item.key))
                setSaid(text.copied)
              }}
              onRemove={() => {
                change((before) => withoutItem(before, item.key))
                setGone({ item, at: index })
                setSaid(text.removed)
              }}
            />
          ))}
        </ol>
      )}
      <div class="set-adding">
        <button
          type="button"
          class={set.items.length === 0 ? 'primary' : 'secondary'}
          onClick={() => setShown('picker')}
        >
          {text.add}
        </button>
        <button type="button" class="secondary" onClick={addOwn}>
          {text.addOwn}
        </button>
        <button type="button" class="secondary" onClick={() => input.current?.click()}>
          {text.addFile}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".json,.txt,.gift,.csv,.tsv,.xlsx"
          onChange={(event) => {
            void bring(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
      </div>
      <p class="teach-said" role="status">
        {said}
      </p>
      {gone && (
        <Undo
          onUndo={() => {
            change((before) => withItems(before, [gone.item], gone.at))
            setGone(undefined)
            setSaid('')
          }}
        />
      )}
      {set.items.some((item) => 'own' in item) && (
        <label class="set-images">
          <input
            type="checkbox"
            checked={set.images}
            onChange={() => change((before) => ({ ...before, images: !before.images }))}
          />
          <span>
            {text.images}
            <small>{text.imagesAbout}</small>
          </span>
        </label>
      )}
      {shown === 'picker' && (
        <Picker
          words={words}
          set={set}
          onAdd={(item) => change((before) => withItems(before, [item]))}
          onClose={() => setShown(undefined)}
        />
      )}
      {shown === 'export' && <ExportDialog set={set} words={words} onClose={() => setShown(undefined)} />}
      {shown === 'link' && <LinkDialog set={set} onClose={() => setShown(undefined)} />}
      {typeof shown === 'object' && <ReadDialog {...shown} onClose={() => setShown(undefined)} />}
    </main>
  )
}

/** The way back from a removal, with the focus on it: what had it is gone. */
function Undo({ onUndo }: { readonly onUndo: () => void }) {
  const button = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => button.current?.focus({ preventScroll: true }), [])
  return (
    <button type="button" ref={button} class="secondary undo" onClick={onUndo}>
      {teach.set.undo}
    </button>
  )
}
