import { words } from '../../words'
import { Dialog } from './dialog'

interface PauseProps {
  readonly onResume: () => void
  readonly onSettings: () => void
  readonly onRestart: () => void
  readonly onLeave: () => void
}

export function Pause({ onResume, onSettings, onRestart, onLeave }: PauseProps) {
  return (
    <Dialog title={words.shift.paused} class="pause-dialog" onClose={onResume}>
      <p>{words.shift.pausedAbout}</p>
      <button type="button" class="primary" onClick={onResume} autofocus>
        {words.shift.resume}
      </button>
      <button type="button" onClick={onRestart}>
        {words.shift.restart}
      </button>
      <button type="button" onClick={onSettings}>
        {words.shift.settings}
      </button>
      <button type="button" onClick={onLeave}>
        {words.shift.leave}
      </button>
    </Dialog>
  )
}
