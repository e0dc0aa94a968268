import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { tupleOf } from '../../net/packet'
import { levelAfter } from '../../levels'
import { isTelling } from '../../modes/deeds'
import type { Choice, FieldName } from '../../lessons/choice'
import { litIn } from '../../shift/capture-level'
import { resultOf } from '../../shift/rules'
import type { Arrival, Decision, Shift } from '../../shift/shift'
import { packetOf } from '../../shift/shift'
import { words } from '../../words'
import { levelWords } from '../../words/level-words'
import { misconceptions } from '../../words/misconceptions'
import { reasonLine } from '../../words/reasons'
import { toldText } from '../../words/tell'
import { OpenInSandbox } from '../sandbox/OpenInSandbox'
import { Said } from '../quiz/Said'
import { labelText } from '../shift/Envelope'
import { answerText } from '../shift/Feedback'
import { optionsText } from '../shift/Request'
import { HousePicture } from './HousePicture'
import { ShiftIdeas } from './ShiftIdeas'
import './result.css'

export interface ResultScreenProps {
  readonly shift: Shift
  /** The hash of this result; a shift of one's own capture has none. */
  readonly link?: string
  readonly onLevel: (id: string) => void
  readonly onAgain: () => void
  /** Shows the shift again from its nth verdict on. */
  readonly onWatch: (at: number) => void
  readonly onHome: () => void
  /** What else there is to say of this shift, under its figures. */
  readonly children?: ComponentChildren
}

