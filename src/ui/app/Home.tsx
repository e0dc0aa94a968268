import { useEffect, useRef, useState } from 'preact/hooks'
import { LEVELS } from '../../levels'
import type { Level } from '../../shift/level'
import type { Progress, ProgressStore } from '../../store/progress-store'
import { words } from '../../words'
import { use } from '../use'
import type { DoorwayState } from './House'
import { Casement, Doorway, FirstNight, House } from './House'
import { Brand, Gear, Nav } from './Nav'
import { Moon, Sky, Skyline } from './Night'
import { TodayCard } from './TodayCard'
import { isOpen, nextLevel } from './open-levels'
import './home.css'

interface HomeProps {
  readonly progress: ProgressStore
  readonly onPlay: (level: string, mode?: 'calm' | 'rush', skipIntro?: boolean) => void
  readonly onOwn: (file?: File) => void
  readonly onSettings: () => void
  /** The player is likely to start a shift: time to fetch it. */
  readonly onLikely: () => void
}

const starsOf = ({ levels }: Progress, id: string): number => levels[id]?.stars ?? 0

/** Home is the building: its doors are the levels. */
export function Home({ progress, onPlay, onOwn, onSettings, onLikely }: HomeProps) {
  const known = use(progress, (state) => state.progress)
  const [dropping, setDropping] = useState(false)
  const start = useRef<HTMLButtonElement>(null)
  const first = Object.keys(known.levels).length === 0
  const next = nextLevel(LEVELS, known.levels)
  const stars = LEVELS.reduce((sum, { id }) => sum + starsOf(known, id), 0)
  const goOn = next ?? LEVELS.find(({ id }) => starsOf(known, id) < 3) ?? LEVELS[0]
  // Whoever has every star goes on where there is no end.
  const done = LEVELS.every(({ id }) => starsOf(known, id) === 3)
  const begin = () => {
    if (done) location.hash = '#/night'
    else if (goOn) onPlay(goOn.id, 'calm', first)
  }

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
    <>
      <Sky />
      <div class={`home ${first ? 'first' : FLOORS.length > 2 ? 'high' : ''}`} {...drop}>
        <Moon />
        <header class="home-bar">
          <Brand />
          <Nav here="play" />
          {!first && (
            <p class="home-stars">
              <span aria-hidden="true">
                ★ <span class="mono">{stars}</span> / <span class="mono">{LEVELS.length * 3}</span>
              </span>
              <span class="sr-only">{words.home.stars(stars, LEVELS.length * 3)}</span>
            </p>
          )}
          <Gear onSettings={onSettings} />
        </header>
        <main class="home-main">
          <div class="home-words">
            <h1 tabIndex={-1}>{first ? words.home.first : done ? words.home.allLit : words.home.headline}</h1>
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
                  : done
                    ? words.home.modes.night.title
                    : next
                      ? words.home.goOn(goOn.id, words.levels(goOn.id).title)
                      : words.home.again(goOn.id, words.levels(goOn.id).title)}
              </span>
              <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
                <path d="M5 2.500l12 7.500-12 7.500Z" fill="currentColor" />
              </svg>
            </button>
            <p class="home-enter">{words.home.startHint}</p>
            {!first && <TodayCard />}
            <button type="button" class="own-card" onClick={() => onOwn()}>
              <strong>{words.home.own}</strong>
              <span>{words.home.ownAbout}</span>
            </button>
            {!first && (
              <p class="mode-links">
                {(['night', 'log'] as const).map((mode) => (
                  <ModeLink key={mode} href={`#/${mode}`} {...words.home.modes[mode]} />
                ))}
                <ModeLink href="#/sandbox" title={words.nav.sandbox} about={words.nav.sandboxAbout} />
                <ModeLink href="#/build" {...words.home.modes.build} />
              </p>
            )}
          </div>
          <div class="site">
            <Skyline />
            <div class="street" aria-hidden="true" />
            {first ? (
              <FirstNight all={LEVELS.length * 3} onOpen={begin} />
            ) : (
              <Building known={known} next={next} goOn={goOn} onPlay={onPlay} onOwn={onOwn} />
            )}
          </div>
        </main>
      </div>
      {dropping && (
        <div class="drop-veil" aria-hidden="true">
          <p>{words.home.drop}</p>
        </div>
      )}
    </>
  )
}

interface ModeLinkProps {
  readonly href: string
  readonly title: string
  readonly about: string
}

const ModeLink = ({ href, title, about }: ModeLinkProps) => (
  <a href={href}>
    <strong>{title}</strong>
    <span>{about}</span>
  </a>
)

const COLOURS = ['#56B4E9', '#E69F00', '#2fbf8f', '#d58bc0', '#b9b03a', '#6f8cff']

interface BuildingProps {
  readonly known: Progress
  readonly next: Level | undefined
  /** The level that the large button starts: its floor is the one drawn largest. */
  readonly goOn: Level | undefined
  readonly onPlay: HomeProps['onPlay']
  readonly onOwn: HomeProps['onOwn']
}

/** The floors that have levels, from the street up. */
const FLOORS = [...new Set(LEVELS.map(({ floor }) => floor))].toSorted((a, b) => a - b)

