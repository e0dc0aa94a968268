import type { Choice } from '../../lessons/choice'
import type { PortRange } from '../../ports/range'
import { doorsOf } from '../../shift/door'
import type { Shift } from '../../shift/shift'
import { offers } from '../../shift/shift'
import { words } from '../../words'

const RANGES: readonly { readonly letter: string; readonly range: PortRange }[] = [
  { letter: 's', range: 'system' },
  { letter: 'u', range: 'user' },
  { letter: 'd', range: 'dynamic' },
]

const LETTERS = { rst: 'r', icmp: 'i', 'echo-reply': 'e', drop: 'x' } as const

const KEYS: Readonly<Record<string, Choice>> = {
  r: { kind: 'rst' },
  i: { kind: 'icmp' },
  e: { kind: 'echo-reply' },
  x: { kind: 'drop' },
  s: { kind: 'range', range: 'system' },
  u: { kind: 'range', range: 'user' },
  d: { kind: 'range', range: 'dynamic' },
}

/** The choice a key stands for, if it is on offer now. */
export function choiceOfKey(shift: Shift, key: string): Choice | undefined {
  const choice = KEYS[key]
  return choice && offers(shift).includes(choice.kind) ? choice : undefined
}

interface RackProps {
  readonly shift: Shift
  readonly onChoice: (choice: Choice) => void
  readonly onWindows: () => void
}

/** The verdicts on offer, each with its key. A new one arrives when the level brings it. */
export function Rack({ shift, onChoice, onWindows }: RackProps) {
  const kinds = offers(shift)
  const doors = doorsOf(shift).filter(({ key }) => key).length
  return (
    <div class={`rack of-${kinds.length}`} role="group" aria-label={words.shift.verdicts}>
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
            return RANGES.map(({ letter, range }) => (
              <Verdict key={range} letter={letter} kind={kind} {...words.shift.ranges[range]} onChoice={onChoice} />
            ))
          default:
            return (
              <Verdict
                key={kind}
                letter={LETTERS[kind]}
                kind={kind}
                {...words.shift.verdict[kind]}
                onChoice={onChoice}
              />
            )
        }
      })}
    </div>
  )
}

interface VerdictProps {
  readonly letter: string
  readonly kind: string
  readonly name: string
  readonly about: string
  readonly onChoice: (choice: Choice) => void
}

function Verdict({ letter, kind, name, about, onChoice }: VerdictProps) {
  const choice = KEYS[letter]
  return (
    <button type="button" class={`verdict ${kind}`} data-letter={letter} onClick={() => choice && onChoice(choice)}>
      <span class="verdict-name">{name}</span>
      <span class="verdict-about">{about}</span>
      <kbd>{letter.toUpperCase()}</kbd>
    </button>
  )
}

/** The verdict whose button lies under a point of the page, for a parcel let go there. */
export const choiceAt = (x: number, y: number): Choice | undefined =>
  KEYS[document.elementFromPoint(x, y)?.closest('[data-letter]')?.getAttribute('data-letter') ?? '']
