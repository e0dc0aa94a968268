import type { ComponentChildren } from 'preact'
import { words } from '../../words'

/** In which order the windows light up: here and there, as in a real house. */
const ORDER = [4, 10, 1, 15, 7, 12, 3, 17, 9, 0, 14, 6, 11, 2, 16, 8, 13, 5]

/** What a lit window shows: curtains, the porter, a plant, the cat. */
const SCENES = [
  'M8 8h7q-1 18 -7 24ZM32 8h-7q1 18 7 24Z',
  'M20 20a4.500 4.500 0 1 1 .01 0ZM10 44v-8q1 -11 10 -12q9 1 10 12v8Z',
  'M16 44v-8h8v8ZM20 37q-9 -3 -8 -11q7 1 8 9q0 -9 7 -12q1 9 -7 14Z',
  'M9 44q-1 -11 6 -13l1 -6l3 3h4l3 -3l1 8q3 5 2 11Z',
]

export function Casement({ lit, scene }: { readonly lit: boolean; readonly scene: number }) {
  return (
    <svg viewBox="0 0 40 54" class="casement">
      {lit && <ellipse cx="20" cy="26" rx="38" ry="42" fill="url(#home-glow)" opacity=".6" />}
      <path d="M1 1h38v6H1Z" fill="#5363a6" />
      <path d="M5 7h30v39H5Z" fill="#0b1029" />
      <path d="M7.500 9h25v35h-25Z" fill={lit ? 'url(#home-lit)' : 'url(#home-glass)'} />
      {lit && <path d={SCENES[scene % SCENES.length] ?? ''} fill="#8a4f16" opacity=".5" />}
      <path d="M20 9v35M7 23h26" stroke="#0b1029" stroke-width="2.600" />
      <path d="M1 46h38v5H1Z" fill="#6576bd" />
      <path d="M3 51h34v2H3Z" fill="#1c2550" />
    </svg>
  )
}

/** Ridge, chimneys, the cat, and the sign that is switched on with the first star. */
function Rooftop({ lit }: { readonly lit: boolean }) {
  return (
    <svg class={`rooftop ${lit ? 'lit' : ''}`} viewBox="0 0 800 88" aria-hidden="true">
      <g class="smoke" fill="#aab6dc">
        <circle cx="128" cy="12" r="7" />
        <circle cx="134" cy="10" r="9" />
        <circle cx="126" cy="8" r="8" />
      </g>
      <path d="M104 78V26h52v52Z" fill="#26315f" />
      <path d="M104 78V26h16v52Z" fill="#34417a" />
      <path d="M98 18h64v9H98Z" fill="#4656a0" />
      <path d="M112 18v-7h10v7M138 18v-7h10v7" fill="#1c2550" stroke="#1c2550" />
      <path d="M664 78V42h38v36Z" fill="#222c58" />
      <path d="M659 35h48v8h-48Z" fill="#3d4c8a" />
      {/* Left of the middle: over the right end stands the count of stars. */}
      <g transform="translate(-40)">
        <path d="M232 78V52M332 78V52M400 78V52M468 78V52M568 78V52M214 62H586" stroke="#2b3866" stroke-width="3" />
        <path d="M232 78l50 -26l50 26l50 -26M418 52l50 26l50 -26l50 26" stroke="#222d58" stroke-width="2" fill="none" />
        {lit && <ellipse cx="400" cy="38" rx="300" ry="62" fill="url(#home-glow)" opacity=".5" />}
        <text class="sign" x="400" y="56" text-anchor="middle" textLength="400">
          PORT AUTHORITY
        </text>
      </g>
      <path d="M34 88l10 -12H756l10 12Z" fill="#5a6ab2" />
      <path d="M44 76H756" stroke="#8493d6" stroke-width="1.500" opacity=".7" />
      <g fill="#080d20">
        <path d="M612 77q-3 -17 8 -20l1 -8l5 4h5l5 -4l1 9q1 7 -4 9q2 5 1 10Z" />
        <path
          class="tail"
          d="M613 75q-13 1 -12 -13"
          fill="none"
          stroke="#080d20"
          stroke-width="4"
          stroke-linecap="round"
        />
        <circle cx="625" cy="58" r="1.300" fill="#ffd479" />
        <circle cx="632" cy="58" r="1.300" fill="#ffd479" />
      </g>
    </svg>
  )
}

