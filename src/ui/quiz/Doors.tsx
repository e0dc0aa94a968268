import { isLoopback, isWildcard, unmapped } from '../../net/address'
import type { Socket } from '../../net/socket'
import { endpointText } from '../../net/tuple'
import { familyAt } from '../../ports/services'
import type { ServiceFamily } from '../../ports/services'
import type { Bay } from '../../quiz/bays'
import { baysOf } from '../../quiz/bays'
import type { Machine } from '../../quiz/machine'
import { quiz } from '../../words/quiz-screens'

/** So many windows of a door have a label; the others are small lights. */
const LABELLED = 8

interface DoorsProps {
  readonly machine: Machine
  /** The id of the socket that decides. */
  readonly lit?: string
}

/** The picture of doors and windows: a lamp over each listener's door, a lit window beside it for each connection. */
export function Doors({ machine, lit }: DoorsProps) {
  const bays = baysOf(machine)
  return (
    <figure class="doors">
      <ul class="sr-only">
        {bays.map((bay) => (
          <li key={bay.id}>
            {doorText(bay)} {lit === bay.id && quiz.doors.lit} {quiz.doors.windows(bay.windows.length)}
            {bay.windows.length > 0 && (
              <ul>
                {bay.windows.map((socket) => (
                  <li key={socket.id}>
                    {windowText(socket)}. {lit === socket.id && quiz.doors.lit}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {bays.length === 0 && <p class="sr-only">{quiz.doors.none}</p>}
      <div class="facade" aria-hidden="true">
        <div class="facade-roof" />
        <p class="facade-sign">
          {machine.addresses.length === 0 ? (
            <span>{machine.name}</span>
          ) : (
            machine.addresses.map((address) => (
              <span key={address} class="mono">
                {address}
              </span>
            ))
          )}
        </p>
        <div class="bays">
          {bays.map((bay) => (
            <BayPicture key={bay.id} bay={bay} {...(lit !== undefined && { lit })} />
          ))}
          {bays.length === 0 && (
            <div class="bay">
              <div class="bay-door">
                <Door kind="dark" protocol="tcp" plate="" colour={PLAIN} />
              </div>
            </div>
          )}
        </div>
        <div class="facade-street" />
      </div>
    </figure>
  )
}

const doorText = ({ kind, port, protocol, address, program }: Bay): string =>
  kind === 'listening' ? quiz.doors.listener(port, protocol, address, program) : quiz.doors.out(port, protocol)

const windowText = ({ peer, local, state }: Socket): string =>
  peer ? quiz.doors.window(endpointText(peer), endpointText(local), state) : ''

function BayPicture({ bay, lit }: { readonly bay: Bay; readonly lit?: string }) {
  const { id, kind, port, protocol, address, program, windows } = bay
  // Whatever decides has a label, however many there are.
  const first = windows.filter((socket, index) => index < LABELLED || socket.id === lit)
  const others = windows.length - first.length
  return (
    <div class={`bay ${kind} ${windows.length > 4 ? 'wide' : ''}`}>
      <div class={`bay-door ${lit === id ? 'lit' : ''}`}>
        <Door
          kind={kind === 'listening' ? 'listening' : 'dark'}
          protocol={protocol}
          plate={String(port)}
          colour={program ? COLOURS[familyAt(protocol, port)] : PLAIN}
        />
        <span class="bay-name">
          <ProtocolShape protocol={protocol} /> <span class="mono">{protocol}</span>
        </span>
        <span class="bay-address mono">{kind === 'listening' ? address : quiz.doors.calls}</span>
        {kind === 'listening' && (isWildcard(address) || isLoopback(unmapped(address))) && (
          <span class="bay-reach">{isWildcard(address) ? quiz.doors.everywhere : quiz.doors.inside}</span>
        )}
        {program && <span class="bay-program">{program}</span>}
      </div>
      {windows.length > 0 && (
        <div class="panes">
          {first.map((socket) => (
            <WindowPane key={socket.id} socket={socket} lit={socket.id === lit} />
          ))}
          {others > 0 && <span class="pane-more">{quiz.doors.more(others)}</span>}
        </div>
      )}
    </div>
  )
}

/** A window with the remote end as its label; what is no established connection any more, or not yet, is dark and says so. */
function WindowPane({ socket, lit }: { readonly socket: Socket; readonly lit: boolean }) {
  const { peer, state } = socket
  if (!peer) return null
  const dark = state !== 'ESTAB'
  return (
    <span class={`pane ${dark ? 'dark' : ''} ${lit ? 'lit' : ''}`}>
      <span class="pane-address mono">{peer.address}</span>
      <span class="pane-port mono">:{peer.port}</span>
      {dark && <span class="pane-state mono">{state}</span>}
    </span>
  )
}

/** A TCP segment travels as a sealed parcel, a UDP datagram as a postcard. */
export function ProtocolShape({ protocol }: { readonly protocol: 'tcp' | 'udp' }) {
  return protocol === 'tcp' ? (
    <svg class="shape" viewBox="0 0 20 16" aria-hidden="true">
      <path d="M1 1h18v14H1Z" fill="#f4efe1" stroke="#0d1430" stroke-width="1.500" />
      <path d="M1 1l9 8l9 -8" fill="none" stroke="#8a6a1f" stroke-width="1.500" />
      <circle cx="10" cy="8.500" r="2.800" fill="#c0392b" />
    </svg>
  ) : (
    <svg class="shape" viewBox="0 0 20 16" aria-hidden="true">
      <path d="M1 2.500 18.500 1 19 13.500 1.500 15Z" fill="#f4efe1" stroke="#0d1430" stroke-width="1.500" />
      <path d="M4 6h6M4 9h5M13.500 4.500h3v3.500h-3Z" stroke="#8a6a1f" stroke-width="1.400" fill="none" />
    </svg>
  )
}

const PLAIN = '#5f7fc4'
/** The colour of the doors of each family of services. */
export const COLOURS: Readonly<Record<ServiceFamily, string>> = {
  web: '#56b4e9',
  remote: '#e69f00',
  database: '#2fbf8f',
  mail: '#d58bc0',
  naming: '#d9cf3f',
  files: '#6f8cff',
  directory: '#9ad0b0',
  monitoring: '#d0896a',
  messaging: '#b79be8',
  orchestration: '#7fb8c9',
  other: PLAIN,
}

const ARCH = 'M16 150V62a34 34 0 0 1 68 0v88Z'
const JOINTS =
  'M7 78h9M84 78h9M7 104h9M84 104h9M7 130h9M84 130h9M24 30l6 7M76 30l-6 7M12 48l8 4M88 48l-8 4M38 21l3 8M62 21l-3 8'

interface DoorProps {
  readonly kind: 'listening' | 'dark'
  readonly protocol: 'tcp' | 'udp'
  readonly plate: string
  readonly colour: string
}

/** A door of the picture, with the lamp that says whether somebody waits behind it. UDP doors have a letter slot. */
function Door({ kind, protocol, plate, colour }: DoorProps) {
  const lit = kind === 'listening'
  return (
    <svg class="bay-arch" viewBox="-4 -22 108 186">
      {lit && <circle cx="50" cy="-2" r="46" fill="url(#home-glow)" />}
      <path d="M47 -20h6v7h-6Z" fill="#0b1029" />
      <path d="M43 -14h14l4 17H39Z" fill={lit ? '#fff0c8' : '#333e72'} stroke="#0b1029" stroke-width="2" />
      <path d="M6 150V62a44 44 0 0 1 88 0v88Z" fill="url(#home-stone)" />
      <path d={JOINTS} stroke="#1c2550" stroke-opacity=".75" stroke-width="1.500" />
      <path d="M44 14h12l-2.500 15h-7Z" fill="#8090d2" stroke="#1c2550" stroke-opacity=".6" />
      <path d={ARCH} fill={lit ? colour : '#1a2346'} />
      <path d={ARCH} fill="url(#home-shade)" />
      <path d="M20 60a30 30 0 0 1 60 0Z" fill={lit ? 'url(#home-lit)' : 'url(#home-glass)'} />
      <path d="M50 60V30M50 60 28 42M50 60 72 42M16 61.500h68" stroke="#0d1430" stroke-width="2.400" />
      {protocol === 'udp' ? (
        <>
          <path d="M28 106h44v36H28Z" fill="#0d1430" fill-opacity=".18" stroke="#0d1430" stroke-opacity=".45" />
          <rect x="32" y="114" width="36" height="12" rx="3" fill="url(#home-brass)" stroke="#8a6a1f" />
          <path d="M37 118.500h26v3.500H37Z" fill="#150f04" />
        </>
      ) : (
        <>
          <path
            d="M23 106h21v36H23ZM56 106h21v36H56Z"
            fill="#0d1430"
            fill-opacity=".18"
            stroke="#0d1430"
            stroke-opacity=".45"
            stroke-width="1.500"
          />
          <path d="M50 62v88" stroke="#0d1430" stroke-opacity=".55" stroke-width="1.500" />
          <circle cx="45" cy="112" r="3" fill={lit ? '#ffe2a0' : '#6b6f86'} />
        </>
      )}
      <path d="M0 150h100v6H0ZM-4 157h108v7H-4Z" fill="#4f5e9f" />
      <path d="M0 150h100M-4 157h108" stroke="#8090d2" stroke-width="1.200" />
      {plate !== '' && (
        <>
          <rect x="9" y="70" width="82" height="29" rx="4" fill="#000" opacity=".35" transform="translate(0 2)" />
          <rect
            x="9"
            y="70"
            width="82"
            height="29"
            rx="4"
            fill={lit ? 'url(#home-brass)' : '#3d4263'}
            stroke={lit ? '#8a6a1f' : '#5a6188'}
            stroke-width="1.500"
          />
          <path
            d="M14 84.500h.01M86 84.500h.01"
            stroke={lit ? '#6b4e14' : '#888fb2'}
            stroke-width="3"
            stroke-linecap="round"
          />
          <text x="50" y="92" text-anchor="middle" class="bay-plate" fill={lit ? '#231a06' : '#d3d9ee'}>
            {plate}
          </text>
        </>
      )}
    </svg>
  )
}
