import { useMemo } from 'preact/hooks'
import { levelOf } from '../../modes/level-of'
import { readLink } from '../../shift/link'
import { replay } from '../../shift/rules'
import { words } from '../../words'
import type { ResultScreenProps } from '../result/ResultScreen'
import { ResultScreen } from '../result/ResultScreen'
import { Broken } from './Broken'
import type { Finished } from './Playing'
import { finish } from './Playing'

export interface ShownProps {
  readonly code: string
  readonly propsOf: (finished: Finished) => ResultScreenProps
}

/** The result of a link, or what is wrong with the link. */
export function Shown({ code, propsOf }: ShownProps) {
  const finished = useMemo(() => {
    const recording = readLink(code, levelOf)
    if ('fault' in recording) return recording
    const shift = replay(recording.level, recording.seed, recording.mode, recording.inputs)
    return shift.finished || recording.level.goesOn ? finish(shift) : { fault: 'does-not-replay' as const }
  }, [code])
  if ('fault' in finished) return <Broken about={words.home.broken[finished.fault]} />
  return <ResultScreen {...propsOf(finished)} />
}
