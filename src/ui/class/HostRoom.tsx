import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { Advice } from '../../room/second-vote'
import type { HostView, RoundView, Solved } from '../../room/view'
import { classroom } from '../../words/class-screens'
import { misconceptions } from '../../words/misconceptions'
import { useKey } from '../quiz/keys'
import { Said } from '../quiz/Said'
import { Views } from '../quiz/Views'
import { Dialog } from '../shift/dialog'
import { use } from '../use'
import { Bars } from './Bars'
import { CalmClock } from './CalmClock'
import type { HostProps } from './HostScreen'
import { asLine, readable, useMarkdown } from './own-text'
import { ownRooms } from './rooms'
import { Seats } from './Seats'
import { Stem } from './Stem'

interface HostRoomProps extends HostProps {
  readonly view: HostView
  /** The address of the wall. */
  readonly wall: string | undefined
  readonly children: ComponentChildren
}

/** Something the teacher can do now, with its key. */
interface Way {
  readonly text: string
  readonly key: string
  readonly act: () => void
}

/** What comes next, and what else may be done, by the state of the room. */
function waysOf(
  { store }: HostProps,
  view: HostView,
): { readonly first: Way | undefined; readonly others: readonly Way[] } {
  const text = classroom.host.acts
  const { act } = store.getState()
  const { phase, round, next, advice, settings } = view
  const { way } = settings
  const number = round?.round ?? 0
  const ask = { text: text.ask, key: 'N', act: () => void act({ act: 'next', round: number + 1 }) }
  const skip = next && { text: text.skip, key: 'K', act: () => void act({ act: 'skip', item: next.item }) }
  const maybe = (...ways: readonly (Way | undefined | false)[]) =>
    ways.filter((one) => one !== undefined && one !== false)
  if (phase === 'lobby')
    return {
      first: { text: text.begin, key: 'N', act: () => void act({ act: 'next', round: 0 }) },
      others: maybe(way !== 'self' && way !== 'team' && skip),
    }
  if (way === 'team') return { first: undefined, others: [] }
  if (way === 'self')
    return {
      first:
        phase === 'asking'
          ? { text: text.closeAll, key: 'C', act: () => void act({ act: 'close', round: 0 }) }
          : undefined,
      others: [],
    }
  if (!round) return { first: next && ask, others: maybe(skip) }
  if (!round.closed) {
    const close = {
      text: way === 'peer' ? text.closeVote : text.close,
      key: 'C',
      act: () => void act({ act: 'close', round: number }),
    }
    return { first: close, others: maybe(skip) }
  }
  if (round.shown) return { first: next && ask, others: maybe(skip) }
  const again = { text: text.again, key: 'V', act: () => void act({ act: 'vote-again', round: number + 1 }) }
  const show = { text: text.show, key: 'S', act: () => void act({ act: 'show', round: number }) }
  const [first, other] = advice === 'go-on' ? [show, again] : [again, show]
  return { first, others: maybe(other, next && ask, skip) }
}

