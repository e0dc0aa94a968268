import { useMemo, useState } from 'preact/hooks'
import { familyOf } from '../../net/address'
import { exposure } from '../../net/exposure'
import { endpointText } from '../../net/tuple'
import type { Assumption, Pasted } from '../../sandbox/paste'
import { readPaste } from '../../sandbox/paste'
import { writeSandbox } from '../../sandbox/link'
import type { Client, Parcel, Sandbox } from '../../sandbox/sandbox'
import { clientAddress, ownAddresses } from '../../sandbox/sandbox'
import { siteOf } from '../../sandbox/site'
import { isPrivate, knock } from '../../sandbox/story'
import { isGood } from '../../sandbox/tell'
import { sandbox as words } from '../../words/sandbox-screens'
import { sandboxHash } from '../app/route'
import { Said } from '../quiz/Said'
import { DiagramFigure } from './DiagramFigure'
import { EXAMPLE } from './example'
import type { SandboxScreenProps } from './Page'
import { Page } from './Page'
import { SendForm } from './SendForm'
import { StoryStrip, StoryView, untilStop } from './StoryView'

/** What one's own terminal printed, as a building that can be knocked at. Nothing of it leaves the page. */
export function TerminalScreen({ onSettings }: SandboxScreenProps) {
  const text = words.terminal
  const [typed, setTyped] = useState('')
  const pasted = useMemo(() => readPaste(typed), [typed])
  return (
    <Page class="sandbox-terminal" onSettings={onSettings}>
      <main class="sandbox-column">
        <header class="sandbox-head">
          <div>
            <h1 tabIndex={-1}>{text.title}</h1>
            <p class="sandbox-about">{text.about}</p>
          </div>
          <div class="sandbox-ways">
            <a class="secondary" href="#/sandbox">
              {words.screen.title}
            </a>
          </div>
        </header>
        <section class="paste">
          <p class="paste-private">
            <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
              <path
                d="M4 9h12v9H4ZM6.500 9V6a3.500 3.500 0 0 1 7 0v3"
                fill="none"
                stroke="currentColor"
                stroke-width="2"
              />
            </svg>
            {text.private}
          </p>
          <label class="field">
            <span>{text.paste}</span>
            <textarea
              class="mono"
              rows={typed === '' ? 8 : 6}
              spellcheck={false}
              autocomplete="off"
              value={typed}
              onInput={({ currentTarget }) => setTyped(currentTarget.value)}
            />
          </label>
          <p class="quiet paste-tools">
            <Said text={text.tools} />
          </p>
          <p class="paste-ways">
            <button type="button" class={typed === '' ? 'primary' : 'secondary'} onClick={() => setTyped(EXAMPLE)}>
              {text.example}
            </button>
            {typed !== '' && (
              <button type="button" class="secondary" onClick={() => setTyped('')}>
                {text.clear}
              </button>
            )}
          </p>
        </section>
        {typed.trim() !== '' && <Readings pasted={pasted} />}
        {pasted.sandbox ? (
          <Building key={typed} sandbox={pasted.sandbox} />
        ) : (
          <p class="quiet" role="status">
            {typed.trim() === '' ? text.empty : text.nothing}
          </p>
        )}
      </main>
    </Page>
  )
}

/** So many lines that could not be read are shown one by one. */
const MOST_UNREAD = 60

/** What was read, what is taken for granted, and each line that could not be read with the reason. */
function Readings({ pasted }: { readonly pasted: Pasted }) {
  const text = words.terminal
  const { sandbox, listings, lines, unread, assumed } = pasted
  const assumption = (one: Assumption): string =>
    one === 'address' ? text.assumed.address((sandbox && ownAddresses(sandbox)[0]) ?? '') : text.assumed[one]()
  return (
    <section class="readings">
      <p role="status">
        {listings.length > 0 && (
          <strong>{text.read(listings.map((one) => text.listings[one]).join(', '), lines)} </strong>
        )}
        {unread.length === 0 ? text.allRead : text.unreadTitle(unread.length)}
      </p>
      {assumed.length > 0 && (
        <ul class="assumed">
          {assumed.map((one) => (
            <li key={one}>
              <Said text={assumption(one)} />
            </li>
          ))}
        </ul>
      )}
      {unread.length > 0 && (
        <details class="unread" open={unread.length <= 8 || !sandbox}>
          <summary>{text.unreadTitle(unread.length)}</summary>
          <ul>
            {unread.slice(0, MOST_UNREAD).map(({ number, text: line, why, what }) => (
              <li key={number}>
                <span class="unread-number">{text.lineNumber(number)}</span>
                <code>{line.trim()}</code>
                <span>
                  <Said text={text.why[why](what)} />
                </span>
              </li>
            ))}
            {unread.length > MOST_UNREAD && <li>{text.moreUnread(unread.length - MOST_UNREAD)}</li>}
          </ul>
        </details>
      )}
    </section>
  )
}

