import { tupleOf } from '../../net/packet'
import type { Endpoint } from '../../net/tuple'
import { endpointText } from '../../net/tuple'
import type { Decision } from '../../shift/shift'
import { remoteEnd } from '../../shift/windows'
import { words } from '../../words'

/**
 * Label on label: after a mix-up of windows the parcel's label and the window's lie over each other like foils; what is equal
 * fades, the digits that differ stay bright.
 */
export function Labels({ decision }: { readonly decision: Decision }) {
  const { arrival, mistaken } = decision
  const tuple = 'packet' in arrival ? tupleOf(arrival.packet) : undefined
  if (!mistaken || !tuple) return null
  const [mine, other] = [tuple.source, remoteEnd(mistaken)]
  return (
    <div class="labels">
      <p class="sr-only">{differenceText(mine, other)}</p>
      <Foil name={words.shift.labels.parcel} text={endpointText(mine)} beside={endpointText(other)} />
      <Foil name={words.shift.labels.window} text={endpointText(other)} beside={endpointText(mine)} />
    </div>
  )
}

/** What tells two labels apart, in words. */
export function differenceText(mine: Endpoint, other: Endpoint): string {
  const text = words.shift.labels
  if (mine.address === other.address) {
    return mine.port === other.port ? text.same : text.port(String(mine.port), String(other.port))
  }
  return mine.port === other.port
    ? text.address(mine.address, other.address)
    : text.both(endpointText(mine), endpointText(other))
}

function Foil({ name, text, beside }: { readonly name: string; readonly text: string; readonly beside: string }) {
  // Compared from the end: ports stand under ports whatever the addresses' lengths are.
  const shift = beside.length - text.length
  return (
    <p class="foil" aria-hidden="true">
      <span class="foil-name">{name}</span>
      <span class="mono">
        {text.split('').map((letter, index) => (
          <span key={index} class={beside[index + shift] === letter ? 'same' : 'differs'}>
            {letter}
          </span>
        ))}
      </span>
    </p>
  )
}
