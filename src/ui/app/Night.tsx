import { random } from '../../shift/random'

/** The night over the town. Drawn from one fixed seed: the same stars and roofs every night. */
const dice = random(7)

const STARS = Array.from({ length: 150 }, (_, index) => ({
  x: dice.next() * 1600,
  y: dice.next() ** 1.4 * 640,
  r: 0.5 + dice.next() * 1.2,
  opacity: 0.25 + dice.next() * 0.7,
  twinkles: index % 9 === 0,
}))

interface Roof {
  readonly outline: string
  readonly windows: readonly { readonly x: number; readonly y: number; readonly opacity: number }[]
}

/** A row of houses along `base`: gables, flat roofs with chimneys, some windows where someone is still up. */
const row = (base: number, tallest: number, count: number, awake: number): readonly Roof[] =>
  Array.from({ length: count }, (_, index) => {
    const width = 3600 / count + 1
    const left = (index * 3600) / count
    const right = left + width
    const top = base - tallest * (0.35 + dice.next() * 0.65)
    const shape = dice.int(0, 3)
    const outline =
      shape === 0
        ? `M${left} 320V${top + 26}L${left + width / 2} ${top - 6}L${right} ${top + 26}V320Z`
        : shape === 1
          ? `M${left} 320V${top + 8}h${width * 0.2}v-16h12v16H${right}V320Z`
          : shape === 2
            ? `M${left} 320V${top + 20}l14 -18H${right - 14}l14 18V320Z`
            : `M${left} 320V${top}H${right}V320Z`
    const windows = Array.from({ length: 12 }, (_window, place) => ({
      x: left + 16 + (place % 4) * ((width - 32) / 4),
      y: top + 40 + Math.floor(place / 4) * 30,
      opacity: dice.next() < awake ? 0.25 + dice.next() * 0.5 : 0,
    })).filter(({ opacity }) => opacity > 0)
    return { outline, windows }
  })

const FAR = row(210, 150, 44, 0.14)
const NEAR = row(260, 120, 31, 0.2)

function Roofs({ roofs, fill, scale }: { readonly roofs: readonly Roof[]; readonly fill: string; scale: number }) {
  return (
    <g>
      {roofs.map(({ outline, windows }) => (
        <g key={outline}>
          <path d={outline} fill={fill} />
          {windows.map(({ x, y, opacity }) => (
            <rect
              key={`${x} ${y}`}
              x={x}
              y={y}
              width={6 * scale}
              height={9 * scale}
              fill="#ffd479"
              opacity={opacity * scale * 0.8}
            />
          ))}
        </g>
      ))}
    </g>
  )
}

/** The roofs of the town, as wide as one likes to make them. */
export function Skyline() {
  return (
    <svg class="skyline" viewBox="0 0 3600 300" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <Roofs roofs={FAR} fill="#1d2858" scale={0.8} />
      <rect y="150" width="3600" height="150" fill="url(#home-mist)" />
      <Roofs roofs={NEAR} fill="#0e1633" scale={1} />
    </svg>
  )
}

/** The sky behind everything, and the colours that the pictures of Home share. */
export function Sky() {
  return (
    <svg class="sky" viewBox="0 0 1600 900" preserveAspectRatio="xMidYMin slice" aria-hidden="true">
      <defs>
        <linearGradient id="home-sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stop-color="#050914" />
          <stop offset=".45" stop-color="#101939" />
          <stop offset=".85" stop-color="#2a3870" />
        </linearGradient>
        <linearGradient id="home-mist" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stop-color="#3a4b8c" stop-opacity="0" />
          <stop offset="1" stop-color="#3a4b8c" stop-opacity=".45" />
        </linearGradient>
        <radialGradient id="home-glow">
          <stop offset="0" stop-color="#ffd479" stop-opacity=".8" />
          <stop offset=".35" stop-color="#ffb84a" stop-opacity=".28" />
          <stop offset="1" stop-color="#ffb84a" stop-opacity="0" />
        </radialGradient>
        <linearGradient id="home-brass" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stop-color="#ffe2a0" />
          <stop offset=".5" stop-color="#e9b850" />
          <stop offset="1" stop-color="#b3832f" />
        </linearGradient>
        <linearGradient id="home-stone" x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stop-color="#3c4a85" />
          <stop offset=".4" stop-color="#5b6bb0" />
          <stop offset="1" stop-color="#38447c" />
        </linearGradient>
        <linearGradient id="home-shade" x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stop-color="#000" stop-opacity=".35" />
          <stop offset=".4" stop-color="#000" stop-opacity=".04" />
          <stop offset="1" stop-color="#000" stop-opacity=".4" />
        </linearGradient>
        <linearGradient id="home-lit" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stop-color="#fff1c9" />
          <stop offset="1" stop-color="#ffc25a" />
        </linearGradient>
        <linearGradient id="home-glass" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stop-color="#2a376c" />
          <stop offset=".45" stop-color="#141c40" />
          <stop offset="1" stop-color="#0f1533" />
        </linearGradient>
        <linearGradient id="home-cone" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stop-color="#ffdf97" stop-opacity=".6" />
          <stop offset="1" stop-color="#ffdf97" stop-opacity="0" />
        </linearGradient>
      </defs>
      <rect width="1600" height="900" fill="url(#home-sky)" />
      {STARS.map(({ x, y, r, opacity, twinkles }) => (
        <circle
          key={`${x}`}
          class={twinkles ? 'twinkle' : ''}
          style={twinkles ? { animationDelay: `${-(x % 7)}s` } : {}}
          cx={x}
          cy={y}
          r={r}
          fill="#dfe7ff"
          opacity={opacity}
        />
      ))}
    </svg>
  )
}

export function Moon() {
  return (
    <svg class="moon" viewBox="0 0 200 200" aria-hidden="true">
      <circle cx="100" cy="100" r="100" fill="url(#home-glow)" opacity=".5" />
      <circle cx="100" cy="100" r="38" fill="#f6ecd0" />
      <path d="M100 62a38 38 0 0 1 0 76a46 46 0 0 0 0 -76Z" fill="#d9caa2" opacity=".5" />
      <circle cx="86" cy="90" r="8" fill="#e2d5b0" />
      <circle cx="112" cy="114" r="6" fill="#dccfa8" />
      <circle cx="106" cy="84" r="3.500" fill="#e6dab8" />
      <circle cx="90" cy="118" r="3" fill="#e2d5b0" />
    </svg>
  )
}

/** The town as it looks from afar, behind pages of words. */
export function Town() {
  return (
    <>
      <Sky />
      <div class="town" aria-hidden="true">
        <Moon />
        <Skyline />
      </div>
    </>
  )
}
