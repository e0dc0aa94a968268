import { useRef, useState } from 'preact/hooks'
import type { Ask } from '../../practice/ask'
import { askOf } from '../../practice/ask'
import { AGAIN, gradeOf, medianOf, timeThatCounts } from '../../practice/grade'
import type { Grade } from '../../practice/grade'
import type { Review } from '../../practice/log'
import type { CardMemory } from '../../practice/memory'
import type { Session } from '../../practice/session'
import { answered, regraded, takenBack } from '../../practice/session'
import type { PracticeStore } from '../../store/practice-store'
import { practiceAsks } from '../../words/practice-asks'
import type { Handed } from './CardAsked'
import { contextOf, recentReviews, utcOffset } from './learner'

/** A card that was answered, and is still looked at. */
export interface Given {
  readonly ask: Ask
  readonly handed: Handed
  readonly review: Review
  /** What was remembered of the card before. */
  readonly before: CardMemory | undefined
  /** It has failed at some time, this one included. */
  readonly hasFailed: boolean
  /** It comes again before the session ends. */
  readonly comesAgain: boolean
  readonly regrade: (grade: Grade) => void
}

/** What a session is about at a moment. */
export interface Course {
  readonly session: Session
  /** What is asked, or was just answered; undefined when the session is over. */
  readonly ask: Ask | undefined
  readonly given: Given | undefined
  /** Another number for each time that a card is shown. */
  readonly turn: number
  readonly taken: boolean
  readonly answer: (handed: Handed) => Promise<void>
  readonly goOn: () => void
  readonly undo: () => Promise<void>
}

/** Runs a session: each answer is kept at once, and can be taken back or graded otherwise. */
export function useCourse(store: PracticeStore, first: () => Session): Course {
  const [session, setSession] = useState(first)
  const [given, setGiven] = useState<Given>()
  const [turn, setTurn] = useState(0)
  const [taken, setTaken] = useState(false)
  const busy = useRef(false)
  /** What is so now: a key may come before the next picture. */
  const now = useRef({ session, given })
  now.current = { session, given }
  /** The same asking is the same ask, until the language changes. */
  const made = useRef<{ readonly words: typeof practiceAsks; readonly ask: Ask } | undefined>(undefined)
  const asking = given?.ask.asking ?? session.asking
  if (asking && (made.current?.ask.asking !== asking || made.current.words !== practiceAsks))
    made.current = {
      words: practiceAsks,
      ask: askOf(asking, { ...contextOf(store.getState()), words: practiceAsks }),
    }
  const ask = asking && made.current?.ask

  const alone = async (act: () => Promise<void>): Promise<void> => {
    if (busy.current) return
    busy.current = true
    try {
      await act()
    } finally {
      busy.current = false
    }
  }

  const answer = (handed: Handed) =>
    alone(async () => {
      if (!ask || now.current.given) return
      const { settings, remembered, recent } = store.getState()
      const { begun, judgement, corrected } = handed
      const { card, way } = ask.asking
      const before = remembered.memory.get(card)
      const firstKey = timeThatCounts(begun.firstKey, { disturbed: begun.disturbed, timeless: settings.timeless })
      const grade = gradeOf({
        right: judgement.right,
        helped: corrected && !settings.timeless,
        firstKey,
        median: medianOf(recentReviews({ recent }), begun.input),
        lastTwo: before?.lastTwo ?? [],
      })
      const review = await store.getState().review({
        at: Date.now(),
        card,
        way,
        input: begun.input,
        right: judgement.right,
        grade,
        utcOffset: utcOffset(),
        ...(firstKey !== undefined && { firstKey: Math.round(firstKey) }),
        ...(judgement.taken !== undefined && { taken: judgement.taken }),
      })
      show(ask, handed, review, before, answered(now.current.session, review, contextOf(store.getState())))
    })

  const show = (ask: Ask, handed: Handed, review: Review, before: CardMemory | undefined, next: Session) => {
    setSession(next)
    setTaken(false)
    const shown: Given = {
      ask,
      handed,
      review,
      before,
      hasFailed: review.grade === AGAIN || (before?.failures ?? 0) > 0,
      comesAgain: next.again.some(({ card }) => card === review.card) || next.asking?.card === review.card,
      regrade: (grade) =>
        void alone(async () => {
          await store.getState().regrade(review, grade, Date.now())
          const after = regraded(next, grade, contextOf(store.getState()))
          show(ask, handed, { ...review, grade }, before, after)
        }),
    }
    setGiven(shown)
    now.current = { session: next, given: shown }
  }

  const goOn = () => {
    if (!now.current.given || busy.current) return
    now.current = { ...now.current, given: undefined }
    setGiven(undefined)
    setTaken(false)
    setTurn((before) => before + 1)
  }

  const undo = () =>
    alone(async () => {
      const back = takenBack(now.current.session)
      if (!back) return
      await store.getState().undo(back.review, Date.now())
      now.current = { session: back.session, given: undefined }
      setSession(back.session)
      setGiven(undefined)
      setTaken(true)
      setTurn((before) => before + 1)
    })

  return { session, ask, given, turn, taken, answer, goOn, undo }
}