export function ResultScreen({ shift, link, onLevel, onAgain, onWatch, onHome, children }: ResultScreenProps) {
  const [copied, setCopied] = useState<string>()
  const go = useRef<HTMLButtonElement>(null)
  const text = words.result
  const { level } = shift
  const { stars, accuracy, firstTries, rightFirst, missed, windows, bestStreak, lost } = resultOf(shift)
  const next = stars > 0 && !level.mode && !level.own ? levelAfter(level.id) : undefined
  // Of a recording connections come and go: what counts is what was seen, not what is there in the end.
  const lit = level.capture && litIn(shift)

  useEffect(() => {
    const enter = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && !(event.target instanceof HTMLElement && event.target.closest('button, a, summary')))
        go.current?.click()
    }
    addEventListener('keydown', enter)
    return () => removeEventListener('keydown', enter)
  }, [])

  const copy = () => {
    if (!link) return
    const url = new URL(link, location.href).href
    const failed = () => setCopied(text.copyFailed)
    if (navigator.clipboard) navigator.clipboard.writeText(url).then(() => setCopied(text.copied), failed)
    else failed()
  }

  return (
    <main class="page result">
      <div class="result-picture">
        <HousePicture shift={shift} />
      </div>
      <div class="result-words">
        <h1 tabIndex={-1}>{text.heading(levelWords(level).title)}</h1>
        <p class="result-stars" role="img" aria-label={text.stars(stars)}>
          {[1, 2, 3].map((star) => (
            <span key={star} class={star <= stars ? 'won' : ''}>
              ★
            </span>
          ))}
        </p>
        <p class="debrief">
          {lit && level.recorded === undefined && `${text.ownNight(lit.windows, lit.doors, lit.protocols)} `}
          {levelWords(level).debrief}
        </p>
        <dl class="figures">
          <div>
            <dt>{text.accuracy}</dt>
            <dd>
              <b class="mono">{words.share(accuracy)}</b> {text.accuracyOf(rightFirst, firstTries)}
            </dd>
          </div>
          <div>
            <dt>{text.windows}</dt>
            <dd>
              <b class="mono">{lit?.windows ?? windows}</b>
            </dd>
          </div>
          <div>
            <dt>{text.streak}</dt>
            <dd>
              <b class="mono">{bestStreak}</b>
            </dd>
          </div>
          {lost > 0 && (
            <div>
              <dt>{text.lost}</dt>
              <dd>
                <b class="mono">{lost}</b>
              </dd>
            </div>
          )}
        </dl>
        {children}
        {stars === 0 && !level.mode && !level.own && <p class="fewer">{text.fewer(level.stars[0])}</p>}
        <div class="result-acts">
          {next ? (
            <button type="button" class="primary" ref={go} onClick={() => onLevel(next.id)}>
              {text.next(words.levels(next.id).title)}
            </button>
          ) : (
            <button type="button" class="primary" ref={go} onClick={stars === 0 ? onAgain : onHome}>
              {stars === 0 ? text.again : text.home}
            </button>
          )}
          {stars > 0 && (
            <button type="button" onClick={onAgain}>
              {text.again}
            </button>
          )}
          {link && (
            <>
              <button type="button" onClick={() => onWatch(0)}>
                {text.watch}
              </button>
              <button type="button" onClick={copy}>
                {text.copy}
              </button>
            </>
          )}
          <OpenInSandbox find={(links) => links.ofShift(shift)} name={words.shift.picture} />
          {(next ?? stars === 0) && (
            <button type="button" onClick={onHome}>
              {text.home}
            </button>
          )}
        </div>
        <p role="status" class="copied">
          {copied}
        </p>
      </div>
      <ShiftIdeas shift={shift} />
      <section class="missed" aria-label={text.missed}>
        {missed.length === 0 ? (
          <p class="perfect">{text.perfect}</p>
        ) : (
          <>
            <h2>{text.missed}</h2>
            <ul>
              {missed.map((decision) => (
                <li key={decision.arrival.id}>
                  <Missed
                    shift={shift}
                    decision={decision}
                    {...(link && { onReplay: () => onWatch(shift.decisions.indexOf(decision)) })}
                  />
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </main>
  )
}

/** One missed packet: its papers with the deciding field lit, what was done, what is right, and the idea behind it. */
function Missed({
  shift,
  decision,
  onReplay,
}: {
  readonly shift: Shift
  readonly decision: Decision
  readonly onReplay?: () => void
}) {
  const { arrival, choice, truth, reason, answer } = decision
  const idea =
    reason.misconception && isTelling(reason.misconception, arrival) ? misconceptions[reason.misconception] : undefined
  const came = 'packet' in arrival && arrival.asks === 'route'
  return (
    <article class="missed-paper">
      <p class="tuple mono">
        <Line arrival={arrival} lit={reason.field} />
      </p>
      <p class="what">
        <span class="cross" aria-hidden="true">
          ✗
        </span>{' '}
        {words.result.you}: {choiceText(choice)} {came && <span class="came">({answerText(answer)})</span>}
        <br />
        <span class="tick" aria-hidden="true">
          ✓
        </span>{' '}
        {words.result.truth}: {truthText(truth)}
      </p>
      <p class="why">{reasonLine(decision)}</p>
      <OpenInSandbox find={(links) => links.ofMissed(shift, decision)} />
      {onReplay && (
        <button type="button" class="replay-miss" onClick={onReplay}>
          {words.result.replay}
        </button>
      )}
      {idea && (
        <details>
          <summary>
            <Said text={idea.wrong} />
          </summary>
          <p>
            <strong>{words.result.correction}:</strong> <Said text={idea.right} />
          </p>
          <p class="evidence">
            <strong>{words.result.evidence}:</strong> <Said text={idea.evidence} />
          </p>
          <p class="source">{idea.source}</p>
        </details>
      )}
    </article>
  )
}

/** What was missed in one line, the deciding field lit. */
function Line({ arrival, lit }: { readonly arrival: Arrival; readonly lit: FieldName }) {
  const part = (field: FieldName, text: string | number) => <span class={lit === field ? 'lit' : ''}>{text}</span>
  switch (arrival.asks) {
    case 'bind': {
      const { protocol, local, uid } = arrival.request
      return (
        <>
          {arrival.program}: {part('protocol', protocol.toUpperCase())} {part('destination', local.address)}:
          {part('destinationPort', local.port)} {part('user', uid === 0 ? 'root' : uid)}{' '}
          {part('options', optionsText(arrival.request))}
        </>
      )
    }
    case 'connect':
      return (
        <>
          {arrival.program}: {arrival.source}:{part('sourcePort', '?')} → {part('destination', arrival.target.address)}:
          {arrival.target.port}
        </>
      )
    case 'count':
      return <>{words.shift.request.about(arrival.callers, arrival.port)}</>
    default: {
      const packet = packetOf(arrival)
      if (!packet) return null
      const tuple = tupleOf(packet)
      return (
        <>
          {part('protocol', packet.transport.protocol.toUpperCase())} {part('source', packet.source)}
          {tuple && <>:{part('sourcePort', tuple.source.port)}</>}
          {' → '}
          {part('destination', packet.destination)}
          {tuple && <>:{part('destinationPort', tuple.destination.port)}</>}
        </>
      )
    }
  }
}

const portOf = (socket: string): number => Number(/(\d+)$/.exec(socket)?.[1] ?? 0)

const choiceText = (choice: Choice): string => inWords(words.result.choice, choice)

const truthText = (choice: Choice): string => inWords(words.result.truths, choice)

function inWords(text: typeof words.result.choice, choice: Choice): string {
  switch (choice.kind) {
    case 'listener':
      return text.listener(portOf(choice.socket))
    case 'range':
      return text.range(words.shift.ranges[choice.range].name)
    case 'reply':
      return text.reply(labelText(choice))
    case 'port':
      return text.port(choice.port)
    case 'tell':
      return text.tell(toldText(choice.told))
    case 'count':
      return text.count(words.shift.bet(words.number(choice.count.ports), words.number(choice.count.sockets)))
    default:
      return text[choice.kind]
  }
}
