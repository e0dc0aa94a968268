import { useLayoutEffect, useMemo, useState } from 'preact/hooks'
import { LEVELS, levelById } from '../../levels'
import { removed } from '../../sandbox/change'
import { sandboxOfLevel } from '../../sandbox/from-shift'
import type { SandboxLinkFault } from '../../sandbox/link'
import { readSandbox, writeSandbox } from '../../sandbox/link'
import type { Parcel, Sandbox } from '../../sandbox/sandbox'
import { MOST, firstSandbox } from '../../sandbox/sandbox'
import { play } from '../../sandbox/story'
import { endingText, isGood, parcelText } from '../../sandbox/tell'
import { words as common } from '../../words'
import { sandbox as words } from '../../words/sandbox-screens'
import { sandboxHash } from '../app/route'
import { Builder, Sure } from './Builder'
import { DiagramFigure } from './DiagramFigure'
import type { SandboxScreenProps } from './Page'
import { Page } from './Page'
import { SendForm } from './SendForm'
import { StoryStrip, StoryView, untilStop } from './StoryView'

export interface SandboxProps extends SandboxScreenProps {
  /** What `writeSandbox` wrote; empty for a first sandbox. */
  readonly code: string
}

/** A server to build and packets to send at it; the address of the page holds it all. */
export function SandboxScreen({ code, ...page }: SandboxProps) {
  const read = useMemo(() => (code === '' ? { sandbox: firstSandbox() } : readSandbox(code)), [code])
  const [begun, setBegun] = useState<Sandbox>()
  const sandbox = begun ?? ('sandbox' in read ? read.sandbox : undefined)
  return (
    <Page class="sandbox-build" onSettings={page.onSettings}>
      {sandbox ? (
        <Bench key={code} first={sandbox} />
      ) : (
        <Refused fault={'fault' in read ? read.fault : 'unreadable'} onBegin={() => setBegun(firstSandbox())} />
      )}
    </Page>
  )
}

function Refused({ fault, onBegin }: { readonly fault: SandboxLinkFault; readonly onBegin: () => void }) {
  return (
    <main class="sandbox-column">
      <h1 tabIndex={-1}>{words.screen.title}</h1>
      <p role="alert">{words.screen.faults[fault]}</p>
      <p>
        <button type="button" class="primary" onClick={onBegin}>
          {words.screen.begin}
        </button>
      </p>
    </main>
  )
}

function Bench({ first }: { readonly first: Sandbox }) {
  const text = words.screen
  const [sandbox, setSandbox] = useState(first)
  const [chosen, setChosen] = useState(0)
  const [upTo, setUpTo] = useState<number>()
  const [said, setSaid] = useState('')
  const stories = useMemo(() => play(sandbox), [sandbox])
  const story = stories[chosen] ?? stories.at(-1)
  const written = useMemo(() => writeSandbox(sandbox), [sandbox])
  const hash = 'code' in written ? sandboxHash(written.code) : undefined

  useLayoutEffect(() => {
    // The address follows what is seen, and the way back leads to where one came from.
    if (hash !== undefined && sandbox !== first) history.replaceState(history.state, '', hash)
  }, [hash])

  const change = (next: Sandbox) => {
    setUpTo(undefined)
    setSaid('')
    setSandbox(next)
  }
  const send = (parcel: Parcel) => {
    if (sandbox.parcels.length >= MOST.parcels) return setSaid(text.full)
    change({ ...sandbox, parcels: [...sandbox.parcels, parcel] })
    setChosen(sandbox.parcels.length)
  }
  const choose = (place: number) => {
    setUpTo(undefined)
    setChosen(place)
  }
  const renew = (next: Sandbox) => {
    change(next)
    setChosen(0)
  }
  const copy = () => {
    if (hash === undefined) return
    const failed = () => setSaid(text.copyFailed)
    if (!navigator.clipboard) return failed()
    navigator.clipboard.writeText(new URL(hash, location.href).href).then(() => setSaid(text.copied), failed)
  }

  return (
    <main class="sandbox-column">
      <header class="sandbox-head">
        <div>
          <h1 tabIndex={-1}>{text.title}</h1>
          <p class="sandbox-about">{text.about}</p>
        </div>
        <div class="sandbox-ways">
          <a class="secondary" href="#/terminal">
            {text.terminal}
          </a>
          <button type="button" class="secondary" onClick={copy} disabled={hash === undefined}>
            {text.link}
          </button>
          <Sure text={text.fresh} sure={text.freshSure} onSure={() => renew(firstSandbox())} />
          <label class="field level-choice">
            <span class="sr-only">{text.level}</span>
            <select
              value=""
              onChange={({ currentTarget }) => {
                const level = levelById(currentTarget.value)
                if (level) renew(sandboxOfLevel(level))
                currentTarget.value = ''
              }}
            >
              <option value="">{text.level}</option>
              {LEVELS.map(({ id }) => (
                <option key={id} value={id}>
                  {id} {common.levels(id).title}
                </option>
              ))}
            </select>
          </label>
        </div>
        <p class="sandbox-said" role="status">
          {'fault' in written ? text.faults[written.fault] : said}
        </p>
      </header>
      <DiagramFigure sandbox={sandbox} name="port-authority-sandbox" {...(story && { story: untilStop(story, upTo) })}>
        {story && (
          <StoryStrip
            key={chosen}
            sandbox={sandbox}
            story={story}
            onUpTo={setUpTo}
            {...(upTo !== undefined && { upTo })}
          />
        )}
      </DiagramFigure>
      <SendForm sandbox={sandbox} text={text.add} onSend={send} />
      <div class="bench">
        <section class="parcels" aria-label={text.parcels}>
          <h2>{text.parcels}</h2>
          {stories.length === 0 && <p class="quiet">{text.noParcels}</p>}
          <ol>
            {stories.map((one, place) => (
              <li key={place} class={one === story ? 'chosen' : ''}>
                <button
                  type="button"
                  class="parcel"
                  aria-pressed={one === story}
                  aria-label={text.choose(place + 1, `${parcelText(one, words)}. ${endingText(sandbox, one, words)}`)}
                  onClick={() => choose(place)}
                >
                  <span class={`parcel-mark ${isGood(one) ? 'right' : 'wrong'}`} aria-hidden="true">
                    {isGood(one) ? '✓' : '✗'}
                  </span>
                  <span class="mono">{parcelText(one, words)}</span>
                </button>
                <button
                  type="button"
                  class="remove"
                  aria-label={text.removeParcel(place + 1)}
                  onClick={() => {
                    change({ ...sandbox, parcels: removed(sandbox.parcels, place) })
                    setChosen(Math.max(0, chosen - (place <= chosen ? 1 : 0)))
                  }}
                >
                  <span aria-hidden="true">✕</span>
                </button>
              </li>
            ))}
          </ol>
          {story && <StoryView sandbox={sandbox} story={story} {...(upTo !== undefined && { upTo })} />}
        </section>
        <Builder sandbox={sandbox} onChange={change} />
      </div>
    </main>
  )
}
