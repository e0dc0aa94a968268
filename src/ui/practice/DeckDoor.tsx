import { familyAt } from '../../ports/services'
import { deckFacts } from '../../store/practice-store'
import { practice } from '../../words/practice-screens'
import { Doorway } from '../app/House'
import { COLOURS } from '../quiz/Doors'
import { use } from '../use'
import { isKnown } from './learner'
import { ownPractice } from './own-practice'

/** The port on each deck's door. */
const PLATES: Readonly<Record<string, string>> = {
  'card-five': '443',
  'network-plus': '53',
  'security-plus': '636',
  'web-developer': '5173',
  dba: '5432',
  homelab: '8123',
  'containers-and-cloud': '6443',
  'monitoring-and-infra': '161',
  'watch-list': '23',
  twins: '993',
  pairs: '67',
  'old-and-odd': '513',
}

/** What a deck is called. */
export const deckName = (id: string): string =>
  practice.decks[id]?.name ??
  ownPractice()
    .getState()
    .decks.find((one) => one.id === id)?.title ??
  id

interface DeckDoorProps {
  readonly id: string
  readonly chosen: boolean
  readonly onToggle: () => void
}

/** A deck as a door of the house: open it to practise it. Its windows are lit as far as it is known. */
export function DeckDoor({ id, chosen, onToggle }: DeckDoorProps) {
  const store = ownPractice()
  const memory = use(store, (state) => state.remembered.memory)
  const book = use(store, (state) => state.book)
  const decks = use(store, (state) => state.decks)
  const facts = deckFacts(id, decks, book)
  const known = facts.filter((fact) => isKnown(memory, fact)).length
  const plate = PLATES[id] ?? String(facts[0]?.port ?? '…')
  const shown = facts.find(({ port }) => String(port) === plate)
  const full = facts.length > 0 && known === facts.length
  return (
    <label class={`topic deck ${chosen ? 'chosen' : ''}`}>
      <input type="checkbox" checked={chosen} onChange={onToggle} />
      <Doorway
        label={plate}
        state={chosen ? 'open' : known > 0 ? 'lit' : 'dark'}
        colour={COLOURS[shown ? familyAt(shown.protocol, shown.port) : 'other']}
        grand={full}
      />
      <span class="topic-name">{deckName(id)}</span>
      <span class="topic-about">{practice.decks[id]?.about ?? practice.home.ownDeck}</span>
      <span class="deck-progress" aria-hidden="true">
        <i style={{ width: `${facts.length === 0 ? 0 : (known / facts.length) * 100}%` }} />
      </span>
      <span class="deck-count">
        <span aria-hidden="true" class="mono">
          {practice.home.known(known, facts.length)}
        </span>
        <span class="sr-only">{practice.home.knownLong(known, facts.length)}</span>
      </span>
    </label>
  )
}