/** The house with its ways in: a storey for each floor of the campaign, the archive under the roof. */
function Building({ known, next, goOn, onPlay, onOwn }: BuildingProps) {
  const stars = LEVELS.reduce((sum, { id }) => sum + starsOf(known, id), 0)
  const attic = (
    <button type="button" class="attic" onClick={() => onOwn()}>
      <span class="attic-name">
        <span class="floor-name">{words.home.archive}</span>
        <strong>
          <span class="mono">7.4</span> {words.home.own}
        </strong>
      </span>
      <svg viewBox="0 0 70 62" class="attic-window" aria-hidden="true">
        <circle cx="35" cy="34" r="46" fill="url(#home-glow)" opacity=".7" />
        <path d="M4 62V26L35 2l31 24v36Z" fill="#222c58" />
        <path d="M0 28 35 1l35 27" fill="none" stroke="#7485cc" stroke-width="4" />
        <path d="M16 60V38a19 19 0 0 1 38 0v22Z" fill="url(#home-lit)" stroke="#0b1029" stroke-width="3" />
        <path d="M22 58v-11h5v-4h6v6h4v-8h5v11h6v6Z" fill="#8a4f16" opacity=".55" />
        <path d="M35 20v40M16 42h38" stroke="#0b1029" stroke-width="2.500" />
      </svg>
    </button>
  )
  const street = LEVELS.filter(({ floor }) => floor === FLOORS[0])
  return (
    <section class={`house floors-${Math.min(3, FLOORS.length)}`} aria-label={words.home.building}>
      <House stars={stars} all={LEVELS.length * 3} attic={attic} empty={FLOORS.length === 1}>
        {FLOORS.toReversed().map((floor) => (
          <Storey key={floor} floor={floor} known={known} next={next} here={floor === goOn?.floor} onPlay={onPlay} />
        ))}
      </House>
      <div class="reflections" aria-hidden="true">
        {street.map((level) => (
          <i key={level.id} class={level === next ? 'open' : isOpen(LEVELS, known.levels, level.id) ? 'lit' : ''} />
        ))}
      </div>
    </section>
  )
}

interface StoreyProps {
  readonly floor: number
  readonly known: Progress
  readonly next: Level | undefined
  /** This is the floor to go on at. */
  readonly here: boolean
  readonly onPlay: HomeProps['onPlay']
}

/** A floor with its doors: dark until a level of it opens, aglow once each of them has a star. */
function Storey({ floor, known, next, here, onPlay }: StoreyProps) {
  const levels = LEVELS.filter((level) => level.floor === floor)
  const stars = levels.reduce((sum, { id }) => sum + starsOf(known, id), 0)
  const finished = levels.every(({ id }) => starsOf(known, id) > 0)
  const locked = !levels.some(({ id, boss }) => starsOf(known, id) > 0 || (!boss && isOpen(LEVELS, known.levels, id)))
  const state = finished ? 'finished' : locked ? 'locked' : 'open'
  const { name, about } = words.home.floor(floor)
  const flanked = levels.length < 6
  return (
    <section
      class={`storey storey-${floor} ${floor === FLOORS[0] ? 'ground' : ''} ${state} ${here ? 'here' : ''}`}
      aria-label={`${floor} ${name}${words.home.floorState[state]}`}
    >
      <p class="floor-name">
        <span>
          <span class="mono">{floor}</span> {name}
          {locked && <Lock />}
        </span>
        <span class="floor-about">{about}</span>
        {FLOORS.length > 1 && (
          <span class="floor-panes" aria-hidden="true">
            {Array.from({ length: levels.length * 3 }, (_, pane) => (
              <i key={pane} class={finished || pane < stars ? 'lit' : ''} />
            ))}
          </span>
        )}
      </p>
      <div class="storey-row">
        {flanked && <Casement lit={finished} scene={floor} />}
        <ol class={`level-doors ${levels.length === 5 ? 'five' : ''}`} style={{ '--doors': levels.length }}>
          {levels.map((level, index) => (
            <LevelDoor
              key={level.id}
              level={level}
              known={known}
              next={level === next}
              colour={COLOURS[index] ?? '#56B4E9'}
              onPlay={onPlay}
            />
          ))}
        </ol>
        {flanked && <Casement lit={finished} scene={floor + 1} />}
      </div>
    </section>
  )
}

function Lock() {
  return (
    <svg class="lock" viewBox="0 0 12 14" aria-hidden="true">
      <path d="M1 6h10v8H1ZM3 6V4a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" stroke-width="1.600" />
    </svg>
  )
}

interface LevelDoorProps {
  readonly level: Level
  readonly known: Progress
  readonly next: boolean
  readonly colour: string
  readonly onPlay: HomeProps['onPlay']
}

function LevelDoor({ level, known, next, colour, onPlay }: LevelDoorProps) {
  const open = isOpen(LEVELS, known.levels, level.id)
  const won = starsOf(known, level.id)
  const { title } = words.levels(level.id)
  const before = LEVELS[LEVELS.indexOf(level) - 1]?.id ?? ''
  const state: DoorwayState = next ? 'open' : open ? 'lit' : 'dark'
  return (
    <li>
      <button
        type="button"
        class={`level-door ${open ? 'open' : 'locked'} ${next ? 'next' : ''}`}
        aria-disabled={!open}
        onClick={() => open && onPlay(level.id)}
      >
        <Doorway label={level.id} state={state} colour={colour} grand={level.boss} />
        <span class="level-title">
          <span>
            <span class="sr-only">{level.id} </span>
            {title}
            <span class="sr-only">{words.home.levelState(open, won, before, level.boss)}</span>
          </span>
        </span>
        {open ? (
          <span class="level-stars" aria-hidden="true">
            {[1, 2, 3].map((star) => (
              <span key={star} class={star <= won ? 'won' : ''}>
                ★
              </span>
            ))}
          </span>
        ) : (
          <span class="level-after" aria-hidden="true">
            <Lock />
            <span>{words.home.after(before)}</span>
          </span>
        )}
      </button>
    </li>
  )
}
