import { words } from '../../words'
import { BrickedDoorway } from './House'
import { Town } from './Night'

/** A page for what cannot be shown: a bricked-up doorway, what is wrong, and the way home. */
export function Broken({
  heading = words.home.broken.heading,
  about,
  way = { href: '#/', text: words.home.broken.home },
}: {
  readonly heading?: string
  readonly about: string
  /** Where to go from here; home if left out. */
  readonly way?: { readonly href: string; readonly text: string }
}) {
  return (
    <main class="broken">
      <Town />
      <BrickedDoorway />
      <h1 tabIndex={-1}>{heading}</h1>
      <p>{about}</p>
      <a class="primary" href={way.href}>
        {way.text}
      </a>
    </main>
  )
}
