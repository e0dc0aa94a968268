import { useState } from 'preact/hooks'
import { openLine } from '../../store/class-client'
import type { HostStore } from '../../store/host-store'
import { createHostStore } from '../../store/host-store'
import { classroom } from '../../words/class-screens'
import { CLASS_HASH, roomHash, wallHash } from '../app/route'
import { use } from '../use'
import { phoneAddress, spoken, useAddresses } from './addresses'
import type { ClassScreenProps } from './ClassPage'
import { ClassPage } from './ClassPage'
import { HostEnd } from './HostEnd'
import { HostRoom } from './HostRoom'
import { Qr } from './Qr'
import { ownRooms } from './rooms'
import { useOpened } from './use-store'

export interface HostScreenProps extends ClassScreenProps {
  readonly code: string
}

/** The teacher's own screen of a room. It is led by whoever has its secret, from the browser that opened it. */
export function HostScreen({ code, ...screen }: HostScreenProps) {
  const [taught] = useState(() => ownRooms().of(code))
  const text = classroom.host
  if (!taught)
    return (
      <ClassPage class="host" onSettings={screen.onSettings}>
        <main class="phone-notice">
          <h1 tabIndex={-1}>{text.unknown}</h1>
          <p>{text.unknownAbout}</p>
          <div class="notice-ways">
            <a class="primary" href={roomHash(code)}>
              {text.joinInstead}
            </a>
            <a class="secondary" href={CLASS_HASH}>
              {text.toClass}
            </a>
          </div>
        </main>
      </ClassPage>
    )
  return <Opened {...screen} code={code} secret={taught.host} />
}

function Opened({ code, secret, ...screen }: HostScreenProps & { readonly secret: string }) {
  const store = useOpened(() => createHostStore({ code, secret, line: openLine(code), now: () => performance.now() }))
  return store ? <Host {...screen} code={code} store={store} /> : null
}

export interface HostProps extends HostScreenProps {
  readonly store: HostStore
}

function Host(props: HostProps) {
  const { code, store, onSettings } = props
  const { view, shut, line, trouble, watch } = use(store, (state) => state)
  const [addresses] = useAddresses()
  const address = phoneAddress(addresses)
  const text = classroom.host
  const wall = watch === undefined ? undefined : new URL(wallHash(code, watch), location.href).href
  const spectators = watch === undefined ? undefined : new URL(wallHash(code, watch), address).href
  return (
    <ClassPage
      class="host"
      onSettings={onSettings}
      place={
        view && (
          <span class="host-place">
            <span class="mono">{code}</span>
            <span>{text.players(view.players)}</span>
          </span>
        )
      }
    >
      <p class={`line-state ${line}`} role="status">
        {shut ? '' : line === 'lost' ? classroom.line.lost : trouble ? classroom.trouble[trouble] : ''}
      </p>
      {shut ? (
        <main class="phone-notice">
          <h1 tabIndex={-1}>{text.gone}</h1>
          <p>{shut === 'gone' ? text.goneAbout : classroom.trouble[shut]}</p>
          <div class="notice-ways">
            <a class="primary" href={CLASS_HASH} onClick={() => ownRooms().remove(code)}>
              {text.toClass}
            </a>
          </div>
        </main>
      ) : !view ? (
        <main class="phone-notice">
          <h1 tabIndex={-1}>{text.title(code)}</h1>
          <p>{classroom.line.connecting}</p>
        </main>
      ) : view.phase === 'ended' ? (
        <HostEnd {...props} />
      ) : (
        <HostRoom {...props} view={view} wall={wall}>
          <HowToJoin code={code} address={address} spectators={spectators} />
        </HostRoom>
      )}
    </ClassPage>
  )
}

interface HowToJoinProps {
  readonly code: string
  readonly address: URL
  readonly spectators: string | undefined
}

/** Code, address and QR code, and the link for those who only watch. */
function HowToJoin({ code, address, spectators }: HowToJoinProps) {
  const text = classroom.host
  const [said, setSaid] = useState<'copied' | 'failed'>()
  const link = new URL(roomHash(code), address).href
  const copy = () => {
    if (spectators === undefined) return
    if (!navigator.clipboard) return setSaid('failed')
    navigator.clipboard.writeText(spectators).then(
      () => setSaid('copied'),
      () => setSaid('failed'),
    )
  }
  return (
    <section class="class-card host-join" aria-label={text.join}>
      <Qr text={link} label={text.qr(link)} />
      <div>
        <p class="host-code mono">{code}</p>
        <p>
          {text.address} <strong class="mono host-address">{spoken(address)}</strong>
        </p>
        <button type="button" class="secondary" onClick={copy} disabled={spectators === undefined}>
          {text.watch}
        </button>
        <p role="status">{said === 'copied' ? text.copied : said === 'failed' ? text.copyFailed : ''}</p>
        {said === 'failed' && (
          <input
            type="text"
            class="mono"
            readOnly
            aria-label={text.watch}
            value={spectators}
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
        )}
      </div>
    </section>
  )
}
