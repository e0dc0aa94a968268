import type { ComponentType } from 'preact'
import { Component } from 'preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { levelById } from '../../levels'
import type { Level } from '../../shift/level'
import type { Recording } from '../../shift/link'
import type { Mode } from '../../shift/shift'
import { PROGRESS_KEY, createProgressStore } from '../../store/progress-store'
import type { SettingsStore } from '../../store/settings-store'
import { words } from '../../words'
import { wordsReady } from '../../words/language'
import type { ClassScreenProps } from '../class/ClassPage'
import type { PhoneScreenProps } from '../class/PhoneScreen'
import type { HostScreenProps } from '../class/HostScreen'
import type { TaskScreenProps } from '../class/TaskScreen'
import type { WallScreenProps } from '../class/WallScreen'
import type { CheckScreenProps } from '../quiz/CheckScreen'
import type { QuizScreenProps } from '../quiz/Page'
import type { PairScreenProps } from '../quiz/PairScreen'
import type { RoundScreenProps } from '../quiz/RoundScreen'
import type { BuildScreenProps } from '../build/BuildScreen'
import type { ModeScreenProps } from '../modes/ModePage'
import { ownLog, practisedToday } from '../modes/own-log'
import type { PracticeScreenProps } from '../practice/Page'
import type { SessionScreenProps } from '../practice/SessionScreen'
import type { SharedDeckScreenProps } from '../practice/SharedDeckScreen'
import type { ResultScreenProps } from '../result/ResultScreen'
import type { PrintScreenProps } from '../teach/PrintScreen'
import type { SetScreenProps } from '../teach/SetScreen'
import type { SetsScreenProps } from '../teach/SetsScreen'
import { use } from '../use'
import type { SandboxScreenProps } from '../sandbox/Page'
import type { SandboxProps } from '../sandbox/SandboxScreen'
import type { CaptureScreenProps } from './CaptureScreen'
import { Broken } from './Broken'
import { browserStorage } from './browser-storage'
import { Home } from './Home'
import { useLanguage } from './language'
import { Notices } from './Notices'
import type { LeaningProps } from './Leaning'
import type { Finished, PlayingProps, ReplayingProps } from './Playing'
import type { ClassRoute, PracticeRoute, QuizRoute } from './route'
import { QUIZ_HASH, checkHash, isMode, pairHash, readRoute, replayHash, resultHash, shiftHash } from './route'
import { newSeed } from './seed'
import type { ShownProps } from './Shown'
import { SettingsDialog } from './SettingsDialog'

