import { useEffect, useState } from 'preact/hooks'
import { words } from '../../words'

type Links = typeof import('./links')

interface OpenInSandboxProps {
  readonly find: (links: Links) => string | undefined
  /** What the link is called, if not "Open in sandbox". */
  readonly name?: string
}

/**
 * A link that opens the case at hand in the sandbox, beside what is being played, where it fits there. What makes the link is
 * fetched when it is first wanted.
 */
export function OpenInSandbox({ find, name }: OpenInSandboxProps) {
  const [hash, setHash] = useState<string>()
  useEffect(() => {
    let gone = false
    const take = (links: Links) => {
      if (!gone) setHash(find(links))
    }
    // Offline, or after a newer version came: the feedback is whole without it.
    import('./links').then(take, () => undefined)
    return () => {
      gone = true
    }
  }, [])
  return hash === undefined ? null : (
    <a class="open-in-sandbox" href={hash} target="_blank" rel="noopener">
      {name ?? words.nav.openInSandbox}
    </a>
  )
}
