import { endpointText } from '../../net/tuple'
import type { ServiceFamily } from '../../ports/services'
import type { Door } from '../../shift/door'

const COLOURS: Record<ServiceFamily, string> = {
  web: '#56B4E9',
  remote: '#E69F00',
  database: '#2fbf8f',
  mail: '#d58bc0',
  naming: '#c9bf3c',
  files: '#6f8cff',
  directory: '#9ad0b0',
  monitoring: '#d0896a',
  messaging: '#b79be8',
  orchestration: '#7fb8c9',
  other: '#9aa6cc',
}

/** How many windows of a door are drawn; the rest is a number. */
const WINDOWS = 12

interface HousePictureProps {
  readonly doors: readonly Door[]
  readonly address: string
  readonly streak: number
}

/** The building as it was when the shift ended: its doors, and a lit window for each connection. */
export function HousePicture({ doors, address, streak }: HousePictureProps) {
  const columns = Math.min(5, Math.max(3, Math.ceil(doors.length / 2)))
  const rows = Math.ceil(doors.length / columns)
  const cell = 520 / columns
  const height = 130 + rows * 170
  return (
    <svg viewBox={`0 0 600 ${height + 60}`} class="house-picture" aria-hidden="true">
      <defs>
        <radialGradient id="result-glow">
          <stop offset="0" stop-color="#ffd479" stop-opacity=".7" />
          <stop offset="1" stop-color="#ffb84a" stop-opacity="0" />
        </radialGradient>
        <linearGradient id="result-wall" x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stop-color="#2b3768" />
          <stop offset=".5" stop-color="#38467f" />
          <stop offset="1" stop-color="#232d58" />
        </linearGradient>
        <pattern id="result-brick" width="34" height="18" patternUnits="userSpaceOnUse">
          <path d="M0 .5H34M0 9.500H34M8.500 0V9M25.500 9V18" stroke="#1c2550" stroke-opacity=".6" fill="none" />
        </pattern>
      </defs>
      <ellipse cx="300" cy={height + 18} rx="290" ry="34" fill="url(#result-glow)" opacity=".55" />
      <rect x="28" y="52" width="544" height={height - 46} fill="url(#result-wall)" />
      <rect x="28" y="52" width="544" height={height - 46} fill="url(#result-brick)" />
      <path d="M8 56 34 26H566L592 56Z" fill="#4656a0" />
      <rect x="8" y="54" width="584" height="8" fill="#1c2550" />
      {Array.from({ length: 20 }, (_, lamp) => (
        <circle key={lamp} cx={44 + lamp * 27} cy="42" r="4.500" fill={lamp < streak ? '#ffd479' : '#27315f'} />
      ))}
      <rect x="150" y="76" width="300" height="32" rx="4" fill="#10183a" stroke="#b3832f" stroke-width="2" />
      <text x="300" y="98" text-anchor="middle" class="board-text">
        {address}
      </text>
      {doors.map((door, index) => {
        const inRow = index >= columns * (rows - 1) ? doors.length - columns * (rows - 1) : columns
        const x = 40 + ((columns - inRow) * cell) / 2 + (index % columns) * cell + cell / 2 - 26
        const y = 128 + Math.floor(index / columns) * 170
        const lit = door.kind === 'listening'
        const shown = door.windows.slice(0, WINDOWS)
        return (
          <g key={door.id}>
            {shown.map((socket, place) => (
              <rect
                key={socket.id}
                x={x - 8 + (place % 4) * 18}
                y={y + Math.floor(place / 4) * 15}
                width="13"
                height="11"
                rx="1.500"
                fill="#ffd479"
                stroke="#10183a"
              >
                <title>{socket.peer && endpointText(socket.peer)}</title>
              </rect>
            ))}
            {door.windows.length > WINDOWS && (
              <text x={x + 68} y={y + 40} class="count-text">
                +{door.windows.length - WINDOWS}
              </text>
            )}
            <path
              d={`M${x} ${y + 140}v-56a26 26 0 0 1 52 0v56Z`}
              fill={lit ? COLOURS[door.family] : '#4c3547'}
              stroke="#5f70b8"
              stroke-width="4"
            />
            {!lit && (
              <path
                d={`M${x + 2} ${y + 86}h48M${x + 2} ${y + 100}h48M${x + 2} ${y + 114}h48M${x + 2} ${y + 128}h48M${x + 18} ${y + 86}v14M${x + 36} ${y + 100}v14M${x + 18} ${y + 114}v14`}
                stroke="#2a2440"
                stroke-width="2"
              />
            )}
            <rect
              x={x - 3}
              y={y + 84}
              width="58"
              height="22"
              rx="3"
              fill={lit ? '#f1c766' : '#6d6672'}
              stroke="#8a6a1f"
            />
            <text x={x + 26} y={y + 100} text-anchor="middle" class="plate-text" fill={lit ? '#231a06' : '#fff'}>
              {door.port}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
