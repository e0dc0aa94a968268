import type { Fault } from '../../modes/blueprint'
import type { ChoiceKind } from '../../lessons/choice'
import { words } from '../../words'
import { build } from '../../words/build'

/** What a verdict is called in the rack. */
export const verdictName = (kind: string): string => {
  const named: Readonly<Record<string, { readonly name: string }>> = words.shift.verdict satisfies Partial<
    Record<ChoiceKind, { readonly name: string }>
  >
  return kind === 'tell' ? build.tellOffer : (named[kind]?.name ?? kind)
}

/** A fault in one sentence: where, and why. */
export function faultText({ at, reason, detail = '' }: Fault): string {
  const said = reason === 'verdict-missing' ? verdictName(detail) : detail
  return build.fault(build.place(at), build.reasons[reason](said))
}

/** What keeps a level from being played; each line leads to its field where there is a form. */
export function Faults({
  faults,
  onGo,
}: {
  readonly faults: readonly Fault[]
  readonly onGo?: (fault: Fault) => void
}) {
  return (
    <ul class="build-faults">
      {faults.map((fault, index) => (
        <li key={index}>
          {onGo ? (
            <button type="button" class="plain" onClick={() => onGo(fault)}>
              {faultText(fault)}
            </button>
          ) : (
            faultText(fault)
          )}
        </li>
      ))}
    </ul>
  )
}