const playing = () => import('./Playing').then((module) => module.Playing)
const replaying = () => import('./Playing').then((module) => module.Replaying)
const leaning = () => import('./Leaning').then((module) => module.Leaning)
const shownResult = () => import('./Shown').then((module) => module.Shown)
const resultScreen = () => import('../result/ResultScreen').then((module) => module.ResultScreen)
const sandboxScreen = () => import('../sandbox/SandboxScreen').then((module) => module.SandboxScreen)
const terminalScreen = () => import('../sandbox/TerminalScreen').then((module) => module.TerminalScreen)
const captureScreen = () => import('./CaptureScreen').then((module) => module.CaptureScreen)
const quizHome = () => import('../quiz/QuizHome').then((module) => module.QuizHome)
const roundScreen = () => import('../quiz/RoundScreen').then((module) => module.RoundScreen)
const setRoundScreen = () => import('../quiz/RoundScreen').then((module) => module.SetRoundScreen)
const ideasScreen = () => import('../quiz/IdeasScreen').then((module) => module.IdeasScreen)
const checkScreen = () => import('../quiz/CheckScreen').then((module) => module.CheckScreen)
const pairScreen = () => import('../quiz/PairScreen').then((module) => module.PairScreen)
const practiceHome = () => import('../practice/PracticeHome').then((module) => module.PracticeHome)
const sessionScreen = () => import('../practice/SessionScreen').then((module) => module.SessionScreen)
const sprintScreen = () => import('../practice/SprintScreen').then((module) => module.SprintScreen)
const drillScreen = () => import('../practice/DrillScreen').then((module) => module.DrillScreen)
const decksScreen = () => import('../practice/DecksScreen').then((module) => module.DecksScreen)
const sharedDeckScreen = () => import('../practice/SharedDeckScreen').then((module) => module.SharedDeckScreen)
const mapScreen = () => import('../practice/MapScreen').then((module) => module.MapScreen)
const PRACTICE_SCREENS = {
  practice: practiceHome,
  'practice-sprint': sprintScreen,
  'practice-drill': drillScreen,
  'practice-decks': decksScreen,
  'practice-map': mapScreen,
}
const classHome = () => import('../class/ClassHome').then((module) => module.ClassHome)
const phoneScreen = () => import('../class/PhoneScreen').then((module) => module.PhoneScreen)
const hostScreen = () => import('../class/HostScreen').then((module) => module.HostScreen)
const reportScreen = () => import('../class/ReportScreen').then((module) => module.ReportScreen)
const taskScreen = () => import('../class/TaskScreen').then((module) => module.TaskScreen)
const collectScreen = () => import('../class/CollectScreen').then((module) => module.CollectScreen)
const wallScreen = () => import('../class/WallScreen').then((module) => module.WallScreen)
const MODE_SCREENS = {
  today: () => import('../modes/TodayScreen').then((module) => module.TodayScreen),
  night: () => import('../modes/NightScreen').then((module) => module.NightScreen),
  log: () => import('../modes/LogScreen').then((module) => module.LogScreen),
}
const BUILD_SCREENS = {
  build: () => import('../build/BuildScreen').then((module) => module.BuildScreen),
  level: () => import('../build/LevelScreen').then((module) => module.LevelScreen),
}
const setsScreen = () => import('../teach/SetsScreen').then((module) => module.SetsScreen)
const setScreen = () => import('../teach/SetScreen').then((module) => module.SetScreen)
const printScreen = () => import('../teach/PrintScreen').then((module) => module.PrintScreen)

/** Fetches what a shift needs before it is asked for. */
export const prefetchShift = (): void => {
  // Whatever cannot be fetched now is asked for again, and reported, when it is needed.
  void Promise.allSettled([playing(), import('../../stage/mount')])
}

interface LaterProps<P> {
  readonly load: () => Promise<ComponentType<P>>
  readonly props: P
  readonly onShown: () => void
}

/** A screen that is fetched when it is first shown. */
function Later<P extends object>({ load, props, onShown }: LaterProps<P>) {
  const [screen, setScreen] = useState<{ readonly view: ComponentType<P> | 'missing' }>()
  useEffect(() => {
    let gone = false
    const show = (view: ComponentType<P> | 'missing') => {
      if (!gone) setScreen({ view })
    }
    load()
      .then((view) => wordsReady().then(() => view))
      .then(show, () => show('missing'))
    return () => {
      gone = true
    }
  }, [load])
  useEffect(() => {
    if (screen) onShown()
  }, [screen])
  if (!screen) return <p class="sr-only">{words.shift.loading}</p>
  if (screen.view === 'missing') return <Broken heading={words.home.missing.heading} about={words.home.missing.about} />
  return <screen.view {...props} />
}

/** A mistake of ours in a screen takes that screen away and nothing else. */
class Boundary extends Component<{ readonly children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false }
  static override getDerivedStateFromError() {
    return { broken: true }
  }
  override componentDidCatch(error: unknown) {
    console.error(error)
  }
  override render() {
    return this.state.broken ? (
      <Broken heading={words.home.crashed.heading} about={words.home.crashed.about} />
    ) : (
      this.props.children
    )
  }
}

