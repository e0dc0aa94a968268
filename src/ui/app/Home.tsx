import { useEffect, useRef, useState } from 'preact/hooks'
import { LEVELS } from '../../levels'
import type { Level } from '../../shift/level'
import type { Progress, ProgressStore } from '../../store/progress-store'
import { words } from '../../words'
import { use } from '../use'
import { Night } from './Night'

interface HomeProps {
  readonly progress: ProgressStore
  readonly onPlay: (level: string, mode?: 'calm' | 'rush', skipIntro?: boolean) => void
  readonly onOwn: (file?: File) => void
  readonly onSettings: () => void
  /** The player is likely to start a shift: time to fetch it. */
  readonly onLikely: () => void
}

const starsOf = ({ levels }: Progress, id: string): number => levels[id]?.stars ?? 0

/** A level is open after a star in the one before it; a floor's boss is open to whoever dares. */
export function isOpen(progress: Progress, level: Level): boolean {
  const before = LEVELS[LEVELS.indexOf(level) - 1]
  const boss = LEVELS.find((one) => one.boss && one.floor === level.floor)
  const passed = boss !== undefined && starsOf(progress, boss.id) > 0
  return !before || level.boss || passed || starsOf(progress, before.id) > 0
}

/** Home is the building: its doors are the levels. */
export function Home({ progress, onPlay, onOwn, onSettings, onLikely }: HomeProps) {
  const known = use(progress, (state) => state.progress)
  const [dropping, setDropping] = useState(false)
  const start = useRef<HTMLButtonElement>(null)
  const first = Object.keys(known.levels).length === 0
  const next = LEVELS.find((level) => isOpen(known, level) && starsOf(known, level.id) === 0)
  const stars = LEVELS.reduce((sum, { id }) => sum + starsOf(known, id), 0)
  const goOn = next ?? LEVELS.find(({ id }) => starsOf(known, id) < 3) ?? LEVELS[0]
  const begin = () => goOn && onPlay(goOn.id, 'calm', first)

  useEffect(() => {
    const enter = (event: KeyboardEvent) => {
      const free =
        event.target === document.body || (event.target instanceof HTMLElement && event.target.tagName === 'H1')
      if (event.key === 'Enter' && free) start.current?.click()
    }
    addEventListener('keydown', enter)
    const idle = setTimeout(onLikely, 1500)
    return () => {
      removeEventListener('keydown', enter)
      clearTimeout(idle)
    }
  }, [])

  const drop = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setDropping(true)
    },
    onDragLeave: (event: DragEvent) => {
      if (event.relatedTarget === null) setDropping(false)
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setDropping(false)
      const file = event.dataTransfer?.files[0]
      if (file) onOwn(file)
    },
  }

  return (
    <div class={`home ${first ? 'first' : ''}`} {...drop}>
      <Night lit={stars} />
      <header class="home-bar">
        <p class="brand">
          <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
            <path d="M5 22V11a7 7 0 0 1 14 0v11Z" fill="#56b4e9" stroke="#8fa6ff" stroke-width="1.5" />
            <rect x="4" y="12" width="16" height="5" rx="1.2" fill="#f1c766" />
          </svg>
          {words.home.name}
        </p>
        {!first && (
          <p class="home-stars">
            <span aria-hidden="true">
              ★ <span class="mono">{stars}</span> / <span class="mono">{LEVELS.length * 3}</span>
            </span>
            <span class="sr-only">{words.home.stars(stars, LEVELS.length * 3)}</span>
          </p>
        )}
        <button type="button" class="gear" onClick={onSettings} aria-label={words.home.settings}>
          <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
            <circle cx="12" cy="12" r="3.2" fill="none" stroke="currentColor" stroke-width="2" />
            <path
              d="M12 2.500v3M12 18.500v3M2.500 12h3M18.500 12h3M5.300 5.300l2.100 2.100M16.600 16.600l2.100 2.100M18.700 5.300l-2.100 2.100M7.400 16.600l-2.100 2.100"
              stroke="currentColor"
              stroke-width="2.400"
              stroke-linecap="round"
            />
          </svg>
        </button>
      </header>
      <main class="home-main">
        <div class="home-words">
          <h1 tabIndex={-1}>{first ? words.home.first : words.home.headline}</h1>
          <p class="home-about">{words.home.about}</p>
          <button
            type="button"
            class="primary start"
            ref={start}
            onClick={begin}
            onMouseEnter={onLikely}
            onFocus={onLikely}
          >
            <span>
              {first || !goOn
                ? words.home.start
                : next
                  ? words.home.goOn(goOn.id, words.levels(goOn.id).title)
                  : words.home.again(goOn.id, words.levels(goOn.id).title)}
            </span>
            <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
              <path d="M5 2.500l12 7.500-12 7.500Z" fill="currentColor" />
            </svg>
          </button>
          <p class="home-enter">{words.home.startHint}</p>
          <button type="button" class="own-card" onClick={() => onOwn()}>
            <strong>{words.home.own}</strong>
            <span>{words.home.ownAbout}</span>
          </button>
        </div>
        {first ? <FirstDoor onPlay={begin} /> : <Building known={known} next={next} onPlay={onPlay} onOwn={onOwn} />}
      </main>
      {dropping && (
        <div class="drop-veil" aria-hidden="true">
          <p>{words.home.drop}</p>
        </div>
      )}
    </div>
  )
}

