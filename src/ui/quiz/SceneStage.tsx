import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Packet } from '../../net/packet'
import { tupleOf } from '../../net/packet'
import { flagLetters } from '../../net/tcpdump'
import { endpointText } from '../../net/tuple'
import type { Scene } from '../../quiz/question'
import { levelOf } from '../../quiz/scene-level'
import { verdictItem } from '../../quiz/verdict-item'
import { atDesk } from '../../shift/shift'
import { truthOf } from '../../shift/truth'
import { createHandStore } from '../../store/hand-store'
import type { SettingsStore } from '../../store/settings-store'
import { createShiftStore } from '../../store/shift-store'
import { questionWords } from '../../words/questions'
import { quiz } from '../../words/quiz-screens'
import { StageView } from '../shift/StageView'
import { use } from '../use'
import '../shift/shift.css'

export interface SceneStageProps {
  readonly scene: Scene
  readonly settings: SettingsStore
  readonly reducedMotion: () => boolean
}

/** Until the host answers a packet, in milliseconds: with motion the parcel has to come along the wire first. */
const BEAT = { full: 1900, reduced: 900 }

/** The stage playing a scene by itself: packet by packet the model's own verdict. Nothing on it can be operated. */
export function SceneStage({ scene, settings, reducedMotion }: SceneStageProps) {
  const { machine, packets } = scene
  const level = useMemo(() => levelOf(scene), [scene])
  const [take, setTake] = useState(0)
  const [ready, setReady] = useState(false)
  const [verdicts, setVerdicts] = useState<readonly string[]>([])
  const store = useMemo(() => createShiftStore(level, 1, 'calm'), [level, take])
  const hand = useMemo(() => createHandStore(), [store])
  const done = use(store, ({ shift }) => shift.decisions.length)

  useEffect(() => {
    if (!ready) return undefined
    const { shift, decide } = store.getState()
    const arrival = atDesk(shift)
    if (!arrival) return undefined
    const answer = () => {
      const { choice, received } = truthOf(shift, arrival)
      const here = { ...machine, sockets: shift.host.sockets }
      if (received) setVerdicts((before) => [...before, verdictItem(here, received, questionWords).text])
      decide(choice)
    }
    const timer = setTimeout(answer, reducedMotion() ? BEAT.reduced : BEAT.full)
    return () => clearTimeout(timer)
  }, [ready, done, store])

  const again = () => {
    setReady(false)
    setVerdicts([])
    setTake(take + 1)
  }

  return (
    <>
      <div class="show-stage" inert>
        <StageView
          store={store}
          hand={hand}
          settings={settings}
          reducedMotion={reducedMotion}
          onDoor={nothing}
          onWindow={nothing}
          onMore={nothing}
          onChoice={nothing}
          onReady={() => setReady(true)}
        />
      </div>
      <div role="log">
        <ol class="show-packets">
          {packets.map((packet, index) => (
            <li key={index} class={index < verdicts.length ? 'done' : index === verdicts.length ? 'now' : ''}>
              <span class="mono">{packetText(packet)}</span>
              {verdicts[index] !== undefined && <strong> {verdicts[index]}</strong>}
            </li>
          ))}
        </ol>
      </div>
      <button type="button" class="again" onClick={again} {...(verdicts.length < packets.length && { disabled: true })}>
        {quiz.show.again}
      </button>
    </>
  )
}

const nothing = () => undefined

/** A packet on one line, as people write it down. */
function packetText(packet: Packet): string {
  const tuple = tupleOf(packet)
  const { transport, source, destination } = packet
  if (!tuple) return `${transport.protocol.toUpperCase()} ${source} → ${destination}`
  const flags = transport.protocol === 'tcp' ? ` [${flagLetters(transport.flags)}]` : ''
  return `${tuple.protocol.toUpperCase()} ${endpointText(tuple.source)} → ${endpointText(tuple.destination)}${flags}`
}
