import { familyAt } from '../../ports/services'
import type { Fact } from '../../practice/fact'
import { Doorway } from '../app/House'
import type { DoorwayState } from '../app/House'
import { COLOURS } from '../quiz/Doors'

interface PlateDoorProps {
  readonly fact: Pick<Fact, 'port' | 'protocol'>
  /** What stands on the brass plate. */
  readonly label: string
  readonly state: DoorwayState
}

/** A door whose plate shows what is typed. It opens for the right number. */
export function PlateDoor({ fact: { port, protocol }, label, state }: PlateDoorProps) {
  return (
    <figure class={`plate-door ${state}`} aria-hidden="true">
      <Doorway label={label} state={state} colour={COLOURS[familyAt(protocol, port)]} />
    </figure>
  )
}
