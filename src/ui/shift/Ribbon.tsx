import { useState } from 'preact/hooks'
import { tell } from '../../words/tell'

/** Every version of a label that was repainted on its way: walk along it with the arrows, or point at a stop. */
export function Ribbon({ stops }: { readonly stops: readonly string[] }) {
  const [at, setAt] = useState(stops.length - 1)
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    setAt(Math.min(stops.length - 1, Math.max(0, at + step)))
  }
  return (
    <ol class="ribbon mono" aria-label={tell.ribbon} tabIndex={0} onKeyDown={walk}>
      {stops.map((label, index) => (
        <li key={index} class={index === at ? 'at' : ''} onMouseEnter={() => setAt(index)} onClick={() => setAt(index)}>
          {parts(label, stops[index - 1]).map(({ text, fresh }, place) => (
            <span key={place} class={fresh ? 'fresh' : ''}>
              {text}
            </span>
          ))}
        </li>
      ))}
    </ol>
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
