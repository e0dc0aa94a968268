import { useState } from 'preact/hooks'
import type { Packet } from '../../net/packet'
import { tcpdumpLine } from '../../net/tcpdump'
import type { Inspected, TestStop } from '../../shift/shift'
import { tell } from '../../words/tell'
import { Ribbon } from './Ribbon'

/** A test packet that has been sent: its label at each box that it came to, and what came back. */
export function TestPaper({ stops, heard }: { readonly stops: readonly TestStop[]; readonly heard: Packet | null }) {
  return (
    <div class="test-paper">
      <Ribbon stops={stops.map(({ label }) => label)} names={stops.map(({ at }) => tell.stops[at])} />
      <p class={`came ${heard ? 'mono' : ''}`}>{cameText(heard)}</p>
    </div>
  )
}

/** When the test packet's answer came back, as the tools count: the shift begins at 22:00. */
const BACK = 79_200_001_204

/** What came back, from the flags on; the ends are those of the label. */
const cameText = (heard: Packet | null): string =>
  heard
    ? tell.test.came(
        tcpdumpLine(heard, { time: BACK })
          .text.replace(/^.*?: /, '')
          .replace(/, (?:seq|options).*/, ''),
      )
    : tell.test.silence

/** The same as one hears it: the label at each box, and what came back. */
export const spokenTest = (stops: readonly TestStop[], heard: Packet | null): string =>
  [...stops.map(({ at, label }) => `${tell.stops[at]}: ${label}`), cameText(heard)].join(', ')

/** The boxes of a rollout: looking into one costs nothing. */
export function Boxes({ boxes }: { readonly boxes: readonly Inspected[] }) {
  const [shown, setShown] = useState(0)
  const box = boxes[shown]
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const next = (shown + step + boxes.length) % boxes.length
    setShown(next)
    if (event.currentTarget instanceof HTMLElement) event.currentTarget.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div class="boxes">
      <div class="box-tabs" role="tablist" aria-label={tell.test.boxes} onKeyDown={walk}>
        {boxes.map(({ at }, index) => (
          <button
            key={at}
            type="button"
            role="tab"
            id={`box-${at}`}
            aria-selected={index === shown}
            aria-controls="box"
            tabIndex={index === shown ? 0 : -1}
            onClick={() => setShown(index)}
          >
            {tell.stops[at]}
          </button>
        ))}
      </div>
      {box && (
        <div class="line print" role="tabpanel" id="box" aria-labelledby={`box-${box.at}`} tabIndex={0}>
          <p class="prompt mono">$ {box.command}</p>
          {box.lines.map((line, index) => (
            <p key={index} class={`mono printed ${line.startsWith('$') ? 'prompt' : ''}`}>
              {line}
            </p>
          ))}
        </div>
      )}
    </div>
  )
}
