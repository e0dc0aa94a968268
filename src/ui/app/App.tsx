import type { ComponentType } from 'preact'
import { Component } from 'preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { LEVELS, levelById } from '../../levels'
import type { Level } from '../../shift/level'
import type { LinkFault, Recording } from '../../shift/link'
import { readLink, writeLink } from '../../shift/link'
import { inputsOf, resultOf } from '../../shift/rules'
import type { Mode, Shift } from '../../shift/shift'
import { createProgressStore } from '../../store/progress-store'
import { createSettingsStore } from '../../store/settings-store'
import { words } from '../../words'
import type { ShiftScreenProps } from '../shift/ShiftScreen'
import type { ResultScreenProps } from '../result/ResultScreen'
import { use } from '../use'
import type { CaptureScreenProps } from './CaptureScreen'
import { Broken } from './Broken'
import { Home } from './Home'
import { Notices } from './Notices'
import { readRoute, shiftHash } from './route'
import { SettingsDialog } from './SettingsDialog'

/** Storage may be switched off altogether: even asking for it can throw. */
function browserStorage(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}

/** A new seed for a new night: 31 bits from the browser's own source of chance. */
const newSeed = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) >>> 1

const shiftScreen = () => import('../shift/ShiftScreen').then((module) => module.ShiftScreen)
const resultScreen = () => import('../result/ResultScreen').then((module) => module.ResultScreen)
const captureScreen = () => import('./CaptureScreen').then((module) => module.CaptureScreen)

/** Fetches what a shift needs before it is asked for. */
export const prefetchShift = (): void => {
  void shiftScreen()
  void import('../../stage/mount')
}

/** A screen that is fetched when it is first shown. */
function Later<P extends object>({
  load,
  props,
}: {
  readonly load: () => Promise<ComponentType<P>>
  readonly props: P
}) {
  const [Screen, setScreen] = useState<{ readonly view: ComponentType<P> }>()
  useEffect(() => {
    let gone = false
    void load().then((view) => !gone && setScreen({ view }))
    return () => {
      gone = true
    }
  }, [load])
  return Screen ? <Screen.view {...props} /> : <p class="sr-only">{words.shift.loading}</p>
}

/** A mistake of ours in a screen takes that screen away and nothing else. */
class Boundary extends Component<{ readonly children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false }
  static override getDerivedStateFromError() {
    return { broken: true }
  }
  override render() {
    return this.state.broken ? (
      <Broken heading={words.home.crashed.heading} about={words.home.crashed.about} />
    ) : (
      this.props.children
    )
  }
}

interface Finished {
  readonly shift: Shift
  readonly hash: string
}

