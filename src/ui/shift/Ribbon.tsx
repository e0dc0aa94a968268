import { useState } from 'preact/hooks'
import { tell } from '../../words/tell'

interface RibbonProps {
  /** The label at each stop of the way, `source → destination`. */
  readonly stops: readonly string[]
  /** Where each stop is, in a word or two. */
  readonly names?: readonly string[]
}

/** Every version of a label that was repainted on its way: scrub along it with the mouse, a finger or the arrow keys. */
export function Ribbon({ stops, names = [] }: RibbonProps) {
  const [at, setAt] = useState(stops.length - 1)
  const nameOf = (index: number) => names[index] ?? String(index + 1)
  const painted = (index: number) =>
    parts(stops[index] ?? '', stops[index - 1]).map(({ text, fresh }, place) => (
      <span key={place} class={fresh ? 'fresh' : ''}>
        {text}
      </span>
    ))
  return (
    <div class="ribbon" role="group" aria-label={tell.ribbon} style={{ '--stops': stops.length }}>
      <ol>
        {stops.map((_, index) => (
          <li
            key={index}
            class={index === at ? 'at' : ''}
            onMouseEnter={() => setAt(index)}
            onClick={() => setAt(index)}
          >
            <span class="ribbon-name">{nameOf(index)}</span> <span class="ribbon-label mono">{painted(index)}</span>
          </li>
        ))}
      </ol>
      <input
        type="range"
        min={0}
        max={stops.length - 1}
        step={1}
        value={at}
        aria-label={tell.ribbon}
        aria-valuetext={`${nameOf(at)}: ${stops[at] ?? ''}`}
        onInput={({ currentTarget }) => setAt(currentTarget.valueAsNumber)}
      />
      <p class="ribbon-now mono" aria-hidden="true">
        <span key={at}>{painted(at)}</span>
      </p>
    </div>
  )
}

/** A label's two ends; an end that was not there at the stop before is fresh paint. */
const parts = (label: string, before: string | undefined) =>
  label
    .split(' → ')
    .flatMap((text, index) => [
      ...(index === 0 ? [] : [{ text: ' → ', fresh: false }]),
      { text, fresh: before !== undefined && !before.split(' → ').includes(text) },
    ])
