import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { wordsReady } from '../../words/language'

/** A part of a screen that is fetched when it is first shown, with its words; undefined until it is there. */
export function useFetched<Props>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> | undefined {
  const [part, setPart] = useState<{ readonly view: ComponentType<Props> }>()
  useEffect(() => {
    let gone = false
    const fetched = async () => {
      const view = await load()
      await wordsReady()
      if (!gone) setPart({ view })
    }
    // Without it the page says what it said before; it is asked for again with the next screen.
    fetched().catch(() => undefined)
    return () => {
      gone = true
    }
  }, [load])
  return part?.view
}
