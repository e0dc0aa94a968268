import { words } from '../../words'
import type { Shift } from '../../shift/shift'
import { OpenInSandbox } from '../sandbox/OpenInSandbox'
import { Dialog } from './dialog'

interface PauseProps {
  readonly shift: Shift
  readonly onResume: () => void
  readonly onSettings: () => void
  readonly onRestart?: () => void
  /** Ends a shift that has no end of its own. */
  readonly onEnd?: () => void
  readonly onLeave: () => void
}

export function Pause({ shift, onResume, onSettings, onRestart, onEnd, onLeave }: PauseProps) {
  return (
    <Dialog title={words.shift.paused} class="pause-dialog" onClose={onResume}>
      <p>{words.shift.pausedAbout}</p>
      <button type="button" class="primary" onClick={onResume} autofocus>
        {words.shift.resume}
      </button>
      {onEnd && (
        <button type="button" onClick={onEnd}>
          {words.shift.end}
        </button>
      )}
      {onRestart && (
        <button type="button" onClick={onRestart}>
          {words.shift.restart}
        </button>
      )}
      <OpenInSandbox find={(links) => links.ofShift(shift)} name={words.shift.picture} />
      <button type="button" onClick={onSettings}>
        {words.shift.settings}
      </button>
      <button type="button" onClick={onLeave}>
        {words.shift.leave}
      </button>
    </Dialog>
  )
}
