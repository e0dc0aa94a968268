import { useMemo, useRef } from 'preact/hooks'
import { ownTask, tasksOf } from '../../exchange/task'
import type { Posed, QuestionSet, SetItem } from '../../quiz/set'
import { templateById } from '../../quiz/templates'
import type { SetWords } from '../../words/set-words'
import { clusters } from '../../words/misconceptions'
import { teach } from '../../words/teach'
import { OwnEditor } from './OwnEditor'
import { RichLine } from './RichText'
import { TemplateEditor } from './TemplateEditor'

interface ItemCardProps {
  readonly item: SetItem
  readonly place: number
  readonly of: number
  /** The numbers of its questions on paper. */
  readonly numbers: readonly number[]
  readonly posed: readonly Posed[]
  readonly set: QuestionSet
  readonly words: SetWords
  readonly open: boolean
  readonly onOpen: () => void
  readonly onChange: (how: (item: SetItem) => SetItem) => void
  readonly onMove: (places: number) => void
  readonly onCopy: () => void
  readonly onRemove: () => void
}

/** One item of a set: what it asks, and the ways to change it. */
export function ItemCard(props: ItemCardProps) {
  const { item, place, of, numbers, posed, set, words, open, onOpen, onChange, onMove, onCopy, onRemove } = props
  const text = teach.set
  const name = text.itemName(place)
  const card = useRef<HTMLLIElement>(null)
  const template = 'own' in item ? undefined : templateById(item.template)
  const [first] = posed
  const stem = useMemo(
    () =>
      'own' in item
        ? ownTask(item.own, { images: false }).stem.slice(0, 1)
        : tasksOf(posed.slice(0, 1), { images: false }, words).flatMap((task) => task.stem.slice(0, 1)),
    [item, first, words],
  )
  const good = first?.from === 'template' || first?.from === 'own'
  const kind = 'own' in item ? item.own.kind : template?.kind

  const move = (places: number) => {
    onMove(places)
    // The button that was pressed keeps the focus; at an end it is the other one.
    requestAnimationFrame(() => {
      const ways = [...(card.current?.querySelectorAll<HTMLButtonElement>('.item-ways .move') ?? [])]
      const [up, down] = ways
      const wanted = places < 0 ? (up?.disabled ? down : up) : down?.disabled ? up : down
      wanted?.focus()
    })
  }

  return (
    <li class={`item ${open ? 'open' : ''} ${good ? '' : 'broken-item'}`} ref={card} id={`item-${item.key}`}>
      <div class="item-head">
        <span class="item-number mono" aria-hidden={numbers.length === 0}>
          {numbers.length > 0 ? text.numbers(numbers[0] ?? 0, numbers.at(-1) ?? 0) : '–'}
        </span>
        <div class="item-says">
          <p class="item-stem">{stem.length > 0 ? <RichLine rich={stem} /> : teach.item.own}</p>
          <p class="item-about">
            {kind && <span class="tag">{teach.kinds[kind]}</span>}
            <span>{template ? clusters[template.cluster].name : 'own' in item ? teach.item.own : ''}</span>
            {!good && <strong class="item-fault">{text.none}</strong>}
          </p>
        </div>
        <div class="item-ways">
          <button
            type="button"
            class="item-edit"
            aria-expanded={open}
            onClick={onOpen}
            aria-label={open ? text.closeItem(name) : text.openItem(name)}
          >
            {open ? text.close : text.open}
          </button>
          <Way name="up" label={text.up(name)} disabled={place === 1} onClick={() => move(-1)} />
          <Way name="down" label={text.down(name)} disabled={place === of} onClick={() => move(1)} />
          <Way name="copy" label={text.copy(name)} onClick={onCopy} />
          <Way name="remove" label={text.remove(name)} onClick={onRemove} />
        </div>
      </div>
      {open &&
        ('own' in item ? (
          <OwnEditor
            own={item.own}
            name={`own-${item.key}`}
            images={set.images}
            onChange={(own) => onChange((before) => ({ ...before, own }))}
          />
        ) : (
          <TemplateEditor item={item} posed={posed} words={words} onChange={onChange} />
        ))}
    </li>
  )
}

const DRAWN = {
  up: 'M12 19V6M6 11l6 -6l6 6',
  down: 'M12 5v13M6 13l6 6l6 -6',
  copy: 'M8 8h11v12H8ZM5 16V4h11',
  remove: 'M6 6l12 12M18 6L6 18',
} as const

interface WayProps {
  readonly name: keyof typeof DRAWN
  readonly label: string
  readonly disabled?: boolean
  readonly onClick: () => void
}

function Way({ name, label, disabled = false, onClick }: WayProps) {
  return (
    <button
      type="button"
      class={name === 'up' || name === 'down' ? 'way move' : 'way'}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={DRAWN[name]} fill="none" stroke="currentColor" stroke-width="2.200" stroke-linecap="round" />
      </svg>
    </button>
  )
}
