import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { FactId } from '../../practice/card'
import { factOf } from '../../practice/card'
import { dayOf } from '../../practice/day'
import { AGAIN } from '../../practice/grade'
import { forecast } from '../../practice/insight'
import { dueAt } from '../../practice/schedule'
import type { Session } from '../../practice/session'
import { chosenFacts } from '../../store/practice-store'
import { practice } from '../../words/practice-screens'
import { practiceAsks } from '../../words/practice-asks'
import { PRACTICE_HASH, practiceHash } from '../app/route'
import { isFreeEnter, useKey } from '../quiz/keys'
import { use } from '../use'
import { agendaNow, planOf, untilThen, utcOffset } from './learner'
import { ownPractice } from './own-practice'
import type { PracticeScreenProps } from './Page'
import { Page } from './Page'

interface SessionEndProps extends PracticeScreenProps {
  readonly session: Session
  readonly metBefore: ReadonlySet<FactId>
  /** Begins another one; left out where the address does it. */
  readonly onMore?: () => void
}

/** The end of a session: what was learned and when it comes back, and whether there is more to do today. */
export function SessionEnd({ session, metBefore, onMore, onSettings }: SessionEndProps) {
  const store = ownPractice()
  const state = use(store, (all) => all)
  const go = useRef<HTMLAnchorElement>(null)
  const now = useMemo(() => Date.now(), [])
  useEffect(() => void store.getState().checkpoint(), [])
  useKey((event) => {
    if (!isFreeEnter(event)) return false
    go.current?.click()
    return true
  })
  const { reviews } = session
  const { memory } = state.remembered
  const plan = planOf(state.settings)
  const facts = [...new Set(reviews.map(({ card }) => factOf(card)))]
  const rows = facts.flatMap((id) => {
    const fact = state.book.get(id)
    const cards = [...memory.values()].filter(({ card }) => factOf(card) === id)
    const soonest = Math.min(...cards.map((one) => dueAt(one, plan)))
    const failed = reviews.some(({ card, grade }) => factOf(card) === id && grade === AGAIN)
    return fact && cards.length > 0 ? [{ fact, soonest, failed, isNew: !metBefore.has(id) }] : []
  })
  // What failed to the last was met, not learned.
  const isRight = (id: FactId) => reviews.findLast(({ card }) => factOf(card) === id)?.grade !== AGAIN
  const learned = new Set(rows.filter(({ isNew, fact }) => isNew && isRight(fact.id)).map(({ fact }) => fact.port)).size
  const right = reviews.filter(({ grade }) => grade !== AGAIN).length
  const { due, fresh } = agendaNow(state, now)
  const isMore = due.length + fresh.length > 0
  // What is still due today waits until then.
  const tomorrow = forecast(chosenFacts(state), memory, plan, now, 2).reduce((sum, count) => sum + count, 0)
  const firstDay = state.days.size <= 1 && state.days.has(dayOf(now, utcOffset()))
  const text = practice.end
  const isEmpty = reviews.length === 0
  return (
    <Page class="ended" onSettings={onSettings}>
      <main class="end session-end">
        <section class="end-head">
          <h1 tabIndex={-1}>{isEmpty ? text.nothing : text.heading(learned)}</h1>
          <p class="lamps" aria-hidden="true">
            {reviews.map(({ id, grade }) => (
              <i key={id} class={grade === AGAIN ? 'wrong' : 'right'}>
                {grade === AGAIN ? '✕' : ''}
              </i>
            ))}
          </p>
          <p class="end-about">
            {isEmpty
              ? text.nothingAbout
              : `${text.about(right, reviews.length)} ${right === reviews.length ? text.allRight : text.some}`}
          </p>
          {!isEmpty && (
            <p class="quiet">
              {firstDay && !isMore ? `${text.firstDay} ${text.tomorrow(tomorrow)}` : text.tomorrow(tomorrow)}
            </p>
          )}
          <div class="end-acts">
            {isMore ? (
              <a
                class="primary"
                href={practiceHash('session')}
                ref={go}
                onClick={(event) => {
                  if (!onMore) return
                  event.preventDefault()
                  onMore()
                }}
              >
                {text.more} <kbd aria-hidden="true">⏎</kbd>
              </a>
            ) : (
              <a class="primary" href={PRACTICE_HASH} ref={go}>
                {text.home} <kbd aria-hidden="true">⏎</kbd>
              </a>
            )}
            <div class="end-ways">
              <a class="secondary" href={practiceHash('map')}>
                {text.map}
              </a>
              <a class="secondary" href={practiceHash('sprint')}>
                {text.sprint}
              </a>
              {isMore && (
                <a class="secondary" href={PRACTICE_HASH}>
                  {text.home}
                </a>
              )}
            </div>
          </div>
        </section>
        {rows.length > 0 && (
          <section class="end-ideas" aria-labelledby="back-heading">
            <h2 id="back-heading">{text.list}</h2>
            <ul class="coming-back">
              {rows.map(({ fact, soonest, failed, isNew }) => {
                const { minutes, days } = untilThen(soonest, now)
                return (
                  <li key={fact.id} class={failed ? 'failed' : 'kept'}>
                    <span class="plate mono">{fact.port}</span>
                    <span class="coming-name">
                      {practiceAsks.service(fact.id, fact.name)} <span class="quiet mono">{fact.protocol}</span>{' '}
                      {isNew && <span class="badge">{text.first}</span>}
                    </span>
                    <span class="coming-when">{practice.when(minutes, days)}</span>
                  </li>
                )
              })}
            </ul>
          </section>
        )}
      </main>
    </Page>
  )
}