/** The cornice with one lamp for each star there is to earn. */
function Cornice({ stars, all }: { readonly stars: number; readonly all: number }) {
  return (
    <div class="cornice" aria-hidden="true">
      {Array.from({ length: all }, (_, lamp) => (
        <i key={lamp} class={lamp < stars ? 'lit' : ''} />
      ))}
    </div>
  )
}

interface HouseProps {
  readonly stars: number
  readonly all: number
  /** What stands under the roof: the way to the archive, or nothing but slates. */
  readonly attic: ComponentChildren
  /** Storeys without doors between the cornice and the floors. */
  readonly empty: boolean
  /** The floors, from the highest to the one at the street. */
  readonly children: ComponentChildren
}

/** The house at night: each star earned lights a lamp of the cornice and a window of the empty storeys. */
export function House({ stars, all, attic, empty, children }: HouseProps) {
  const lit = new Set(ORDER.slice(0, Math.round((stars / all) * ORDER.length)))
  return (
    <>
      <Rooftop lit={stars > 0} />
      {attic}
      <Cornice stars={stars} all={all} />
      {empty && (
        <div class="storeys" aria-hidden="true">
          {ORDER.map((_, window) => (
            <Casement key={window} lit={lit.has(window)} scene={window * 7 + 1} />
          ))}
        </div>
      )}
      {children}
      <div class="plinth" aria-hidden="true" />
      <svg class="street-lamp" viewBox="0 0 80 260" aria-hidden="true">
        <circle cx="40" cy="34" r="92" fill="url(#home-glow)" opacity=".75" />
        <path d="M28 44 8 260h64L52 44Z" fill="url(#home-cone)" opacity=".22" />
        <path d="M37 50h6l2 200h-10Z" fill="#080d20" />
        <path d="M26 250h28l4 10H22ZM32 120h16v5H32ZM30 54h20v5H30Z" fill="#080d20" />
        <path d="M28 22h24l-4 32H32Z" fill="#ffe9b8" stroke="#080d20" stroke-width="3" />
        <path d="M24 23 40 8l16 15ZM38 2h4v8h-4Z" fill="#080d20" />
      </svg>
    </>
  )
}

/** The doorway's stones: joints of the arch and of its jambs. */
const JOINTS = [20, 45, 70, 110, 135, 160]
  .map((degrees) => {
    const angle = (degrees * Math.PI) / 180
    const [x, y] = [Math.cos(angle), Math.sin(angle)]
    return `M${50 + 31 * x} ${78 - 31 * y}L${50 + 40 * x} ${78 - 40 * y}`
  })
  .concat(['M10 78h9M81 78h9M10 100h9M81 100h9M10 122h9M81 122h9M10 144h9M81 144h9'])
  .join('')

const ARCH = 'M19 162V78a31 31 0 0 1 62 0v84Z'

/** `dark`: nobody is in. `lit`: the lamp is on. `open`: the door stands open and light falls on the steps. */
export type DoorwayState = 'dark' | 'lit' | 'open'

interface DoorwayProps {
  readonly label: string
  readonly state: DoorwayState
  readonly colour: string
  readonly grand?: boolean
}

