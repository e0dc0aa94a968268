import { useEffect, useRef, useState } from 'preact/hooks'
import type { Choice, ChoiceKind } from '../../lessons/choice'
import { endpointText } from '../../net/tuple'
import { HELP } from '../../room/team'
import { choiceText } from '../../room/team-choice'
import { deskFrom } from '../../room/team-scene'
import type { TeamPhone as Seen } from '../../room/team-seen'
import { doorsOf, plateOf } from '../../shift/door'
import { kindsNow } from '../../shift/truth'
import type { Shift } from '../../shift/shift'
import { waveOf } from '../../shift/shift'
import { localEnd, remoteEnd } from '../../shift/windows'
import { isPassing } from '../../store/class-entry'
import type { PhoneStore } from '../../store/phone-store'
import { words } from '../../words'
import { report } from '../../words/class-report'
import { classroom } from '../../words/class-screens'
import { reasonLine } from '../../words/reasons'
import { Papers } from '../shift/Papers'
import '../shift/shift.css'
import './team.css'

/** After so many milliseconds a parcel that did not get through is taken there again. */
const AGAIN = 1500

interface TeamPhoneProps {
  readonly team: Seen
  readonly name: string
  readonly store: PhoneStore
}

/** A desk of the shared shift on a phone: read the papers, press the door. */
export function TeamPhone({ team, name, store }: TeamPhoneProps) {
  const text = report.shift
  const shift = deskFrom(team)
  const [said, setSaid] = useState('')
  const [sending, setSending] = useState<string>()
  const { parcel } = team
  const here = parcel ? `${parcel.id} ${parcel.attempt}` : ''
  const place = useRef<HTMLElement>(null)
  const latest = useRef(here)
  latest.current = here
  useEffect(() => {
    setSending(undefined)
    // What is read next stands above: the papers, and before them what became of the last one.
    place.current?.scrollIntoView({ block: 'start' })
  }, [here])

  /** Says it until somebody has heard it. What arrives twice counts once. */
  const send = async (choice: string): Promise<void> => {
    const from = latest.current
    setSaid('')
    setSending(choice)
    const reply = await store.getState().route(parcel?.id ?? 0, parcel?.attempt ?? 0, choice)
    if (latest.current !== from) return
    if (reply.ok) {
      if (choice === HELP) setSending(undefined)
      return
    }
    if (isPassing(reply.why)) return void setTimeout(() => latest.current === from && void send(choice), AGAIN)
    setSending(undefined)
    setSaid(reply.why === 'not-open' && choice !== HELP ? text.notOpen : classroom.trouble[reply.why])
  }

  if (!shift) return <p class="team-idle">{text.unknown}</p>
  const last = shift.decisions[0]
  return (
    <main class="team-phone" ref={place}>
      <h1 tabIndex={-1} class="sr-only">
        {classroom.phone.youAre(name)}
      </h1>
      <div class={`team-last ${last ? (last.right ? 'right' : 'wrong') : ''}`} role="status">
        {said !== '' ? (
          <p>{said}</p>
        ) : (
          last && (
            <p>
              <strong>
                <span aria-hidden="true">{last.right ? '✓ ' : '✗ '}</span>
                {last.right ? text.right : text.wrong}
              </strong>{' '}
              {reasonLine(last)} {!last.right && text.came}
            </p>
          )
        )}
      </div>
      {team.finished ? (
        <section class="team-idle">
          <h2>{text.finished}</h2>
          <p>{text.finishedAbout}</p>
          <p class="team-yours">{text.yours(team.right)}</p>
        </section>
      ) : parcel ? (
        <>
          <Papers shift={shift} />
          {parcel.attempt > 1 && <p class="team-again">{text.again(parcel.attempt)}</p>}
          <Places
            shift={shift}
            sending={sending}
            onChoice={(choice) => {
              const written = choiceText(choice)
              if (written !== undefined && sending === undefined) void send(written)
            }}
          />
        </>
      ) : (
        <Idle key={team.help} team={team} waiting={sending === HELP} onHelp={() => void send(HELP)} />
      )}
    </main>
  )
}