export function App({ settings }: { readonly settings: SettingsStore }) {
  const progress = useMemo(() => createProgressStore(browserStorage()), [])
  const { motion, textSize } = use(settings, (state) => state.settings)
  const { language, missing } = useLanguage(settings)
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

  const system = useMemo(() => matchMedia('(prefers-reduced-motion: reduce)'), [])
  const reducedMotion = useMemo(
    () => () => {
      const chosen = settings.getState().settings.motion
      return chosen === 'reduced' || (chosen === 'system' && system.matches)
    },
    [settings, system],
  )

  useEffect(() => {
    const { documentElement: html } = document
    html.style.setProperty('--text-size', String(textSize / 100))
    const follow = () => (html.dataset['motion'] = reducedMotion() ? 'reduced' : 'full')
    follow()
    system.addEventListener('change', follow)
    return () => system.removeEventListener('change', follow)
  }, [motion, textSize])

  useEffect(() => {
    // A file that misses its mark must not take the player away from the page.
    const stay = (event: DragEvent) => event.preventDefault()
    const other = (event: StorageEvent) => {
      if (event.key === PROGRESS_KEY) progress.getState().reread()
    }
    addEventListener('dragover', stay)
    addEventListener('drop', stay)
    addEventListener('storage', other)
    return () => {
      removeEventListener('dragover', stay)
      removeEventListener('drop', stay)
      removeEventListener('storage', other)
    }
  }, [progress])

  useEffect(() => {
    const follow = () => {
      setFinished(undefined)
      setSettingsOpen(false)
      setSkipIntro(straight.current)
      straight.current = false
      setHash(location.hash)
    }
    addEventListener('hashchange', follow)
    // The address may have changed between the first picture and now.
    if (location.hash !== hash) follow()
    return () => removeEventListener('hashchange', follow)
  }, [])

  const screen = finished ? 'result' : route.page
  useEffect(() => {
    scrollTo(0, 0)
    arrive()
  }, [screen, hash])

  useEffect(() => {
    document.title = titleOf(screen, route.page === 'shift' ? levelById(route.level)?.id : undefined)
  }, [screen, hash, language])

  /** Whoever comes from another screen is put at the heading of this one, unless the screen has chosen a better place. */
  function arrive() {
    const heading = main.current?.querySelector<HTMLElement>('h1, [tabindex="-1"]')
    if (!heading) return
    if (shown.current && document.activeElement === document.body) heading.focus({ preventScroll: true })
    shown.current = true
  }

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
  const screenProps = (level: Level, seed: number, mode: Mode, recording?: Recording): PlayingProps => ({
    level,
    seed,
    mode,
    settings,
    reducedMotion,
    skipIntro,
    ...(recording && { recording: recording.inputs, from: route.page === 'replay' ? route.at : 0 }),
    onSettings: () => setSettingsOpen(true),
    onLeave: level.capture ? () => openOwn() : home,
    onMode: (chosen) => {
      if (!level.capture) go(shiftHash(level.linkId ?? level.id, seed, chosen))
    },
    onRestart: () => {
      setSkipIntro(true)
      setNight(newSeed())
      if (route.page === 'shift' && route.seed !== undefined) go(`#/shift/${level.id}`)
      else if (level.mode) go(`#/${level.mode}`)
    },
    onFinished: (done) => {
      // What somebody else did in a link is theirs: it earns nothing here, even when it was taken over.
      if (!recording) {
        progress.getState().finish(level.id, done.stars, done.accuracy)
        ownLog().getState().add(done.deeds, done.missed)
        practisedToday()
      }
      setFinished(done)
    },
  })

  const benchProps: SandboxScreenProps = { reducedMotion, onSettings: () => setSettingsOpen(true) }

  const resultProps = ({ shift, code }: Finished): ResultScreenProps => {
    const { level, mode } = shift
    return {
      shift,
      ...(code && { link: resultHash(code) }),
      onLevel: (id) => play(id),
      onAgain: () => {
        if (level.capture) {
          setFinished(undefined)
          setNight(newSeed())
        } else if (level.mode) go(`#/${level.mode}`)
        else play(level.id, mode)
      },
      onWatch: (at) => code && go(replayHash(code, at)),
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
      <Notices progress={progress} settings={settings} missing={missing} home={screen === 'home'} />
      {settingsOpen && (
        <SettingsDialog settings={settings} progress={progress} onClose={() => setSettingsOpen(false)} />
      )}
    </>
  )

  function page() {
    if (finished) return <Later<ResultScreenProps> load={resultScreen} props={resultProps(finished)} onShown={arrive} />
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
        if (level.leans && route.seed === undefined)
          return <Later<LeaningProps> load={leaning} props={{ level, mode: route.mode }} onShown={arrive} />
        const seed = route.seed ?? night
        return (
          <Later<PlayingProps>
            key={`${route.level} ${seed}`}
            load={playing}
            props={screenProps(level, seed, route.mode)}
            onShown={arrive}
          />
        )
      }
      case 'replay':
        return (
          <Later<ReplayingProps>
            key={`${route.code} ${route.at}`}
            load={replaying}
            props={{ code: route.code, propsOf: screenProps }}
            onShown={arrive}
          />
        )
      case 'result':
        return (
          <Later<ShownProps>
            key={route.code}
            load={shownResult}
            props={{ code: route.code, propsOf: resultProps }}
            onShown={arrive}
          />
        )
      case 'own':
        if (own)
          return (
            <Later<PlayingProps> key={night} load={playing} props={screenProps(own, night, 'calm')} onShown={arrive} />
          )
        return (
          <Later<CaptureScreenProps>
            load={captureScreen}
            props={{ ...(ownFile && { file: ownFile }), onPlay: setOwn, onHome: home }}
            onShown={arrive}
          />
        )
      case 'sandbox':
        return <Later<SandboxProps> load={sandboxScreen} props={{ ...benchProps, code: route.code }} onShown={arrive} />
      case 'terminal':
        return <Later<SandboxScreenProps> load={terminalScreen} props={benchProps} onShown={arrive} />
      case 'today':
      case 'night':
      case 'log':
        return (
          <Later<ModeScreenProps>
            key={route.page}
            load={MODE_SCREENS[route.page]}
            props={{ settings, progress, reducedMotion, onSettings: () => setSettingsOpen(true), onGo: go }}
            onShown={arrive}
          />
        )
      case 'build':
      case 'level':
        return (
          <Later<BuildScreenProps>
            key={`${route.page} ${route.query}`}
            load={BUILD_SCREENS[route.page]}
            props={{
              settings,
              reducedMotion,
              onSettings: () => setSettingsOpen(true),
              onGo: go,
              query: route.query,
            }}
            onShown={arrive}
          />
        )
      case 'unknown':
        return <Broken about={words.home.broken.page} />
      case 'practice':
      case 'practice-session':
      case 'practice-sprint':
      case 'practice-drill':
      case 'practice-decks':
      case 'practice-deck':
      case 'practice-map':
        return practicePage(route)
      case 'class':
      case 'class-room':
      case 'class-teach':
      case 'class-wall':
      case 'class-report':
      case 'class-task':
      case 'class-collect':
        return classPage(route)
      default:
        return quizPage(route)
    }
  }

  function practicePage(at: PracticeRoute) {
    const screenProps: PracticeScreenProps = { settings, reducedMotion, onSettings: () => setSettingsOpen(true) }
    switch (at.page) {
      case 'practice-session':
        return <Later<SessionScreenProps> load={sessionScreen} props={{ ...screenProps, of: at.of }} onShown={arrive} />
      case 'practice-deck':
        return (
          <Later<SharedDeckScreenProps>
            load={sharedDeckScreen}
            props={{ ...screenProps, query: at.query }}
            onShown={arrive}
          />
        )
      default:
        return <Later<PracticeScreenProps> load={PRACTICE_SCREENS[at.page]} props={screenProps} onShown={arrive} />
    }
  }

  function classPage(at: ClassRoute) {
    const screenProps: ClassScreenProps = { settings, reducedMotion, onSettings: () => setSettingsOpen(true) }
    switch (at.page) {
      case 'class':
        return <Later<ClassScreenProps> load={classHome} props={screenProps} onShown={arrive} />
      case 'class-report':
        return <Later<ClassScreenProps> load={reportScreen} props={screenProps} onShown={arrive} />
      case 'class-collect':
        return <Later<ClassScreenProps> load={collectScreen} props={screenProps} onShown={arrive} />
      case 'class-task':
        return <Later<TaskScreenProps> load={taskScreen} props={{ ...screenProps, query: at.query }} onShown={arrive} />
      case 'class-room':
        return <Later<PhoneScreenProps> load={phoneScreen} props={{ ...screenProps, code: at.code }} onShown={arrive} />
      case 'class-teach':
        return <Later<HostScreenProps> load={hostScreen} props={{ ...screenProps, code: at.code }} onShown={arrive} />
      case 'class-wall':
        return (
          <Later<WallScreenProps>
            load={wallScreen}
            props={{ ...screenProps, code: at.code, secret: at.secret }}
            onShown={arrive}
          />
        )
    }
  }

  function quizPage(at: QuizRoute) {
    const screenProps: QuizScreenProps = { settings, reducedMotion, onSettings: () => setSettingsOpen(true) }
    const teaching = { onHome: () => go(QUIZ_HASH), onSettings: screenProps.onSettings }
    switch (at.page) {
      case 'quiz':
        return <Later<QuizScreenProps> load={quizHome} props={screenProps} onShown={arrive} />
      case 'quiz-round':
        return (
          <Later<RoundScreenProps> load={roundScreen} props={{ ...screenProps, query: at.query }} onShown={arrive} />
        )
      case 'quiz-set':
        return (
          <Later<RoundScreenProps> load={setRoundScreen} props={{ ...screenProps, query: at.query }} onShown={arrive} />
        )
      case 'quiz-ideas':
        return <Later<QuizScreenProps> load={ideasScreen} props={screenProps} onShown={arrive} />
      case 'quiz-check':
        if (at.seed === undefined) return <Redirect to={checkHash(night)} />
        return <Later<CheckScreenProps> load={checkScreen} props={{ ...screenProps, seed: at.seed }} onShown={arrive} />
      case 'quiz-pair':
        // Only the first part may begin a pair: the second needs the number of the first.
        if (at.seed === undefined) return <Redirect to={at.part === 'before' ? pairHash('before', night) : QUIZ_HASH} />
        return (
          <Later<PairScreenProps>
            load={pairScreen}
            props={{ ...screenProps, part: at.part, seed: at.seed }}
            onShown={arrive}
          />
        )
      case 'quiz-sets':
        return <Later<SetsScreenProps> load={setsScreen} props={teaching} onShown={arrive} />
      case 'quiz-set-editor':
        return <Later<SetScreenProps> load={setScreen} props={{ ...teaching, id: at.id }} onShown={arrive} />
      case 'quiz-print':
        return (
          <Later<PrintScreenProps>
            load={printScreen}
            props={{ ...teaching, id: at.id, query: at.query }}
            onShown={arrive}
          />
        )
    }
  }
}

/** Puts another address in the place of this one, so that the way back does not lead here again. */
function Redirect({ to }: { readonly to: string }) {
  useEffect(() => location.replace(to), [to])
  return null
}

function titleOf(screen: string, level: string | undefined): string {
  const known = level ? `${level} ${words.levels(level).title}` : ''
  const part = screen.split('-')[0]
  const place =
    screen === 'own'
      ? words.capture.title
      : isMode(screen)
        ? words.home.modes[screen].title
        : screen === 'sandbox' || screen === 'terminal'
          ? words.nav.sandbox
          : part === 'quiz' || part === 'practice' || part === 'class'
            ? words.nav[part]
            : ''
  const about = known || place
  return about ? `${about} · ${words.home.name}` : words.home.name
}
