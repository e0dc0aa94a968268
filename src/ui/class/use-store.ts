import { useEffect, useState } from 'preact/hooks'

/** A store that lives as long as the screen that opened it: made when the screen is shown, closed when it goes. */
export function useOpened<S extends { getState(): { close(): void } }>(open: () => S): S | undefined {
  const [store, setStore] = useState<S>()
  useEffect(() => {
    const opened = open()
    setStore(opened)
    return () => opened.getState().close()
  }, [])
  return store
}
