import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { tupleOf } from '../../net/packet'
import { endpointText } from '../../net/tuple'
import type { Choice } from '../../lessons/choice'
import type { PacketArrival } from '../../shift/shift'
import { words } from '../../words'

interface EnvelopeProps {
  readonly arrival: PacketArrival
  readonly how: 'turn' | 'write'
  readonly singleKeys: boolean
  readonly onSend: (choice: Choice) => void
}

/** A label under way: from address, from port, to address, to port; undefined where no stamp is yet. */
type Stamp = string | undefined
type Draft = readonly [Stamp, Stamp, Stamp, Stamp]

const EMPTY: Draft = [undefined, undefined, undefined, undefined]

/** The label of an answer: the request's turned over, or written with stamps. */
export function Envelope({ arrival, how, singleKeys, onSend }: EnvelopeProps) {
  const tuple = tupleOf(arrival.packet)
  const text = words.shift.envelope
  const ends = tuple ? [tuple.source, tuple.destination] : []
  const asSent = ends.flatMap(({ address, port }) => [address, String(port)])
  const [draft, setDraft] = useState<Draft>(how === 'turn' ? toDraft(asSent) : EMPTY)
  // In another order for each packet, so that the hand learns nothing that the eye should.
  const stamps = arrival.id % 2 === 0 ? asSent : [...asSent.slice(2), ...asSent.slice(0, 2)]
  const ready = draft.every((value) => value !== undefined)

  const put = (stamp: Stamp) => {
    if (stamp === undefined) return
    const port = !/[.:]/.test(stamp)
    setDraft((before) => {
      const field = before.findIndex((value, index) => value === undefined && (index % 2 === 1) === port)
      return field < 0 ? before : toDraft(before.map((value, index) => (index === field ? stamp : value)))
    })
  }
  const turn = () => setDraft(([a, b, c, d]) => [c, d, a, b])
  const send = () => {
    const [source = '', sourcePort, destination = '', destinationPort] = draft
    if (!ready) return
    onSend({
      kind: 'reply',
      source: { address: source, port: Number(sourcePort) },
      destination: { address: destination, port: Number(destinationPort) },
    })
  }

  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined)
  keys.current = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return
    const onButton = event.target instanceof HTMLButtonElement
    if (event.key === 'Enter' && !onButton) send()
    else if (!singleKeys) return
    else if (event.key.toLowerCase() === 'f' && how === 'turn') turn()
    else if (event.key === 'Backspace' && how === 'write') setDraft(EMPTY)
    else if (/^[1-4]$/.test(event.key) && how === 'write') put(stamps[Number(event.key) - 1])
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
        <div class="stamps" role="group" aria-label={text.stamps}>
          {stamps.map((stamp, index) => (
            <button key={index} type="button" class="stamp mono" onClick={() => put(stamp)}>
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

const toDraft = ([a, b, c, d]: readonly Stamp[]): Draft => [a, b, c, d]

/** The label that a choice wrote, for those who listen or read it later. */
export const labelText = (choice: Choice): string =>
  choice.kind === 'reply' ? `${endpointText(choice.source)} → ${endpointText(choice.destination)}` : ''