interface PlacesProps {
  readonly shift: Shift
  readonly sending: string | undefined
  readonly onChoice: (choice: Choice) => void
}

type Plain = 'rst' | 'icmp' | 'echo-reply' | 'drop'
const PLAIN: readonly Plain[] = ['rst', 'icmp', 'echo-reply', 'drop']

/** Everywhere that the parcel can go: doors, windows, or no further than the host itself. */
function Places({ shift, sending, onChoice }: PlacesProps) {
  const text = report.shift
  const kinds: readonly ChoiceKind[] = kindsNow(shift)
  const named = waveOf(shift).plates === 'name'
  const doors = doorsOf(shift).filter(({ kind }) => kind === 'listening')
  const windows = shift.host.sockets.filter(({ peer }) => peer)
  const busy = sending !== undefined
  const of = (choice: Choice) => (busy && choiceText(choice) === sending ? 'chosen' : '')
  const press = (choice: Choice) => ({
    type: 'button' as const,
    'aria-disabled': busy,
    onClick: () => onChoice(choice),
  })
  return (
    <section class={`team-places ${busy ? 'busy' : ''}`} aria-label={text.places}>
      {kinds.includes('listener') && doors.length > 0 && (
        <div role="group" aria-label={text.doors}>
          <h2>{text.doors}</h2>
          <div class="team-doors">
            {doors.map((door) => {
              const choice: Choice = { kind: 'listener', socket: door.id }
              return (
                <button key={door.id} class={`team-door ${door.protocol} ${of(choice)}`} {...press(choice)}>
                  <span class="team-protocol">{door.protocol.toUpperCase()}</span>
                  <span class="team-plate mono">{plateOf(door, named)}</span>
                  <span class="team-program">{door.program}</span>
                  {door.entrance !== '' && <span class="team-entrance mono">{text.to(door.entrance)}</span>}
                </button>
              )
            })}
          </div>
        </div>
      )}
      {kinds.includes('connection') && windows.length > 0 && (
        <div role="group" aria-label={text.windows}>
          <h2>{text.windows}</h2>
          <div class="team-windows">
            {windows.map((window) => {
              const choice: Choice = { kind: 'connection', socket: window.id }
              return (
                <button key={window.id} class={`team-window mono ${of(choice)}`} {...press(choice)}>
                  <span class="team-local">{localEnd(window).port}</span>
                  <span aria-hidden="true">←</span>
                  <span>{endpointText(remoteEnd(window))}</span>
                </button>
              )
            })}
          </div>
        </div>
      )}
      {PLAIN.some((kind) => kinds.includes(kind)) && (
        <div role="group" aria-label={text.verdicts}>
          <h2>{text.verdicts}</h2>
          <div class="team-verdicts">
            {PLAIN.filter((kind) => kinds.includes(kind)).map((kind) => (
              <button key={kind} class={`team-verdict ${of({ kind })}`} {...press({ kind })}>
                <strong>{words.shift.verdict[kind].name}</strong>
                <span>{words.shift.verdict[kind].about}</span>
              </button>
            ))}
          </div>
        </div>
      )}
      <p class="team-sending" role="status">
        {busy ? text.sending : ''}
      </p>
    </section>
  )
}

interface IdleProps {
  readonly team: Seen
  readonly waiting: boolean
  readonly onHelp: () => void
}

/** Nothing to do, or to help out where something has lain too long. */
function Idle({ team, waiting, onHelp }: IdleProps) {
  const text = report.shift
  const [left, setLeft] = useState(team.help === undefined ? undefined : Math.ceil(team.help / 1000))
  useEffect(() => {
    if (left === undefined || left <= 0) return undefined
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  return (
    <section class="team-idle">
      <h2>{text.waiting}</h2>
      <p>{text.waitingAbout}</p>
      <p class="team-yours">{text.yours(team.right)}</p>
      {left !== undefined && left > 0 && <p class="team-soon">{text.helpIn(left)}</p>}
      {left !== undefined && left <= 0 && (
        <button type="button" class="primary big" disabled={waiting} onClick={onHelp}>
          {text.help}
        </button>
      )}
    </section>
  )
}