/** A doorway as a picture: lamp, stone arch, fanlight, brass plate, steps. */
export function Doorway({ label, state, colour, grand = false }: DoorwayProps) {
  const lit = state !== 'dark'
  return (
    <svg viewBox="0 0 100 178" class="doorway" aria-hidden="true">
      {lit && <circle cx="50" cy="18" r="52" fill="url(#home-glow)" />}
      <path d="M50 2v8" stroke="#0b1029" stroke-width="3" />
      <path d="M43 8h14l4 18H39Z" fill={lit ? '#fff0c8' : '#333e72'} stroke="#0b1029" stroke-width="2" />
      <path d="M41 8h18l-4 -5H45Z" fill="#0b1029" />
      <path d="M10 162V78a40 40 0 0 1 80 0v84Z" fill={grand ? 'url(#home-brass)' : 'url(#home-stone)'} />
      <path d={JOINTS} stroke="#1c2550" stroke-opacity={grand ? 0.5 : 0.75} stroke-width="1.500" />
      <path d="M44 34h12l-2.500 15h-7Z" fill={grand ? '#ffe9b8' : '#7485cc'} stroke="#1c2550" stroke-opacity=".6" />
      <path d={ARCH} fill={state === 'open' ? 'url(#home-lit)' : lit ? colour : '#1a2346'} />
      {state === 'open' ? (
        <>
          <path d="M19 162V80l19 7v84Z" fill={colour} />
          <path d="M19 162V80l19 7v84Z" fill="#000" opacity=".28" />
          <path d="M23 128l11 4v26l-11 -5Z" fill="#0d1430" fill-opacity=".22" />
        </>
      ) : (
        <>
          <path d={ARCH} fill="url(#home-shade)" />
          <path
            d="M26 116h18v18H26ZM56 116h18v18H56ZM26 140h18v16H26ZM56 140h18v16H56Z"
            fill="#0d1430"
            fill-opacity=".16"
            stroke="#0d1430"
            stroke-opacity=".42"
            stroke-width="1.500"
          />
          <path d="M50 78v84" stroke="#0d1430" stroke-opacity=".5" stroke-width="1.500" />
          <circle cx="46" cy="137" r="2.600" fill={lit ? '#ffe2a0' : '#6b6f86'} />
        </>
      )}
      <path d="M23 76a27 27 0 0 1 54 0Z" fill={lit ? 'url(#home-lit)' : 'url(#home-glass)'} />
      <path
        d="M50 76V49M50 76 29 59M50 76 71 59M50 76l-25 -6M50 76l25 -6M19 78h62"
        stroke="#0d1430"
        stroke-width="2.500"
      />
      <path d="M4 162h92v7H4ZM-4 170h108v8H-4Z" fill="#4f5e9f" />
      <path d="M4 162h92M-4 170h108" stroke="#8090d2" stroke-width="1.500" />
      {state === 'open' && <path d="M19 162h62l26 16H-7Z" fill="url(#home-cone)" />}
      <rect x="19" y="85" width="62" height="26" rx="4" fill="#000" opacity=".35" transform="translate(0 2)" />
      <rect
        x="19"
        y="85"
        width="62"
        height="26"
        rx="4"
        fill={lit ? 'url(#home-brass)' : '#3d4263'}
        stroke={lit ? '#8a6a1f' : '#5a6188'}
        stroke-width="1.500"
      />
      <path d="M23 98h.01M77 98h.01" stroke={lit ? '#6b4e14' : '#888fb2'} stroke-width="3" stroke-linecap="round" />
      <text x="50" y="105" text-anchor="middle" class="plate-text" fill={lit ? '#231a06' : '#d3d9ee'}>
        {label}
      </text>
    </svg>
  )
}

const BRICKS = Array.from({ length: 9 }, (_row, row) =>
  Array.from({ length: 4 }, (_brick, column) => ({
    x: 10 + column * 22 - (row % 2) * 11,
    y: 44 + row * 13.2,
    fill: ['#6b4250', '#5d3a4b', '#744857', '#644050'][(row * 3 + column) % 4],
  })),
).flat()

/** A doorway that leads nowhere. */
export function BrickedDoorway() {
  return (
    <svg viewBox="-6 30 112 148" class="doorway bricked" aria-hidden="true">
      <clipPath id="bricked-arch">
        <path d={ARCH} />
      </clipPath>
      <path d="M10 162V78a40 40 0 0 1 80 0v84Z" fill="url(#home-stone)" />
      <path d={JOINTS} stroke="#1c2550" stroke-opacity=".75" stroke-width="1.500" />
      <path d={ARCH} fill="#2a2440" />
      <g clip-path="url(#bricked-arch)">
        {BRICKS.map(({ x, y, fill }) => (
          <rect key={`${x} ${y}`} x={x} y={y} width="20.500" height="11.600" rx="1.500" fill={fill} />
        ))}
        <path d={ARCH} fill="url(#home-shade)" />
      </g>
      <path d="M44 34h12l-2.500 15h-7Z" fill="#7485cc" stroke="#1c2550" stroke-opacity=".6" />
      <path d="M4 162h92v7H4ZM-4 170h108v8H-4Z" fill="#4f5e9f" />
      <path d="M4 162h92M-4 170h108" stroke="#8090d2" stroke-width="1.500" />
    </svg>
  )
}

/** The first night: every window is dark, and one door is lit. */
export function FirstNight({ all, onOpen }: { readonly all: number; readonly onOpen: () => void }) {
  return (
    <div class="house first-night" aria-hidden="true" onClick={onOpen}>
      <House stars={0} all={all} attic={<div class="attic" />} empty>
        <div class="ground">
          <p class="address-board">{words.home.address}</p>
          <div class="first-row">
            <Casement lit={false} scene={0} />
            <Casement lit={false} scene={0} />
            <div class="first-door">
              <Doorway label="443" state="lit" colour="#56b4e9" />
            </div>
            <Casement lit={false} scene={0} />
            <Casement lit={false} scene={0} />
          </div>
        </div>
      </House>
      <div class="spill" />
    </div>
  )
}
