import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Choice } from '../../lessons/choice'
import { doorsOf } from '../../shift/door'
import type { Level } from '../../shift/level'
import { offers } from '../../shift/shift'
import { createHandStore } from '../../store/hand-store'
import type { SettingsStore } from '../../store/settings-store'
import { createShiftStore } from '../../store/shift-store'
import { words } from '../../words'
import { build } from '../../words/build'
import { Board } from '../shift/Board'
import { Feedback } from '../shift/Feedback'
import { Papers } from '../shift/Papers'
import { Rack } from '../shift/Rack'
import { StageView } from '../shift/StageView'
import { Windows } from '../shift/Windows'
import { use } from '../use'
import '../shift/shift.css'

interface PreviewProps {
  readonly level: Level
  readonly settings: SettingsStore
  readonly reducedMotion: () => boolean
}

/** The level on the real stage, to be played beside the form. */
export function Preview({ level, settings, reducedMotion }: PreviewProps) {
  const [take, setTake] = useState(0)
  const store = useMemo(() => createShiftStore(level, take + 1, 'calm'), [level, take])
  const hand = useMemo(() => createHandStore(), [store])
  const shift = use(store, (state) => state.shift)
  const [aside, setAside] = useState<string>()
  const [windows, setWindows] = useState<string>()
  useEffect(() => setWindows(undefined), [store])
  const doors = doorsOf(shift)
  const act = (choice: Choice) => {
    setAside(undefined)
    setWindows(undefined)
    store.getState().decide(choice)
  }
  const choose = (id: string) => {
    const door = doors.find((one) => one.id === id)
    if (door?.kind === 'listening' && offers(shift).includes('listener')) act({ kind: 'listener', socket: id })
    else if (door?.kind === 'brick') setAside(words.shift.brickSays(door.port, door.protocol))
    else if (door?.kind === 'out' && door.windows.length > 0) setWindows(id)
  }
  const lit = doors.filter((door) => door.windows.length > 0)
  const open = doors.find(({ id }) => id === windows)
  return (
    <>
      <div class="shift build-shift">
        <StageView
          store={store}
          hand={hand}
          settings={settings}
          reducedMotion={reducedMotion}
          onDoor={choose}
          onWindow={(socket) => act({ kind: 'connection', socket })}
          onMore={setWindows}
          onChoice={act}
        />
        <Board shift={shift} onChoice={act} />
        <Feedback shift={shift} aside={aside} guide={undefined} />
        {!shift.finished && (
          <>
            <Papers shift={shift} />
            <Rack shift={shift} singleKeys={false} onChoice={act} onWindows={() => setWindows(lit[0]?.id)} />
          </>
        )}
      </div>
      {shift.finished && <p role="status">{build.over}</p>}
      <button type="button" class="secondary" onClick={() => setTake(take + 1)}>
        {build.again}
      </button>
      {open && (
        <Windows
          door={open}
          doors={lit}
          onDoor={setWindows}
          onChoose={(socket) => act({ kind: 'connection', socket })}
          onClose={() => setWindows(undefined)}
        />
      )}
    </>
  )
}
