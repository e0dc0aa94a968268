import { classroom } from '../../words/class-screens'
import { CLASS_HASH } from '../app/route'
import type { HostProps } from './HostScreen'
import { ownRooms } from './rooms'

/** What is left when the class is over: the report, and the end of everything else. */
export function HostEnd({ code, store }: HostProps) {
  const text = classroom.host
  const forget = async () => {
    await store.getState().act({ act: 'forget' })
    ownRooms().remove(code)
    location.hash = CLASS_HASH
  }
  return (
    <main class="host-end">
      <h1 tabIndex={-1}>{text.ended}</h1>
      <p>{text.endedAbout}</p>
      <div class="notice-ways">
        <button type="button" class="secondary" onClick={() => void forget()}>
          {text.forget}
        </button>
        <a class="secondary" href={CLASS_HASH}>
          {text.toClass}
        </a>
      </div>
    </main>
  )
}
