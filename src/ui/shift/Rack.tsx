import { tupleOf } from '../../net/packet'
import type { Choice, ChoiceKind } from '../../lessons/choice'
import type { Told as ToldValue } from '../../lessons/told'
import { toldKey } from '../../lessons/told'
import type { PortRange } from '../../ports/range'
import { doorsOf } from '../../shift/door'
import { kindsNow, portsOnOffer } from '../../shift/truth'
import type { Bet, Option, Shift } from '../../shift/shift'
import { atDesk, waveOf } from '../../shift/shift'
import { words } from '../../words'
import { tell, toldText } from '../../words/tell'
import { Envelope, partsOf } from './Envelope'
import { Night } from './Night'
import { DIGITS, keyOfTold } from './tell-keys'

const RANGE_LETTERS: readonly { readonly letter: string; readonly range: PortRange }[] = [
  { letter: 's', range: 'system' },
  { letter: 'u', range: 'user' },
  { letter: 'd', range: 'dynamic' },
]

/** The choices that are one key each. */
const LETTERS = {
  rst: 'r',
  icmp: 'i',
  'echo-reply': 'e',
  drop: 'x',
  grant: 'g',
  eaddrinuse: 'u',
  eacces: 'a',
  eaddrnotavail: 'n',
} as const

type PlainKind = keyof typeof LETTERS

const optionsOf = (shift: Shift): readonly Option[] => {
  const arrival = atDesk(shift)
  return arrival?.asks === 'tell' ? arrival.options : []
}

/** A label that is written has no key of its own: its stamps have. */
const keyedOptions = (shift: Shift): readonly Option[] => {
  const arrival = atDesk(shift)
  return arrival?.asks === 'tell' && !arrival.stamps ? arrival.options : []
}

const isPlain = (kind: ChoiceKind): kind is PlainKind => kind in LETTERS

const betsOf = (shift: Shift): readonly Bet[] => {
  const arrival = atDesk(shift)
  return arrival?.asks === 'count' ? arrival.bets : []
}

const portsOf = (shift: Shift): readonly number[] => {
  const arrival = atDesk(shift)
  return arrival ? portsOnOffer(shift, arrival) : []
}

/** The choice a key stands for, if it is on offer now. */
export function choiceOfKey(shift: Shift, key: string): Choice | undefined {
  for (const kind of kindsNow(shift)) {
    if (isPlain(kind) && LETTERS[kind] === key) return { kind }
    if (kind === 'range') {
      const range = RANGE_LETTERS.find(({ letter }) => letter === key)?.range
      if (range) return { kind, range }
    }
    const option =
      kind === 'tell' ? keyedOptions(shift).find(({ told }, index) => keyOfTold(told, index) === key) : undefined
    if (option) return { kind: 'tell', told: option.told }
    if (kind === 'let' && key === 'n') return { kind }
    const at = DIGITS.indexOf(key)
    const port = kind === 'port' && at >= 0 ? portsOf(shift)[at] : undefined
    if (port !== undefined) return { kind: 'port', port }
    const bet = kind === 'count' && at >= 0 ? betsOf(shift)[at] : undefined
    if (bet) return { kind: 'count', count: bet.count }
  }
  return undefined
}

interface RackProps {
  readonly shift: Shift
  readonly singleKeys: boolean
  readonly onChoice: (choice: Choice) => void
  readonly onWindows: () => void
}

