import { useMemo, useState } from 'preact/hooks'
import { builtLevel } from '../../modes/blueprint'
import { readBlueprintLink } from '../../modes/blueprint-link'
import { faultsOf } from '../../modes/playable'
import type { Mode } from '../../shift/shift'
import { build } from '../../words/build'
import type { Finished } from '../app/Playing'
import { Playing } from '../app/Playing'
import { newSeed } from '../app/seed'
import { ModePage } from '../modes/ModePage'
import { ownLog, practisedToday } from '../modes/own-log'
import { ResultScreen } from '../result/ResultScreen'
import type { BuildScreenProps } from './BuildScreen'
import { Faults } from './Faults'
import './build.css'

/** A level that somebody has built and sent: to be played, or refused with the place and the reason. */
export function LevelScreen({ settings, reducedMotion, onSettings, onGo, query }: BuildScreenProps) {
  const [seed, setSeed] = useState(newSeed)
  const [mode, setMode] = useState<Mode>('calm')
  const [again, setAgain] = useState(false)
  const [over, setOver] = useState<Finished>()
  const read = useMemo(() => {
    const found = readBlueprintLink(query)
    if ('faults' in found) return found
    const faults = faultsOf(found.blueprint)
    return faults.length > 0 ? { faults } : { level: builtLevel(found.blueprint) }
  }, [query])
  const restart = () => {
    setOver(undefined)
    setAgain(true)
    setSeed(newSeed())
  }
  if ('faults' in read)
    return (
      <ModePage class="build-refusal" onSettings={onSettings}>
        <main class="build-refused">
          <h1 tabIndex={-1}>{build.level.refused}</h1>
          <p>{build.level.about}</p>
          <Faults faults={read.faults} />
          <p class="mode-acts">
            <a class="secondary" href={`#/build?${query}`}>
              {build.level.edit}
            </a>
            <a class="secondary" href="#/">
              {build.level.home}
            </a>
          </p>
        </main>
      </ModePage>
    )
  if (over)
    return (
      <ResultScreen
        shift={over.shift}
        onLevel={() => undefined}
        onAgain={restart}
        onWatch={() => undefined}
        onHome={() => onGo('#/')}
      />
    )
  return (
    <Playing
      key={seed}
      level={read.level}
      seed={seed}
      mode={mode}
      settings={settings}
      reducedMotion={reducedMotion}
      skipIntro={again}
      onSettings={onSettings}
      onLeave={() => onGo('#/')}
      onMode={setMode}
      onRestart={restart}
      onFinished={(finished) => {
        ownLog().getState().add(finished.deeds, finished.missed)
        practisedToday()
        setOver(finished)
      }}
    />
  )
}