export function App() {
  const settings = useMemo(() => createSettingsStore(browserStorage()), [])
  const progress = useMemo(() => createProgressStore(browserStorage()), [])
  const { motion, textSize } = use(settings, (state) => state.settings)
  const [hash, setHash] = useState(location.hash)
  const [settingsOpen, setSettingsOpen] = useState(false)
  const [finished, setFinished] = useState<Finished>()
  const [own, setOwn] = useState<Level>()
  const [ownFile, setOwnFile] = useState<File>()
  const [night, setNight] = useState(newSeed)
  const [skipIntro, setSkipIntro] = useState(false)
  const main = useRef<HTMLDivElement>(null)
  const shown = useRef(false)
  const straight = useRef(false)
  const route = readRoute(hash)

  const reducedMotion = useMemo(
    () => () => {
      const chosen = settings.getState().settings.motion
      return chosen === 'reduced' || (chosen === 'system' && matchMedia('(prefers-reduced-motion: reduce)').matches)
    },
    [settings],
  )

  useEffect(() => {
    const { documentElement: html } = document
    html.style.fontSize = `${textSize}%`
    html.dataset['motion'] = reducedMotion() ? 'reduced' : 'full'
  }, [motion, textSize])

  useEffect(() => {
    const follow = () => {
      setFinished(undefined)
      setSettingsOpen(false)
      setSkipIntro(straight.current)
      straight.current = false
      setHash(location.hash)
    }
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])

  const screen = finished ? 'result' : route.page
  useEffect(() => {
    document.title = titleOf(screen, route.page === 'shift' ? route.level : undefined)
    if (shown.current) main.current?.querySelector<HTMLElement>('h1, [tabindex="-1"]')?.focus({ preventScroll: true })
    shown.current = true
    scrollTo(0, 0)
  }, [screen, hash])

  const go = (to: string) => {
    if (location.hash === to) setHash(to)
    else location.hash = to
  }
  const home = () => go('#/')
  const play = (level: string, mode: Mode = 'calm', skip = false) => {
    setFinished(undefined)
    straight.current = skip
    setSkipIntro(skip)
    setNight(newSeed())
    go(`#/shift/${level}${mode === 'rush' ? '?mode=rush' : ''}`)
  }
  const openOwn = (file?: File) => {
    setOwnFile(file)
    setOwn(undefined)
    go('#/own')
  }
  const finish = (shift: Shift) => {
    const { stars, accuracy } = resultOf(shift)
    progress.getState().finish(shift.level.id, stars, accuracy)
    setFinished({ shift, hash })
  }

  const screenProps = (level: Level, seed: number, mode: Mode, recording?: Recording): ShiftScreenProps => ({
    level,
    seed,
    mode,
    settings,
    reducedMotion,
    skipIntro,
    ...(recording && { recording: recording.inputs }),
    onSettings: () => setSettingsOpen(true),
    onLeave: level.capture ? () => openOwn() : home,
    onMode: (chosen) => {
      if (!level.capture) go(shiftHash(level.id, seed, chosen))
    },
    onRestart: () => {
      setSkipIntro(true)
      setNight(newSeed())
      if (route.page === 'shift' && route.seed !== undefined) go(`#/shift/${level.id}`)
    },
    onFinished: finish,
  })

  const resultProps = ({ shift }: Finished): ResultScreenProps => {
    const { level, seed, mode } = shift
    const link = level.capture ? undefined : `#/replay/${writeLink({ level, seed, mode, inputs: inputsOf(shift) })}`
    return {
      shift,
      ...(link && { link }),
      onLevel: (id) => play(id),
      onAgain: () => {
        if (level.capture) {
          setFinished(undefined)
          setNight(newSeed())
        } else play(level.id, mode)
      },
      onWatch: () => link && go(link),
      onHome: level.capture ? () => openOwn() : home,
    }
  }

  return (
    <>
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault()
          main.current?.querySelector<HTMLElement>('h1, [tabindex="-1"]')?.focus()
        }}
      >
        {words.home.skip}
      </a>
      <div id="content" ref={main} class="content">
        <Boundary key={hash}>{page()}</Boundary>
      </div>
      <Notices progress={progress} settings={settings} />
      {settingsOpen && (
        <SettingsDialog settings={settings} progress={progress} onClose={() => setSettingsOpen(false)} />
      )}
    </>
  )

  function page() {
    if (finished) return <Later<ResultScreenProps> load={resultScreen} props={resultProps(finished)} />
    switch (route.page) {
      case 'home':
        return (
          <Home
            progress={progress}
            onPlay={play}
            onOwn={openOwn}
            onSettings={() => setSettingsOpen(true)}
            onLikely={prefetchShift}
          />
        )
      case 'shift': {
        const level = levelById(route.level)
        if (!level) return <Broken about={words.home.broken['unknown-level']} />
        const seed = route.seed ?? night
        return (
          <Later<ShiftScreenProps>
            key={`${level.id} ${seed}`}
            load={shiftScreen}
            props={screenProps(level, seed, route.mode)}
          />
        )
      }
      case 'replay':
        return replayPage(route.code)
      case 'own':
        if (own)
          return <Later<ShiftScreenProps> key={night} load={shiftScreen} props={screenProps(own, night, 'calm')} />
        return (
          <Later<CaptureScreenProps>
            load={captureScreen}
            props={{ ...(ownFile && { file: ownFile }), onPlay: setOwn, onHome: home }}
          />
        )
      default:
        return <Broken about={words.home.broken.page} />
    }
  }

  function replayPage(code: string) {
    const recording: Recording | { fault: LinkFault } = readLink(code, levelById)
    if ('fault' in recording) return <Broken about={words.home.broken[recording.fault]} />
    const { level, seed, mode } = recording
    return <Later<ShiftScreenProps> load={shiftScreen} props={screenProps(level, seed, mode, recording)} />
  }
}

function titleOf(screen: string, level: string | undefined): string {
  const known = level && LEVELS.some(({ id }) => id === level) ? `${level} ${words.levels(level).title}` : ''
  const part = known || (screen === 'own' ? words.capture.title : '')
  return part ? `${part} · ${words.home.name}` : words.home.name
}