/** The ends that open to somebody, by what the model says of a first packet to each. */
function opensTo(sandbox: Sandbox, place: number): readonly Pick<Parcel, 'kind' | 'to'>[] {
  const client = sandbox.clients[place]
  return client ? [...doorsTo(sandbox, client), ...servedTo(sandbox, client, place)] : []
}

/** The numbers of Services that lead somewhere: those of the node, and on the node itself the Services' own. */
function servedTo(sandbox: Sandbox, { role }: Client, place: number): readonly Pick<Parcel, 'kind' | 'to'>[] {
  const [own = ''] = ownAddresses(sandbox)
  const ends = sandbox.services.flatMap(({ clusterIP, ports }) =>
    ports.flatMap(({ protocol, port, nodePort }) => [
      ...(nodePort === undefined ? [] : [{ protocol, to: { address: own, port: nodePort } }]),
      ...(role === 'here' ? [{ protocol, to: { address: clusterIP, port } }] : []),
    ]),
  )
  return ends
    .map(({ protocol, to }) => ({ kind: protocol === 'tcp' ? ('syn' as const) : ('udp' as const), to }))
    .filter((one) => isGood(knock(sandbox, { ...one, client: place, sourcePort: 51514 })))
}

function doorsTo(sandbox: Sandbox, client: Client): readonly Pick<Parcel, 'kind' | 'to'>[] {
  const site = siteOf(sandbox)
  const families = client.iif === 'lo' ? ([4, 6] as const) : client.addresses.map(familyOf)
  return [...new Set(families)].flatMap((family) => {
    const address = client.iif === 'lo' ? (family === 4 ? '127.0.0.1' : '::1') : clientAddress(client, family)
    if (address === undefined) return []
    return exposure(site, { address, iif: client.iif })
      .filter(({ endpoint }) => !(client.role === 'internet' && isPrivate(endpoint.address)))
      .map(({ protocol, endpoint }) => ({
        kind: protocol === 'tcp' ? ('syn' as const) : ('udp' as const),
        to: endpoint,
      }))
  })
}

function Building({ sandbox }: { readonly sandbox: Sandbox }) {
  const text = words.terminal
  const [client, setClient] = useState(0)
  const [parcel, setParcel] = useState<Parcel>()
  const [upTo, setUpTo] = useState<number>()
  const who = sandbox.clients[client]
  const open = useMemo(() => opensTo(sandbox, client), [sandbox, client])
  const story = useMemo(() => parcel && knock(sandbox, parcel), [sandbox, parcel])
  const linked = useMemo(() => writeSandbox({ ...sandbox, parcels: parcel ? [parcel] : [] }), [sandbox, parcel])
  const go = (next: Parcel) => {
    setUpTo(undefined)
    setParcel(next)
    setClient(next.client)
  }
  return (
    <>
      <DiagramFigure sandbox={sandbox} name="my-building" {...(story && { story: untilStop(story, upTo) })}>
        {story && <StoryStrip sandbox={sandbox} story={story} onUpTo={setUpTo} {...(upTo !== undefined && { upTo })} />}
      </DiagramFigure>
      <section class="vantage" aria-label={text.knock}>
        <fieldset class="chips">
          <legend>{text.from}</legend>
          {sandbox.clients.map((one, index) => (
            <label key={index}>
              <input type="radio" name="vantage" checked={index === client} onChange={() => setClient(index)} />
              <span>{words.roles[one.role]}</span>
            </label>
          ))}
        </fieldset>
        {who && (
          <p role="status" class="reach">
            {text.reach(words.roles[who.role], open.length)}
          </p>
        )}
        <ul class="open-doors" aria-label={text.door}>
          {open.slice(0, 60).map(({ kind, to }) => (
            <li key={`${kind} ${endpointText(to)}`}>
              <button type="button" class="door-chip" onClick={() => go({ client, kind, sourcePort: 51514, to })}>
                <span class="mono">{endpointText(to)}</span> <small>{kind === 'syn' ? 'tcp' : 'udp'}</small>
              </button>
            </li>
          ))}
        </ul>
        <SendForm sandbox={sandbox} text={text.knock} onSend={go} />
      </section>
      {story && <StoryView sandbox={sandbox} story={story} {...(upTo !== undefined && { upTo })} />}
      <p class="sandbox-ways">
        {'code' in linked ? (
          <a class="secondary" href={sandboxHash(linked.code)}>
            {text.sandbox}
          </a>
        ) : (
          <span class="quiet">{text.tooLarge}</span>
        )}
      </p>
    </>
  )
}
