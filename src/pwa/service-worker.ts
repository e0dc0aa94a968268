/**
 * The service worker: it keeps every file of its build in the browser, so that the game needs no network after the first
 * visit. A newer one installs in the background and waits until a page asks for it, or until no page is open.
 */
import { PrecacheController, PrecacheRoute } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'
import { TAKE_OVER } from './take-over'

declare const self: ServiceWorkerGlobalScope & {
  /** The files of this build; whatever is not named by its content has a revision. The build writes it. */
  readonly filesOfBuild: readonly { readonly url: string; readonly revision: string | null }[]
}

const kept = new PrecacheController({
  plugins: [
    {
      // What the player waits for comes first.
      requestWillFetch: async ({ request, event }) =>
        event?.type === 'install' ? new Request(request, { priority: 'low' }) : request,
    },
  ],
})
kept.addToCacheList([...self.filesOfBuild])
const cacheName = kept.strategy.cacheName

registerRoute(new PrecacheRoute(kept, { cleanURLs: false, ignoreURLParametersMatching: [/./] }))

/** What a page of an older version fetches late is named by its content and still in the cache: see `activate`. */
registerRoute(
  ({ url }) => url.href.startsWith(`${self.registration.scope}assets/`),
  async ({ request }) => (await caches.match(request, { cacheName, ignoreVary: true })) ?? fetch(request),
)

/** The page that asked this worker to begin; it loads itself again. */
let asking: string | undefined

self.addEventListener('install', (event) => void kept.install(event))

self.addEventListener('message', (event) => {
  if (event.data !== TAKE_OVER) return
  asking = event.source && 'id' in event.source ? event.source.id : undefined
  event.waitUntil(self.skipWaiting())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      if (await nobodyNeedsMore()) await kept.activate(event)
      // The first page is offline too, without having to be loaded again.
      await self.clients.claim()
    })(),
  )
})

/**
 * Whether what older versions left in the cache can go: no page of an older version is open that may still fetch a part
 * of itself, and no newer version is putting its own files there. If not, the next version asks again.
 */
async function nobodyNeedsMore(): Promise<boolean> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const { installing, waiting } = self.registration
  return pages.every(({ id }) => id === asking) && !installing && !waiting
}
