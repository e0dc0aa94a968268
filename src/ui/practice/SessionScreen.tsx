import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { factOf } from '../../practice/card'
import { AGAIN } from '../../practice/grade'
import type { Agenda } from '../../practice/schedule'
import { begin, beginAside, progress } from '../../practice/session'
import type { Session } from '../../practice/session'
import type { PracticeState } from '../../store/practice-store'
import { practice } from '../../words/practice-screens'
import { practiceAsks } from '../../words/practice-asks'
import { newSeed } from '../app/seed'
import { use } from '../use'
import { CardAsked } from './CardAsked'
import { useCourse } from './course'
import { agendaNow, contextOf, isMet, mixedCards, openMixups, paceOf, recentReviews } from './learner'
import { ownPractice } from './own-practice'
import type { PracticeScreenProps } from './Page'
import { Page, useReady } from './Page'
import { SessionEnd } from './SessionEnd'

/** What a session is made of: what is due, the open mix-ups, or the cards that were set aside. */
export type SessionKind = 'due' | 'mixups' | 'aside'

export interface SessionScreenProps extends PracticeScreenProps {
  readonly of: SessionKind
}

const NOTHING: Agenda = { due: [], fresh: [], setAside: [] }

function sessionOf(kind: SessionKind, state: PracticeState, at: number): Session {
  const context = contextOf(state)
  const pace = paceOf(recentReviews(state))
  if (kind === 'aside') return beginAside(agendaNow(state, at), context, newSeed())
  if (kind === 'mixups') {
    const due = mixedCards(openMixups(state), state.remembered.memory)
    return begin({ ...NOTHING, due }, context, newSeed(), pace)
  }
  return begin(agendaNow(state, at), context, newSeed(), pace)
}

/** Two minutes of cards: what is due, and new ones between. */
export function SessionScreen(props: SessionScreenProps) {
  const [round, setRound] = useState(0)
  if (useReady()) return <Running key={round} {...props} onMore={() => setRound(round + 1)} />
  return (
    <Page class="asking" onSettings={props.onSettings}>
      <p class="waiting">{practice.session.loading}</p>
    </Page>
  )
}

function Running({ of, onMore, ...screen }: SessionScreenProps & { readonly onMore: () => void }) {
  const store = ownPractice()
  const { settings, onSettings } = screen
  const keys = use(settings, (state) => state.settings.keys)
  const metBefore = useMemo(() => new Set([...store.getState().remembered.memory.keys()].map(factOf)), [])
  const course = useCourse(store, () => sessionOf(of, store.getState(), Date.now()))
  const { session, ask, given, turn, taken, answer, goOn, undo } = course
  const { done, left } = progress(session)
  const started = useRef(false)
  useLayoutEffect(() => {
    if (!ask && started.current) document.querySelector<HTMLElement>('.practice h1')?.focus({ preventScroll: true })
    started.current = true
  }, [!ask])

  if (!ask) return <SessionEnd {...screen} session={session} metBefore={metBefore} {...(of === 'due' && { onMore })} />
  const { memory } = store.getState().remembered
  const isNew = !given && !isMet(memory, ask.fact.id)
  return (
    <Page class="asking" onSettings={onSettings} place={practice.session.left(left)}>
      <ol class="steps" aria-hidden="true" style={{ '--steps': done + left }}>
        {session.reviews.map(({ id, grade }) => (
          <li key={id} class={grade === AGAIN ? 'wrong' : 'right'} />
        ))}
        {Array.from({ length: left }, (_, index) => (
          <li key={index} class={index === 0 && !given ? 'now' : ''} />
        ))}
      </ol>
      <p class="taken-back" role="status">
        {taken && practice.session.undone}
      </p>
      <CardAsked
        key={turn}
        ask={ask}
        context={{ ...contextOf(store.getState()), words: practiceAsks }}
        name={practice.session.question(given ? done : done + 1)}
        isNew={isNew}
        given={given}
        last={given !== undefined && session.asking === undefined}
        keys={keys}
        canUndo={session.reviews.length > 0}
        onAnswer={(handed) => void answer(handed)}
        onGoOn={goOn}
        onUndo={() => void undo()}
      />
    </Page>
  )
}
