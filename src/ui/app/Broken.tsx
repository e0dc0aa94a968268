import { words } from '../../words'
import { BrickedDoorway } from './House'
import { Town } from './Night'

/** A page for what cannot be shown: a bricked-up doorway, what is wrong, and the way home. */
export function Broken({
  heading = words.home.broken.heading,
  about,
}: {
  readonly heading?: string
  readonly about: string
}) {
  return (
    <main class="broken">
      <Town />
      <BrickedDoorway />
      <h1 tabIndex={-1}>{heading}</h1>
      <p>{about}</p>
      <a class="primary" href="#/">
        {words.home.broken.home}
      </a>
    </main>
  )
}
