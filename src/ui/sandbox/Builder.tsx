import { useState } from 'preact/hooks'
import { isLoopback } from '../../net/address'
import {
  freshListener,
  removed,
  replaced,
  withAddress,
  withClient,
  withProtocol,
  withoutClient,
} from '../../sandbox/change'
import type { Client, SandboxSocket } from '../../sandbox/sandbox'
import { MOST } from '../../sandbox/sandbox'
import { socketText } from '../../sandbox/tell'
import { sandbox as words } from '../../words/sandbox-screens'
import type { Reading } from './Checked'
import { Checked, Choice, PROTOCOLS, readAddress, readAddresses, readName, readPrefixes, readRealPort } from './Checked'
import { Desk } from './Desk'
import { Gate } from './Gate'
import type { PartProps } from './Piece'
import { Add, Piece, Remove } from './Piece'
import { Street } from './Street'

/** Everything of a sandbox that can be changed, part by part. */
export function Builder({ sandbox, onChange }: PartProps) {
  const text = words.build
  const part = { sandbox, onChange }
  // On a phone the titles alone are long enough.
  const [wide] = useState(() => matchMedia('(min-width: 46rem)').matches)
  return (
    <section class="builder" aria-label={words.screen.build}>
      <h2>{words.screen.build}</h2>
      <details open={wide}>
        <summary>{text.doors}</summary>
        <Doors {...part} />
      </details>
      <details open={wide}>
        <summary>{text.gate}</summary>
        <Gate {...part} />
      </details>
      <details open={sandbox.containers.length > 0 || sandbox.nat !== undefined}>
        <summary>{text.street}</summary>
        <Street {...part} />
      </details>
      <details open={sandbox.services.length > 0}>
        <summary>{text.desk}</summary>
        <Desk {...part} />
      </details>
      <details>
        <summary>{text.clients}</summary>
        <Clients {...part} />
      </details>
    </section>
  )
}

const upper = (text: string): string => text.toUpperCase()

function Doors({ sandbox, onChange }: PartProps) {
  const text = words.build
  const { sockets } = sandbox
  const change = (place: number, socket: SandboxSocket) =>
    onChange({ ...sandbox, sockets: replaced(sockets, place, socket) })
  return (
    <>
      <ul class="pieces">
        {sockets.map((socket, place) => (
          <Piece
            key={place}
            line={
              <>
                <b class={`piece-plate ${socket.peer ? 'window' : ''}`}>{socket.local.port}</b>
                <span>{upper(socket.protocol)}</span>
                <span class="mono">{socket.peer ? socketText({ local: socket.peer }) : socket.local.address}</span>
                <span class="quiet">{socket.peer ? text.window : socket.program}</span>
              </>
            }
            ways={
              <Remove
                label={text.removeSocket(`${socket.protocol} ${socketText(socket)}`)}
                onRemove={() => onChange({ ...sandbox, sockets: removed(sockets, place) })}
              />
            }
          >
            <Choice
              label={text.protocol}
              value={socket.protocol}
              among={PROTOCOLS}
              textOf={upper}
              onValue={(protocol) => change(place, withProtocol(socket, protocol))}
            />
            <Checked
              label={text.bind}
              text={socket.local.address}
              read={readAddress}
              wide
              list="bind-addresses"
              onValue={(address) => change(place, withAddress(socket, address))}
            />
            <Checked
              label={text.port}
              text={String(socket.local.port)}
              read={readRealPort}
              numeric
              onValue={(port) => change(place, { ...socket, local: { ...socket.local, port } })}
            />
            {!socket.peer && (
              <Checked
                label={text.program}
                text={socket.program ?? ''}
                read={readName}
                onValue={(program) => change(place, { ...socket, program })}
              />
            )}
          </Piece>
        ))}
      </ul>
      <datalist id="bind-addresses">
        {['0.0.0.0', '::', '127.0.0.1', '::1'].map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <Add
        text={text.addDoor}
        full={sockets.length >= MOST.sockets}
        onAdd={() => onChange({ ...sandbox, sockets: [...sockets, freshListener(sockets)] })}
      />
    </>
  )
}

/** Who a client may be, besides the machine itself. */
const CLIENT_ROLES = ['internet', 'neighbour', 'inside'] as const

function Clients({ sandbox, onChange }: PartProps) {
  const text = words.build
  const { clients, interfaces } = sandbox
  const [first, ...others] = interfaces
  const change = (place: number, client: Client) => onChange({ ...sandbox, clients: replaced(clients, place, client) })
  return (
    <>
      {first && (
        <div class="row">
          <Checked
            label={text.own}
            text={first.addresses.join(', ')}
            read={readPrefixes}
            wide
            onValue={(addresses) => onChange({ ...sandbox, interfaces: [{ ...first, addresses }, ...others] })}
          />
        </div>
      )}
      <ul class="pieces">
        {clients.map((client, place) =>
          client.role === 'here' ? null : (
            <Piece
              key={place}
              line={
                <>
                  <b>{words.roles[client.role]}</b>
                  <span class="mono">{client.addresses.join(', ')}</span>
                </>
              }
              ways={
                clients.length > 1 && (
                  <Remove
                    label={text.removeClient(client.addresses.join(', '))}
                    onRemove={() => onChange(withoutClient(sandbox, place))}
                  />
                )
              }
            >
              <Choice
                label={text.role}
                value={client.role}
                among={CLIENT_ROLES}
                textOf={(role) => words.roles[role]}
                onValue={(role) => change(place, { ...client, role })}
              />
              <Checked
                label={text.clientAddress(words.roles[client.role])}
                text={client.addresses.join(', ')}
                wide
                read={(said): Reading<string[]> => {
                  const read = readAddresses(said)
                  const inside = 'value' in read ? read.value.find(isLoopback) : undefined
                  return inside === undefined ? read : { fault: words.screen.badAddress(inside) }
                }}
                onValue={(addresses) => change(place, { ...client, addresses })}
              />
              <Choice
                label={words.story.fields.iif}
                value={client.iif}
                among={[...new Set([client.iif, ...interfaces.map(({ name }) => name)])]}
                textOf={(name) => name}
                onValue={(iif) => change(place, { ...client, iif })}
              />
            </Piece>
          ),
        )}
      </ul>
      <Add text={text.addClient} full={clients.length >= MOST.clients} onAdd={() => onChange(withClient(sandbox))} />
    </>
  )
}

/** A button that asks once more before it throws something away. */
export function Sure({
  text,
  sure,
  onSure,
}: {
  readonly text: string
  readonly sure: string
  readonly onSure: () => void
}) {
  const [asked, setAsked] = useState(false)
  return (
    <button
      type="button"
      class="secondary"
      onBlur={() => setAsked(false)}
      onClick={() => {
        setAsked(!asked)
        if (asked) onSure()
      }}
    >
      {asked ? sure : text}
    </button>
  )
}
