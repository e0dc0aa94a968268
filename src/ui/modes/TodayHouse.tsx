import { gridOf } from '../../modes/grid'
import { PACKETS } from '../../modes/today'
import { modes } from '../../words/mode-screens'

const COLUMNS = 10
const ROWS = PACKETS / COLUMNS

/** The house of a day: a window for each packet, lit where it was right at first try. Those still to come are empty frames. */
export function TodayHouse({ tries }: { readonly tries: string }) {
  const text = modes.today
  const rows = gridOf(tries).map((row) => text.lit(row.replaceAll('□', '').length, row.length))
  return (
    <svg
      class="today-house"
      viewBox="0 0 472 412"
      role="img"
      aria-label={tries === '' ? text.dark : text.picture(rows)}
    >
      <defs>
        <linearGradient id="today-wall" x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stop-color="#2c3768" />
          <stop offset=".42" stop-color="#40508f" />
          <stop offset="1" stop-color="#252f5c" />
        </linearGradient>
        <radialGradient id="today-glow">
          <stop offset="0" stop-color="#ffd479" stop-opacity=".55" />
          <stop offset="1" stop-color="#ffb84a" stop-opacity="0" />
        </radialGradient>
      </defs>
      <path d="M14 60 60 14h352l46 46Z" fill="#3a4886" />
      <path d="M14 60 60 14h352l46 46" fill="none" stroke="#8493d6" stroke-width="3" />
      <path d="M92 14V2h30v12M350 14V4h24v10" fill="#26315f" />
      <path d="M22 60h428v334H22Z" fill="url(#today-wall)" />
      <path d="M10 394h452v14H10Z" fill="#5a6ab2" />
      <path d="M10 394h452" stroke="#8f9fe0" stroke-width="2" />
      <path d="M206 394v-34a30 30 0 0 1 60 0v34Z" fill="#1a2346" stroke="#f1c766" stroke-width="3" />
      {Array.from({ length: PACKETS }, (_, at) => {
        const x = 41 + (at % COLUMNS) * 40
        const y = 72 + Math.floor(at / COLUMNS) * ((394 - 72 - 56) / ROWS)
        return <Window key={at} x={x} y={y} state={tries[at]} />
      })}
    </svg>
  )
}

function Window({ x, y, state }: { readonly x: number; readonly y: number; readonly state: string | undefined }) {
  const lit = state === '1'
  return (
    <g class={lit ? 'lit' : state === '0' ? 'missed' : 'empty'}>
      {lit && <ellipse cx={x + 15} cy={y + 17} rx="30" ry="32" fill="url(#today-glow)" />}
      <rect
        x={x}
        y={y}
        width="30"
        height="34"
        rx="2"
        fill={lit ? '#ffd479' : state === '0' ? '#0a0f22' : '#1c264f'}
        stroke={lit ? '#fff1c9' : state === '0' ? '#6b77ad' : '#4c5a9a'}
        stroke-width="2"
      />
      {state === '0' && (
        <path
          d={`M${x + 4} ${y + 8}h22M${x + 4} ${y + 17}h22M${x + 4} ${y + 26}h22`}
          stroke="#6b77ad"
          stroke-width="2"
        />
      )}
      {lit && <path d={`M${x + 15} ${y}v34M${x} ${y + 17}h30`} stroke="#8a5a12" stroke-width="2" />}
    </g>
  )
}