/** The teacher's screen while the room is open. */
export function HostRoom(props: HostRoomProps) {
  const { store, view, wall, settings, children } = props
  const text = classroom.host
  const singleKeys = use(settings, (one) => one.settings.keys)
  const [ending, setEnding] = useState(false)
  const [names, setNames] = useState(false)
  const { act } = store.getState()
  const { first, others } = waysOf(props, view)
  const { phase, paused, locked, round, leadersShown } = view
  const openWall = () => {
    if (wall !== undefined) open(wall, '_blank', 'noopener')
  }
  const always: readonly Way[] = [
    { text: text.wall, key: 'W', act: openWall },
    {
      text: paused ? text.acts.resume : text.acts.pause,
      key: 'P',
      act: () => void act({ act: 'pause', paused: !paused }),
    },
    {
      text: locked ? text.acts.unlock : text.acts.lock,
      key: 'L',
      act: () => void act({ act: 'lock', locked: !locked }),
    },
    ...(view.settings.way === 'self' || view.settings.way === 'team'
      ? []
      : [
          {
            text: leadersShown ? text.acts.noLeaders : text.acts.leaders,
            key: 'B',
            act: () => void act({ act: 'leaders', shown: !leadersShown }),
          },
        ]),
    { text: text.acts.end, key: 'E', act: () => setEnding(true) },
  ]
  useKey((event) => {
    const { key, target, repeat } = event
    if (repeat || (target instanceof HTMLElement && target.closest('input, select, textarea'))) return false
    if (key === 'Enter' || key === ' ') {
      if (!first || (target instanceof HTMLElement && target.closest('a[href], button, summary'))) return false
      first.act()
      return true
    }
    const way =
      singleKeys && [...(first ? [first] : []), ...others, ...always].find((one) => one.key === key.toUpperCase())
    if (!way) return false
    way.act()
    return true
  })
  return (
    <main class="host-room">
      <section class="host-middle">
        <p class="host-phase" role="status">
          <span class={`phase-dot dot-${paused ? 'paused' : phase}`} aria-hidden="true" />
          <strong>{paused ? text.paused : text.phases[phase]}</strong>
          {round && <span>{text.question(round.item + 1, view.of)}</span>}
          {round && view.settings.way === 'peer' && <span>{text.vote(round.vote)}</span>}
        </p>
        {phase === 'lobby' && <h1 tabIndex={-1}>{classroom.ways[view.settings.way].name}</h1>}
        {phase === 'lobby' && view.players === 0 && <p class="quiet">{text.nobody}</p>}
        {phase !== 'lobby' && view.settings.way === 'self' && <SelfState view={view} />}
        {phase !== 'lobby' && view.settings.way === 'team' && (
          <>
            <h1 tabIndex={-1}>{classroom.ways.team.name}</h1>
            <p>{text.team}</p>
            {view.team && <p class="host-count mono">{`${view.team.settled} / ${view.team.of}`}</p>}
          </>
        )}
        {view.advice && <AdviceLine advice={view.advice} view={view} />}
        {round ? (
          <Current key={round.round} view={view} round={round} at={store.getState().viewAt} />
        ) : (
          paused && <h1 tabIndex={-1}>{text.paused}</h1>
        )}
        {phase === 'lobby' && view.next && <Next next={view.next} of={view.of} />}
      </section>
      <aside class="host-side">
        {phase === 'lobby' ? (
          children
        ) : (
          <>
            {round && <Counted view={view} />}
            {(round || view.settings.way === 'self') && <Ideas view={view} />}
            {round &&
              (view.next ? <Next next={view.next} of={view.of} /> : <p class="quiet host-last">{text.nothingNext}</p>)}
            <details class="class-card host-join-more">
              <summary>{text.join}</summary>
              {children}
            </details>
          </>
        )}
      </aside>
      <Seats {...props} />
      <footer class="act-bar host-bar">
        <div class="host-always">
          {always.map(({ text: said, key, act: does }) => (
            <button key={key} type="button" class="secondary" {...keyOf(singleKeys, key)} onClick={does}>
              {said} {singleKeys && <kbd aria-hidden="true">{key}</kbd>}
            </button>
          ))}
        </div>
        <div class="host-now">
          {others.map(({ text: said, key, act: does }) => (
            <button key={said} type="button" class="secondary" {...keyOf(singleKeys, key)} onClick={does}>
              {said} {singleKeys && <kbd aria-hidden="true">{key}</kbd>}
            </button>
          ))}
          {first && (
            <button type="button" class="primary" onClick={first.act}>
              {first.text} <kbd aria-hidden="true">⏎</kbd>
            </button>
          )}
          {!first && phase !== 'asking' && (
            <button type="button" class="primary" onClick={() => setEnding(true)}>
              {text.acts.end}
            </button>
          )}
        </div>
      </footer>
      {ending && (
        <Dialog title={text.endTitle} class="host-end-dialog" onClose={() => setEnding(false)}>
          <p>{text.endAbout}</p>
          <label class="class-check">
            <input type="checkbox" checked={names} onChange={({ currentTarget }) => setNames(currentTarget.checked)} />
            <span>{text.reportNames}</span>
          </label>
          <button
            type="button"
            class="primary"
            autofocus
            onClick={() => {
              setEnding(false)
              const taught = ownRooms().of(view.code)
              if (taught) ownRooms().put({ ...taught, names })
              void act({ act: 'end' })
            }}
          >
            {text.endYes}
          </button>
          <button type="button" onClick={() => setEnding(false)}>
            {text.endNo}
          </button>
        </Dialog>
      )}
    </main>
  )
}

const keyOf = (shown: boolean, key: string) => (shown ? { 'aria-keyshortcuts': key } : {})

function SelfState({ view }: { readonly view: HostView }) {
  const text = classroom.host
  const done = view.seats.reduce((sum, seat) => sum + (seat.done ?? 0), 0)
  return (
    <>
      <h1 tabIndex={-1}>{classroom.ways.self.name}</h1>
      <p class="host-count">{text.self(done, view.players * view.of)}</p>
      {view.phase === 'asking' && <p class="quiet">{text.deadline}</p>}
    </>
  )
}

interface CurrentProps {
  readonly view: HostView
  readonly round: RoundView
  readonly at: number
}

