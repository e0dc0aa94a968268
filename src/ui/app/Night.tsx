import { random } from '../../shift/random'

/** The night over the town: stars, moon, two rows of roofs, the wet street. Drawn once, the same every night. */
const dice = random(7)

const STARS = Array.from({ length: 130 }, () => ({
  x: dice.next() * 1600,
  y: dice.next() ** 1.4 * 560,
  r: 0.5 + dice.next() * 1.2,
  opacity: 0.25 + dice.next() * 0.7,
}))

interface House {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly gable: boolean
  readonly windows: readonly { readonly x: number; readonly y: number; readonly opacity: number }[]
}

const row = (base: number, tallest: number, count: number): readonly House[] =>
  Array.from({ length: count }, (_, index) => {
    const width = 1700 / count + 2
    const x = index * (1700 / count) - 50
    const y = base - tallest * (0.35 + dice.next() * 0.65)
    const windows = Array.from({ length: 8 }, (_window, place) => ({
      x: x + 10 + (place % 4) * 16,
      y: y + 18 + Math.floor(place / 4) * 24,
      opacity: dice.next() < 0.3 ? 0.18 + dice.next() * 0.4 : 0,
    })).filter(({ opacity, x: left }) => opacity > 0 && left < x + width - 12)
    return { x, y, width, gable: dice.next() < 0.5, windows }
  })

const FAR = row(640, 190, 24)
const NEAR = row(690, 150, 17)

function Houses({ houses, fill }: { readonly houses: readonly House[]; readonly fill: string }) {
  return (
    <g>
      {houses.map(({ x, y, width, gable, windows }) => (
        <g key={x}>
          <path
            d={
              gable
                ? `M${x} 760V${y + 24}L${x + width / 2} ${y}L${x + width} ${y + 24}V760Z`
                : `M${x} 760V${y}H${x + width}V760Z`
            }
            fill={fill}
          />
          {windows.map((window) => (
            <rect
              key={`${window.x} ${window.y}`}
              x={window.x}
              y={window.y + 14}
              width="6"
              height="9"
              fill="#ffd479"
              opacity={window.opacity}
            />
          ))}
        </g>
      ))}
    </g>
  )
}

export function Night({ lit }: { readonly lit: number }) {
  return (
    <svg class="night" viewBox="0 0 1600 900" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <defs>
        <linearGradient id="home-sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stop-color="#060a16" />
          <stop offset=".5" stop-color="#111a3a" />
          <stop offset=".82" stop-color="#27356b" />
        </linearGradient>
        <linearGradient id="home-street" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stop-color="#1d2850" />
          <stop offset="1" stop-color="#090e1d" />
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
        <linearGradient id="home-shade" x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stop-color="#000" stop-opacity=".35" />
          <stop offset=".4" stop-color="#000" stop-opacity=".05" />
          <stop offset="1" stop-color="#000" stop-opacity=".4" />
        </linearGradient>
      </defs>
      <rect width="1600" height="900" fill="url(#home-sky)" />
      {STARS.map(({ x, y, r, opacity }) => (
        <circle key={`${x}`} cx={x} cy={y} r={r} fill="#dfe7ff" opacity={opacity} />
      ))}
      <circle cx="640" cy="150" r="150" fill="url(#home-glow)" opacity=".35" />
      <circle cx="640" cy="150" r="44" fill="#f6ecd0" />
      <circle cx="624" cy="138" r="9" fill="#e2d5b0" />
      <circle cx="655" cy="166" r="6" fill="#e2d5b0" />
      <circle cx="650" cy="134" r="4" fill="#e6dab8" />
      <Houses houses={FAR} fill="#18224a" />
      <Houses houses={NEAR} fill="#0f1736" />
      <rect y="752" width="1600" height="148" fill="url(#home-street)" />
      <path d="M0 752H1600" stroke="#3a4988" stroke-width="2" opacity=".6" />
      <ellipse cx="1130" cy="800" rx={300 + lit * 6} ry="34" fill="url(#home-glow)" opacity=".5" />
      <ellipse cx="240" cy="826" rx="150" ry="16" fill="url(#home-glow)" opacity=".22" />
    </svg>
  )
}
