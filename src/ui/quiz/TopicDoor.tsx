import type { Topic } from '../../quiz/topic'
import { quiz } from '../../words/quiz-screens'
import { Doorway } from '../app/House'

const COLOURS: Readonly<Record<Topic, string>> = {
  'well-known': '#56b4e9',
  'port-or-socket': '#ffb84a',
  transports: '#2fbf8f',
  ranges: '#d58bc0',
  binding: '#6f8cff',
  filters: '#d0896a',
  nat: '#9ad0b0',
  containers: '#7fb8c9',
  security: '#b79be8',
}

interface TopicDoorProps {
  readonly topic: Topic
  readonly chosen: boolean
  /** Its lamp is on: it is chosen, or everything is. */
  readonly lit: boolean
  readonly onToggle: () => void
}

/** A topic as a door of the house: light its lamp to be asked about it. */
export function TopicDoor({ topic, chosen, lit, onToggle }: TopicDoorProps) {
  const { name, about, plate } = quiz.topics[topic]
  return (
    <label class={`topic ${chosen ? 'chosen' : ''}`}>
      <input type="checkbox" checked={chosen} onChange={onToggle} />
      <Doorway label={plate} state={chosen ? 'open' : lit ? 'lit' : 'dark'} colour={COLOURS[topic]} />
      <span class="topic-name">{name}</span>
      <span class="topic-about">{about}</span>
    </label>
  )
}

/** All topics at once, behind the grand door. */
export function EverythingDoor({ chosen, onChoose }: { readonly chosen: boolean; readonly onChoose: () => void }) {
  const text = quiz.home
  return (
    <label class={`topic everything ${chosen ? 'chosen' : ''}`}>
      <input type="checkbox" checked={chosen} onChange={onChoose} />
      <Doorway label="★" state={chosen ? 'open' : 'dark'} colour="#e9b850" grand />
      <span class="topic-name">
        {text.everything} <span class="badge">{text.recommended}</span>
      </span>
      <span class="topic-about">{text.everythingAbout}</span>
    </label>
  )
}