/** The question in the middle with its answer, and how the class answers it. */
function Current({ view, round, at }: CurrentProps) {
  const { question, shown, closed, seconds, left } = round
  const solved = shown?.solved ?? view.current
  const read = useMarkdown(question.own)
  const { stem, rich, body } = useMemo(
    () => readable(question, solved, view.settings.images, read),
    [question, solved, read],
  )
  const text = classroom.host
  return (
    <>
      {!closed && seconds !== undefined && left !== undefined && <CalmClock seconds={seconds} left={left} at={at} />}
      <section class="host-stem">
        <Stem stem={stem} rich={rich} />
      </section>
      <Bars body={body} tally={view.counts.tally} before={shown?.before} marked={solved !== undefined} />
      {solved && 'question' in solved && (
        <p class="host-why">
          <Said text={solved.question.explanation.text} /> <cite>{solved.question.explanation.source}</cite>
        </p>
      )}
      {solved && 'own' in solved && solved.own.explanation !== '' && (
        <p class="host-why">
          <Said text={asLine(solved.own.explanation, read)} />
        </p>
      )}
      {question.views.length > 0 && (
        <details class="host-views">
          <summary>{classroom.host.seen}</summary>
          <Views views={question.views} />
        </details>
      )}
      {!closed && <p class="quiet">{text.closesItself}</p>}
    </>
  )
}

function AdviceLine({ advice, view }: { readonly advice: Advice; readonly view: HostView }) {
  const { tally, ideas } = view.counts
  const { title, about } = classroom.host.advice[advice]
  const [idea] = ideas
  return (
    <section class={`host-advice ${advice}`}>
      <h2>{title}</h2>
      <p>{about(tally.answered === 0 ? 0 : tally.right / tally.answered)}</p>
      {advice === 'refute' && idea && (
        <p>
          <Said text={misconceptions[idea.misconception].right} />
        </p>
      )}
    </section>
  )
}

/** Who has not answered yet: so few are named. */
const MOST_NAMED = 12

function Counted({ view }: { readonly view: HostView }) {
  const text = classroom.host
  const { counts, round, seats } = view
  const names = useMemo(() => new Map(seats.map(({ id, name, here }) => [id, { name, here }])), [seats])
  const missing = counts.missing.flatMap((id) => names.get(id) ?? [])
  const rest = counts.players - counts.answered - Math.min(missing.length, MOST_NAMED)
  return (
    <section class="class-card host-counted">
      <p class="host-count">{text.answered(counts.answered, counts.players)}</p>
      <meter min={0} max={Math.max(1, counts.players)} value={counts.answered} aria-hidden="true" />
      {!round?.closed &&
        (missing.length === 0 ? (
          counts.players > 0 && <p>{text.allIn}</p>
        ) : (
          <>
            <h2>{text.missing}</h2>
            <ul class="host-missing">
              {missing.slice(0, MOST_NAMED).map(({ name, here }) => (
                <li key={name} class={here ? '' : 'away'}>
                  {name}
                  {!here && <span class="away-mark"> {text.seatAway}</span>}
                </li>
              ))}
              {rest > 0 && <li>{text.more(rest)}</li>}
            </ul>
          </>
        ))}
    </section>
  )
}

function Ideas({ view }: { readonly view: HostView }) {
  const text = classroom.host
  const { ideas } = view.counts
  return (
    <section class="class-card host-ideas">
      <h2>{text.ideas}</h2>
      {ideas.length === 0 ? (
        <p class="quiet">{text.noIdeas}</p>
      ) : (
        <ul>
          {ideas.slice(0, 4).map(({ misconception, chosen, offered }) => (
            <li key={misconception}>
              <p>
                <strong>{misconceptions[misconception].name}</strong>{' '}
                <span class="mono">{text.idea(chosen, offered)}</span>
              </p>
              <p class="quiet">
                <Said text={misconceptions[misconception].right} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The question that would come next, with its answer. */
function Next({ next, of }: { readonly next: Solved & { readonly item: number }; readonly of: number }) {
  const text = classroom.host
  const own = 'own' in next
  const read = useMarkdown(own)
  const stem = own ? asLine(next.own.stem, read) : next.question.stem
  const rights = own
    ? next.own.options.filter(({ right }) => right).map((option) => asLine(option.text, read))
    : 'options' in next.question.body
      ? next.question.body.options.filter(({ right }) => right).map((option) => option.text)
      : next.question.body.kind === 'type'
        ? [next.question.body.answer]
        : []
  return (
    <section class="class-card host-next">
      <h2>
        {text.next}: {text.question(next.item + 1, of)}
      </h2>
      <p>
        <Said text={stem} />
      </p>
      {rights.length > 0 && (
        <p class="host-next-right">
          <span aria-hidden="true">✓ </span>
          <span class="sr-only">{text.right}: </span>
          <Said text={rights.join(', ')} />
        </p>
      )}
    </section>
  )
}