/** A doorway as a picture: arch, lamp, brass plate. */
function DoorPicture({
  label,
  lit,
  colour,
}: {
  readonly label: string
  readonly lit: boolean
  readonly colour: string
}) {
  return (
    <svg viewBox="0 0 84 150" class="door-picture" aria-hidden="true">
      {lit && <circle cx="42" cy="16" r="40" fill="url(#home-glow)" />}
      <path d="M37 8h10l4 14H33Z" fill={lit ? '#ffe9b8' : '#3a4680'} stroke="#0d1430" stroke-width="1.500" />
      <path d="M-1 148V62a43 43 0 0 1 86 0v86Z" transform="translate(4.200 4) scale(.9 1)" fill="#4a599b" />
      <path d="M9 150V64a33 33 0 0 1 66 0v86Z" fill={lit ? colour : '#151d3c'} />
      <path d="M9 150V64a33 33 0 0 1 66 0v86Z" fill="url(#home-shade)" />
      <path
        d="M16 108h22v32H16ZM46 108h22v32H46ZM42 34v116"
        fill="#0d143022"
        stroke="#0d1430"
        stroke-opacity=".4"
        stroke-width="1.500"
      />
      <circle cx="67" cy="98" r="3" fill="#e9b850" />
      <rect x="12" y="66" width="60" height="28" rx="4" fill={lit ? 'url(#home-brass)' : '#4a4a58'} stroke="#8a6a1f" />
      <text x="42" y="87" text-anchor="middle" class="plate-text" fill={lit ? '#231a06' : '#c4cbe4'}>
        {label}
      </text>
    </svg>
  )
}

function FirstDoor({ onPlay }: { readonly onPlay: () => void }) {
  return (
    <div class="first-house" aria-hidden="true" onClick={onPlay}>
      <div class="roof" />
      <div class="first-wall">
        <p class="address-board mono">192.0.2.10</p>
        <div class="first-door">
          <DoorPicture label="443" lit colour="#56B4E9" />
        </div>
      </div>
    </div>
  )
}

const COLOURS = ['#56B4E9', '#E69F00', '#2fbf8f', '#d58bc0', '#b9b03a', '#6f8cff']

interface BuildingProps {
  readonly known: Progress
  readonly next: Level | undefined
  readonly onPlay: HomeProps['onPlay']
  readonly onOwn: HomeProps['onOwn']
}

/** The house at night. Its upper storeys light up with every star. */
function Building({ known, next, onPlay, onOwn }: BuildingProps) {
  const stars = LEVELS.reduce((sum, { id }) => sum + starsOf(known, id), 0)
  return (
    <section class="house" aria-label={words.home.building}>
      <div class="roof" />
      <button type="button" class="attic" onClick={() => onOwn()}>
        <span class="attic-name">
          <span class="floor-name">{words.home.archive}</span>
          <strong>
            <span class="mono">7.4</span> {words.home.own}
          </strong>
        </span>
        <svg viewBox="0 0 60 44" class="attic-window" aria-hidden="true">
          <circle cx="30" cy="24" r="30" fill="url(#home-glow)" opacity=".8" />
          <path d="M8 42V24a22 22 0 0 1 44 0v18Z" fill="#ffd479" stroke="#10183a" stroke-width="3" />
          <path d="M30 3v39M9 27h42" stroke="#10183a" stroke-width="3" />
        </svg>
      </button>
      <div class="storeys" aria-hidden="true">
        {Array.from({ length: 18 }, (_, window) => (
          <i key={window} class={window < stars ? 'lit' : ''} />
        ))}
      </div>
      <div class="ground">
        <p class="floor-name">
          <span class="mono">1</span> {words.home.floor}
          <span class="floor-about">{words.home.floorAbout}</span>
        </p>
        <ol class="level-doors">
          {LEVELS.map((level, index) => {
            const open = isOpen(known, level)
            const won = starsOf(known, level.id)
            const { title } = words.levels(level.id)
            const before = LEVELS[index - 1]
            return (
              <li key={level.id}>
                <button
                  type="button"
                  class={`level-door ${open ? 'open' : 'locked'} ${level === next ? 'next' : ''}`}
                  aria-disabled={!open}
                  onClick={() => open && onPlay(level.id)}
                >
                  <DoorPicture label={level.id} lit={open} colour={COLOURS[index] ?? '#56B4E9'} />
                  <span class="level-title">
                    <span>
                      <span class="sr-only">{level.id} </span>
                      {title}
                      <span class="sr-only">{words.home.levelState(open, won, before?.id ?? '', level.boss)}</span>
                    </span>
                  </span>
                  <span class="level-stars" aria-hidden="true">
                    {[1, 2, 3].map((star) => (
                      <span key={star} class={star <= won ? 'won' : ''}>
                        ★
                      </span>
                    ))}
                  </span>
                </button>
              </li>
            )
          })}
        </ol>
      </div>
    </section>
  )
}
