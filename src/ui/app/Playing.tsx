import { useMemo } from 'preact/hooks'
import type { MisconceptionId } from '../../lessons/misconception'
import type { Deeds } from '../../modes/deeds'
import { deedsOf, missedIn } from '../../modes/deeds'
import { levelOf } from '../../modes/level-of'
import type { Level } from '../../shift/level'
import type { Recording } from '../../shift/link'
import { LONGEST_LINK, readLink, writeLink } from '../../shift/link'
import { inputsOf, resultOf } from '../../shift/rules'
import type { Mode, Shift } from '../../shift/shift'
import { words } from '../../words'
import type { ShiftScreenProps } from '../shift/ShiftScreen'
import { ShiftScreen } from '../shift/ShiftScreen'
import { Broken } from './Broken'

/** A shift that is over, with what is kept of it. */
export interface Finished {
  readonly shift: Shift
  readonly stars: number
  readonly accuracy: number
  /** Its code in links; a shift of one's own capture, of a built level, or one that is too long has none. */
  readonly code: string | undefined
  readonly deeds: Deeds
  /** The ideas behind its mistakes. */
  readonly missed: readonly MisconceptionId[]
}

export interface PlayingProps extends Omit<ShiftScreenProps, 'onFinished'> {
  readonly onFinished: (finished: Finished) => void
}

/** A shift on screen. It stands apart from the app because the rules of the game come with it, and Home needs none. */
export function Playing({ onFinished, ...props }: PlayingProps) {
  return <ShiftScreen {...props} onFinished={(shift) => onFinished(finish(shift))} />
}

/** What a shift that is over comes to. */
export function finish(shift: Shift): Finished {
  const { level, seed, mode } = shift
  const { stars, accuracy } = resultOf(shift)
  const code =
    (level.capture && level.recorded === undefined) || level.own
      ? undefined
      : writeLink({ level, seed, mode, inputs: inputsOf(shift) })
  return {
    shift,
    stars,
    accuracy,
    code: code !== undefined && code.length <= LONGEST_LINK ? code : undefined,
    deeds: deedsOf(shift),
    missed: missedIn(shift),
  }
}

export interface ReplayingProps {
  readonly code: string
  readonly propsOf: (level: Level, seed: number, mode: Mode, recording: Recording) => PlayingProps
}

/** The shift of a link, or what is wrong with the link. */
export function Replaying({ code, propsOf }: ReplayingProps) {
  const recording = useMemo(() => readLink(code, levelOf), [code])
  if ('fault' in recording) return <Broken about={words.home.broken[recording.fault]} />
  const { level, seed, mode } = recording
  return <Playing {...propsOf(level, seed, mode, recording)} />
}