/** The verdicts on offer, each with its key. A new one arrives when the level brings it. */
export function Rack({ shift, singleKeys, onChoice, onWindows }: RackProps) {
  const kinds = kindsNow(shift)
  const arrival = atDesk(shift)
  const doors = doorsOf(shift).filter(({ key }) => key).length
  const key = arrival && `${arrival.id} ${arrival.attempt}`
  if (arrival?.asks === 'reply') {
    const tuple = tupleOf(arrival.packet)
    const parts = tuple ? partsOf(tuple) : []
    return (
      <Envelope
        key={key}
        // In another order for each packet, so that the hand learns nothing that the eye should.
        stamps={arrival.id % 2 === 0 ? parts : [...parts.slice(2), ...parts.slice(0, 2)]}
        {...(waveOf(shift).envelope === 'turn' && tuple && { turned: tuple })}
        singleKeys={singleKeys}
        onSend={(source, destination) => onChoice({ kind: 'reply', source, destination })}
      />
    )
  }
  if (arrival?.asks === 'tell' && arrival.stamps)
    return (
      <Envelope
        key={key}
        stamps={arrival.stamps}
        singleKeys={singleKeys}
        onSend={(source, destination) => onChoice({ kind: 'tell', told: { kind: 'label', source, destination } })}
      />
    )
  const shown = kinds.includes('tell') ? optionsOf(shift).length : kinds.length + (kinds.includes('range') ? 2 : 0)
  return (
    <div class={`rack of-${shown} ${arrival?.asks ?? ''}`} role="group" aria-label={words.shift.verdicts}>
      {kinds.map((kind) => {
        switch (kind) {
          case 'listener':
            return (
              <p key={kind} class="verdict listener">
                <span class="verdict-name">{words.shift.verdict.listener.name}</span>
                <span class="verdict-about">{words.shift.verdict.listener.about}</span>
                <kbd>{doors > 1 ? `1-${doors >= 10 ? '0' : doors}` : '1'}</kbd>
              </p>
            )
          case 'connection':
            return (
              <button key={kind} type="button" class="verdict connection" onClick={onWindows}>
                <span class="verdict-name">{words.shift.verdict.connection.name}</span>
                <span class="verdict-about">{words.shift.verdict.connection.about}</span>
                <kbd>W</kbd>
              </button>
            )
          case 'range':
            return RANGE_LETTERS.map(({ letter, range }) => (
              <Verdict
                key={range}
                letter={letter}
                kind={kind}
                {...words.shift.ranges[range]}
                onClick={() => onChoice({ kind, range })}
              />
            ))
          case 'port':
            return (
              <div key={kind} class="ports" role="group" aria-label={words.shift.ports}>
                {portsOf(shift).map((port, index) => (
                  <button key={port} type="button" class="stamp mono" onClick={() => onChoice({ kind, port })}>
                    {port} {index < DIGITS.length && <kbd>{DIGITS[index]}</kbd>}
                  </button>
                ))}
              </div>
            )
          case 'count':
            return betsOf(shift).map(({ count }, index) => (
              <button key={index} type="button" class="verdict bet" onClick={() => onChoice({ kind, count })}>
                <span class="verdict-name">
                  {words.shift.bet(words.number(count.ports), words.number(count.sockets))}
                </span>
                <kbd>{index + 1}</kbd>
              </button>
            ))
          case 'tell':
            return <Told key={kind} options={optionsOf(shift)} onChoice={onChoice} />
          case 'let':
            return <Night key={kind} shift={shift} onNext={() => onChoice({ kind })} />
          case 'reply':
          case 'plan':
            return null
          default:
            return (
              <Verdict
                key={kind}
                letter={LETTERS[kind]}
                kind={kind}
                {...words.shift.verdict[kind]}
                onClick={() => onChoice({ kind })}
              />
            )
        }
      })}
    </div>
  )
}

/** What one can say of the errand: words as verdicts, everything else as stamps. */
function Told({
  options,
  onChoice,
}: {
  readonly options: readonly Option[]
  readonly onChoice: RackProps['onChoice']
}) {
  const say = (told: ToldValue) => () => onChoice({ kind: 'tell', told })
  const stamps = options.flatMap(({ told }, index) =>
    told.kind === 'say' ? [] : [{ told, key: keyOfTold(told, index) }],
  )
  return (
    <>
      {options.map(({ told }, index) =>
        told.kind === 'say' ? (
          <Verdict
            key={toldKey(told)}
            letter={keyOfTold(told, index)}
            kind={told.saying.replace('|', '-')}
            {...tell.say[told.saying]}
            onClick={say(told)}
          />
        ) : null,
      )}
      {stamps.length > 0 && (
        <div class={`ports told ${stamps[0]?.told.kind}s`} role="group" aria-label={tell.lines}>
          {stamps.map(({ told, key }) => (
            <button key={toldKey(told)} type="button" class="stamp" data-letter={key} onClick={say(told)}>
              {toldText(told)} <kbd>{key}</kbd>
            </button>
          ))}
        </div>
      )}
    </>
  )
}

interface VerdictProps {
  readonly letter: string
  readonly kind: string
  readonly name: string
  readonly about: string
  readonly onClick: () => void
}

function Verdict({ letter, kind, name, about, onClick }: VerdictProps) {
  return (
    <button type="button" class={`verdict ${kind}`} data-letter={letter} onClick={onClick}>
      <span class="verdict-name">{name}</span>
      <span class="verdict-about">{about}</span>
      <kbd>{letter.toUpperCase()}</kbd>
    </button>
  )
}

/** The verdict whose button lies under a point of the page, for a parcel let go there. */
export const choiceAt = (shift: Shift, x: number, y: number): Choice | undefined =>
  choiceOfKey(shift, document.elementFromPoint(x, y)?.closest('[data-letter]')?.getAttribute('data-letter') ?? '')
