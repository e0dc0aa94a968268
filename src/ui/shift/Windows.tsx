import { useState } from 'preact/hooks'
import { endpointText } from '../../net/tuple'
import type { Door } from '../../shift/door'
import { words } from '../../words'
import { Dialog } from './dialog'

interface WindowsProps {
  readonly door: Door
  /** All doors that have windows, to go to another one from here. */
  readonly doors: readonly Door[]
  readonly onDoor: (id: string) => void
  readonly onChoose: (socket: string) => void
  readonly onClose: () => void
}

/** All windows of a door, found by typing digits of their labels. */
export function Windows({ door, doors, onDoor, onChoose, onClose }: WindowsProps) {
  const [search, setSearch] = useState('')
  const found = door.windows.filter(({ peer }) => peer && endpointText(peer).includes(search.trim()))
  return (
    <Dialog title={words.shift.windowsOf(door.port)} class="windows" onClose={onClose}>
      {doors.length > 1 && (
        <div class="window-doors" role="group" aria-label={words.shift.doors}>
          {doors.map(({ id, port, protocol }) => (
            <button key={id} type="button" aria-pressed={id === door.id} onClick={() => onDoor(id)}>
              {port}/{protocol}
            </button>
          ))}
        </div>
      )}
      <label>
        {words.shift.findWindow}
        <input
          type="search"
          inputMode="decimal"
          value={search}
          autofocus
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </label>
      {found.length === 0 && <p>{words.shift.noWindow}</p>}
      <ul>
        {found.map(({ id, peer }) => (
          <li key={id}>
            <button type="button" class="mono window-choice" onClick={() => onChoose(id)}>
              {peer && endpointText(peer)}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={onClose}>
        {words.shift.close}
      </button>
    </Dialog>
  )
}
