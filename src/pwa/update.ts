import { createStore } from 'zustand/vanilla'
import { TAKE_OVER } from './take-over'

/** Whether the browser has a newer version of the game than the one on this page. */
export const update = createStore<{ readonly ready: boolean }>()(() => ({ ready: false }))

const ready = () => update.setState({ ready: true })

/**
 * Keeps the game in the browser, to be used without a network, and notices newer versions. It never loads the page again.
 * Does nothing where browsers allow no service worker: plain http from another machine, some private windows.
 */
export async function keepOffline(): Promise<void> {
  // Not there in an insecure context, whatever its type says.
  const workers: ServiceWorkerContainer | undefined = navigator.serviceWorker
  if (!workers) return
  let controlled = workers.controller !== null
  workers.addEventListener('controllerchange', () => {
    // The first worker takes a page that had none; any later one was called from another page.
    if (controlled) ready()
    controlled = true
  })
  // Refused, the game goes on with the network, as it did before.
  const registration = await workers.register('service-worker.js').catch(() => undefined)
  if (!registration) return
  const look = () => {
    const { installing, waiting, active } = registration
    if (waiting && active) ready()
    installing?.addEventListener('statechange', look)
  }
  look()
  registration.addEventListener('updatefound', look)
  document.addEventListener('visibilitychange', () => {
    // An installed game may stay open for days. Without a network the next look will do.
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined)
  })
}

/**
 * Lets the newer version begin and loads this page again in it, unless `signal` was aborted before. Other pages stay as
 * they are.
 */
export async function takeUpdate(signal: AbortSignal): Promise<void> {
  const waiting = (await navigator.serviceWorker.getRegistration())?.waiting
  const reload = () => location.reload()
  if (waiting) {
    navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true, signal })
    waiting.postMessage(TAKE_OVER)
  } else if (!signal.aborted) reload()
}
