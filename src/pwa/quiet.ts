/** Milliseconds without a finished download after which a page has what it needs for now. */
const QUIET = 3000

/** Resolves when the page has loaded and has fetched nothing for a while: what it needs comes before what it may need. */
export async function quiet(): Promise<void> {
  if (document.readyState !== 'complete')
    await new Promise<void>((resolve) => addEventListener('load', () => resolve(), { once: true }))
  await new Promise<void>((resolve) => {
    const done = () => {
      downloads.disconnect()
      resolve()
    }
    let timer = setTimeout(done, QUIET)
    const downloads = new PerformanceObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(done, QUIET)
    })
    downloads.observe({ type: 'resource' })
  })
}
