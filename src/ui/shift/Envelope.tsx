import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Endpoint, FiveTuple } from '../../net/tuple'
import { endpointText } from '../../net/tuple'
import type { Choice } from '../../lessons/choice'
import { words } from '../../words'

interface EnvelopeProps {
  /** What lies ready, in this order: addresses and ports, each once. */
  readonly stamps: readonly string[]
  /** The label that is to be turned over; without one, a label is written with stamps. */
  readonly turned?: FiveTuple
  readonly singleKeys: boolean
  readonly onSend: (source: Endpoint, destination: Endpoint) => void
}

/** A label under way: from address, from port, to address, to port; undefined where no stamp is yet. */
type Stamp = string | undefined
type Draft = readonly [Stamp, Stamp, Stamp, Stamp]

const EMPTY: Draft = [undefined, undefined, undefined, undefined]

/** What a label is written with: its own four parts, one after the other. */
export const partsOf = ({ source, destination }: FiveTuple): readonly string[] =>
  [source, destination].flatMap(({ address, port }) => [address, String(port)])

/** The label of an answer or of what leaves a street door: a label turned over, or one written with stamps. */
export function Envelope({ stamps, turned, singleKeys, onSend }: EnvelopeProps) {
  const text = words.shift.envelope
  const how = turned ? 'turn' : 'write'
  const [draft, setDraft] = useState<Draft>(turned ? toDraft(partsOf(turned)) : EMPTY)
  const ready = draft.every((value) => value !== undefined)

  const put = (stamp: Stamp) => {
    if (stamp === undefined) return
    setDraft((before) => {
      const field = before.findIndex((value, index) => value === undefined && (index % 2 === 1) === isPort(stamp))
      return field < 0 ? before : toDraft(before.map((value, index) => (index === field ? stamp : value)))
    })
  }
  const turn = () => setDraft(([a, b, c, d]) => [c, d, a, b])
  const send = () => {
    const [source = '', sourcePort, destination = '', destinationPort] = draft
    if (!ready) return
    onSend({ address: source, port: Number(sourcePort) }, { address: destination, port: Number(destinationPort) })
  }

  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined)
  keys.current = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return
    const onButton = event.target instanceof HTMLButtonElement
    if (event.key === 'Enter' && !onButton) send()
    else if (!singleKeys) return
    else if (event.key.toLowerCase() === 'f' && how === 'turn') turn()
    else if (event.key === 'Backspace' && how === 'write') setDraft(EMPTY)
    else if (/^[1-9]$/.test(event.key) && how === 'write') put(stamps[Number(event.key) - 1])
    else return
    event.preventDefault()
  }
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => keys.current(event)
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])

  const label = text.fields.map((name, index) => `${name} ${draft[index] ?? text.empty}`).join(', ')
  return (
    <div class={`rack envelope ${how}`} role="group" aria-label={text.title}>
      <p class="sr-only" role="status">
        {text.said(label)}
      </p>
      <div class="reply-label" aria-hidden="true">
        {[0, 2].map((end) => (
          <p key={end} class="reply-end">
            <span class="reply-name">{end === 0 ? words.shift.request.from : words.shift.request.to}</span>
            <span class={`mono ${draft[end] ? '' : 'blank'}`}>{draft[end] ?? '…'}</span>
            <span class={`mono ${draft[end + 1] ? '' : 'blank'}`}>:{draft[end + 1] ?? '…'}</span>
          </p>
        ))}
      </div>
      {how === 'write' ? (
        <div class={`stamps ${stamps.length > 4 ? 'many' : ''}`} role="group" aria-label={text.stamps}>
          {stamps.map((stamp, index) => (
            <button
              key={index}
              type="button"
              class={`stamp mono ${isPort(stamp) ? 'number' : ''}`}
              onClick={() => put(stamp)}
            >
              {stamp} <kbd>{index + 1}</kbd>
            </button>
          ))}
        </div>
      ) : (
        <button type="button" class="verdict turn" onClick={turn}>
          <span class="verdict-name">{text.turn}</span>
          <kbd>F</kbd>
        </button>
      )}
      <div class="envelope-acts">
        {how === 'write' && (
          <button type="button" class="verdict drop" onClick={() => setDraft(EMPTY)}>
            <span class="verdict-name">{text.clear}</span>
            <kbd>⌫</kbd>
          </button>
        )}
        <button type="button" class="verdict connection" aria-disabled={!ready} onClick={send}>
          <span class="verdict-name">{text.send}</span>
          <kbd>⏎</kbd>
        </button>
      </div>
    </div>
  )
}

const isPort = (stamp: string): boolean => !/[.:]/.test(stamp)

const toDraft = ([a, b, c, d]: readonly Stamp[]): Draft => [a, b, c, d]

/** The label that a choice wrote, for those who listen or read it later. */
export const labelText = (choice: Choice): string =>
  choice.kind === 'reply' ? `${endpointText(choice.source)} → ${endpointText(choice.destination)}` : ''
