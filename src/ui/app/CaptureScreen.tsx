import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import sample from '../../../assets/sample.pcap?url'
import { dealCapture } from '../../shift/capture-level'
import type { Level } from '../../shift/level'
import type { CaptureSurvey } from '../../store/capture-client'
import { collectCapture, surveyCapture } from '../../store/capture-client'
import { words } from '../../words'
import { damageSentence } from '../../words/damage'
import { Town } from './Night'
import './capture.css'

export interface CaptureScreenProps {
  /** A file that was dropped elsewhere. */
  readonly file?: File
  readonly onPlay: (level: Level) => void
  readonly onHome: () => void
}

type State =
  | { readonly kind: 'waiting'; readonly note?: string }
  | { readonly kind: 'reading'; readonly name: string; readonly share: number; readonly packets: number }
  | { readonly kind: 'found'; readonly name: string; readonly file: Blob; readonly survey: CaptureSurvey }

const COUNTS = [20, 40, 80, 200] as const
const HOSTS_SHOWN = 12

/** Play your own traffic: a file, a host, a number of packets. */
export function CaptureScreen({ file, onPlay, onHome }: CaptureScreenProps) {
  const text = words.capture
  const [state, setState] = useState<State>({ kind: 'waiting' })
  const [address, setAddress] = useState<string>()
  const [count, setCount] = useState<number>(40)
  const [note, setNote] = useState<string>()
  const [over, setOver] = useState(false)
  const reading = useRef<AbortController | undefined>(undefined)
  const input = useRef<HTMLInputElement>(null)
  const step = useRef<HTMLDivElement>(null)
  const begun = useRef(false)

  const read = async (name: string, blob: Blob) => {
    reading.current?.abort()
    const control = new AbortController()
    reading.current = control
    setNote(undefined)
    setState({ kind: 'reading', name, share: 0, packets: 0 })
    try {
      const survey = await surveyCapture(blob, {
        signal: control.signal,
        onProgress: (bytes, packets) =>
          setState({ kind: 'reading', name, share: blob.size === 0 ? 1 : bytes / blob.size, packets }),
      })
      setAddress(survey.hosts[0]?.address)
      setState({ kind: 'found', name, file: blob, survey })
    } catch {
      if (reading.current === control)
        setState({ kind: 'waiting', note: control.signal.aborted ? text.cancelled : text.failed })
    }
  }

  const readSample = async () => {
    try {
      const response = await fetch(sample)
      await read(text.sampleName, await response.blob())
    } catch {
      setState({ kind: 'waiting', note: text.failed })
    }
  }

  const play = async (name: string, blob: Blob, host: string) => {
    const control = new AbortController()
    reading.current = control
    try {
      const records = await collectCapture(blob, host, { signal: control.signal, onProgress: () => undefined })
      const { level, notAsked } = dealCapture(name, host, records, count)
      if ((level.capture?.arrivals.length ?? 0) === 0)
        setNote([text.noneFor(host), text.notAsked(notAsked.unreadable, notAsked.unanswered)].filter(Boolean).join(' '))
      else onPlay(level)
    } catch {
      setNote(text.failed)
    }
  }

  useEffect(() => {
    if (file) void read(file.name, file)
    return () => reading.current?.abort()
  }, [file])

  useLayoutEffect(() => {
    // What had the focus is gone with the step before; the first step is at the heading already.
    if (begun.current) step.current?.focus({ preventScroll: true })
    begun.current = true
  }, [state.kind])

  const choose = (files: FileList | null | undefined) => {
    const [first] = files ?? []
    if (first) void read(first.name, first)
  }

  return (
    <main
      class={`page own ${over ? 'drop-here' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        choose(event.dataTransfer?.files)
      }}
    >
      <Town />
      <div class="own-column">
        <h1 tabIndex={-1}>{text.title}</h1>
        <p class="own-about">{text.about}</p>
        <div class="step" ref={step} tabIndex={-1} role="group" aria-label={text.title}>
          {state.kind === 'waiting' && (
            <>
              <div class="drop-zone">
                <button type="button" class="primary" onClick={() => input.current?.click()}>
                  {text.choose}
                </button>
                <p>{text.orDrop}</p>
              </div>
              <button type="button" class="own-card" onClick={() => void readSample()}>
                <strong>{text.sample}</strong>
                <span>{text.sampleAbout}</span>
              </button>
            </>
          )}
          <input
            ref={input}
            type="file"
            hidden
            accept=".pcap,.pcapng,.cap,.gz"
            onChange={(event) => {
              choose(event.currentTarget.files)
              // The same file may be chosen again: a browser reports only a change.
              event.currentTarget.value = ''
            }}
          />
          {state.kind === 'reading' && (
            <div class="reading">
              <p>{text.reading(state.name)}</p>
              <progress max="1" value={state.share} aria-label={text.reading(state.name)} />
              <p class="mono">{text.progress(state.share, state.packets)}</p>
              <button type="button" class="plain" onClick={() => reading.current?.abort()}>
                {text.cancel}
              </button>
            </div>
          )}
          {state.kind === 'found' && (
            <Found
              state={state}
              address={address}
              count={count}
              onAddress={setAddress}
              onCount={setCount}
              onPlay={() => address && void play(state.name, state.file, address)}
            />
          )}
        </div>
        <p role="status" class="own-note">
          {note ?? (state.kind === 'waiting' ? state.note : undefined)}
        </p>
        <div class="own-ways">
          {state.kind === 'found' && (
            <button type="button" class="plain" onClick={() => setState({ kind: 'waiting' })}>
              {text.other}
            </button>
          )}
          <button type="button" class="plain" onClick={onHome}>
            {text.back}
          </button>
        </div>
      </div>
    </main>
  )
}

interface FoundProps {
  readonly state: Extract<State, { kind: 'found' }>
  readonly address: string | undefined
  readonly count: number
  readonly onAddress: (address: string) => void
  readonly onCount: (count: number) => void
  readonly onPlay: () => void
}

function Found({ state, address, count, onAddress, onCount, onPlay }: FoundProps) {
  const text = words.capture
  const { packets, hosts, damage } = state.survey
  return (
    <div class="found">
      <p role="status" class="found-line">
        {text.found(state.name, packets, hosts.length)}
      </p>
      {damage && (
        <p class="damage" role="alert">
          {damageSentence(damage, packets)} {packets > 0 && hosts.length > 0 ? text.damaged : ''}
        </p>
      )}
      {hosts.length === 0 && !damage && <p class="damage">{text.none}</p>}
      {hosts.length > 0 && (
        <>
          <fieldset>
            <legend>{text.who}</legend>
            {hosts.slice(0, HOSTS_SHOWN).map((host, index) => (
              <label key={host.address} class="own-host">
                <input
                  type="radio"
                  name="host"
                  checked={host.address === address}
                  onChange={() => onAddress(host.address)}
                />
                <span class="mono">{host.address}</span>
                <span class="host-about">
                  {text.host(host.inbound, host.doors)}
                  {index === 0 && host.doors > 0 ? `, ${text.proposed}` : ''}
                </span>
              </label>
            ))}
          </fieldset>
          <fieldset class="counts">
            <legend>{text.count}</legend>
            {COUNTS.map((one) => (
              <label key={one}>
                <input type="radio" name="count" checked={one === count} onChange={() => onCount(one)} />
                <span class="mono">{one}</span>
              </label>
            ))}
          </fieldset>
          <button type="button" class="primary" onClick={onPlay}>
            {text.start}
          </button>
        </>
      )}
    </div>
  )
}
