import { useEffect, useMemo, useState } from 'preact/hooks'
import type { OwnDeck } from '../../practice/exchange/own-deck'
import { readDeckLink } from '../../practice/exchange/own-deck'
import type { Fact } from '../../practice/fact'
import { factsOf } from '../../store/practice-store'
import { practice } from '../../words/practice-screens'
import { practiceAsks } from '../../words/practice-asks'
import { Broken } from '../app/Broken'
import { PRACTICE_HASH } from '../app/route'
import { newSeed } from '../app/seed'
import { isFreeEnter, useKey } from '../quiz/keys'
import { use } from '../use'
import { ownPractice } from './own-practice'
import type { PracticeScreenProps } from './Page'
import { Page, useReady } from './Page'

export interface SharedDeckScreenProps extends PracticeScreenProps {
  /** What stands behind the question mark of the link. */
  readonly query: string
}

/** A deck that somebody sent, or what is wrong with the link. */
export function SharedDeckScreen({ query, onSettings }: SharedDeckScreenProps) {
  const deck = useMemo(() => readDeckLink(query), [query])
  const ready = useReady()
  if ('fault' in deck)
    return (
      <Broken
        about={practice.shared.fault[deck.fault]}
        way={{ href: PRACTICE_HASH, text: practice.shared.toPractice }}
      />
    )
  return (
    <Page class="shared" onSettings={onSettings}>
      {ready ? <Offered deck={deck} /> : <p class="waiting">{practice.session.loading}</p>}
    </Page>
  )
}

function Offered({ deck }: { readonly deck: Pick<OwnDeck, 'title' | 'facts'> }) {
  const store = ownPractice()
  const decks = use(store, (state) => state.decks)
  const [facts, setFacts] = useState<readonly Fact[]>([])
  const text = practice.shared
  useEffect(() => {
    let gone = false
    const name = async () => {
      const found = await factsOf(deck.facts)
      if (!gone) setFacts(found)
    }
    // Without the registry the numbers are shown alone.
    name().catch(() => undefined)
    return () => {
      gone = true
    }
  }, [deck])
  const same = decks.some((one) => one.title === deck.title && JSON.stringify(one.facts) === JSON.stringify(deck.facts))
  const take = async () => {
    const { putDeck, change, settings } = store.getState()
    const id = `own-${newSeed().toString(36)}`
    await putDeck({ id, title: deck.title, facts: [...deck.facts] })
    await change({ decks: [...settings.decks, id] })
    location.hash = PRACTICE_HASH
  }
  useKey((event) => {
    if (!isFreeEnter(event)) return false
    if (same) location.hash = PRACTICE_HASH
    else void take()
    return true
  })
  return (
    <main class="own-decks">
      <section>
        <p class="quiet">{text.title}</p>
        <h1 tabIndex={-1}>{deck.title}</h1>
        <p class="lobby-about">{text.about(deck.facts.length)}</p>
        {same ? (
          <>
            <p>{text.known}</p>
            <a class="primary" href={PRACTICE_HASH}>
              {text.toPractice} <kbd aria-hidden="true">⏎</kbd>
            </a>
          </>
        ) : (
          <button type="button" class="primary" onClick={() => void take()}>
            {text.take} <kbd aria-hidden="true">⏎</kbd>
          </button>
        )}
      </section>
      <section class="own-part">
        <ul class="found-ports">
          {deck.facts.map((id) => {
            const fact = facts.find((one) => one.id === id)
            return (
              <li key={id}>
                <span class="plate mono">{id}</span>
                <span>{fact && practiceAsks.service(id, fact.name)}</span>
              </li>
            )
          })}
        </ul>
      </section>
    </main>
  )
}
