import { expect, it, vi } from 'vitest'

const locked = vi.hoisted(
  () => (part: string) =>
    new Proxy(
      {},
      {
        get: (_, key) => {
          throw new Error(
            `${part}.${String(key)} was read while a module loads: a change of the language would not reach it.`,
          )
        },
      },
    ),
)
vi.mock('./index', () => ({ words: locked('words') }))
vi.mock('./misconceptions', () => ({ misconceptions: locked('misconceptions'), clusters: locked('clusters') }))

it('no screen reads words before it is shown', async () => {
  const screens = import.meta.glob('../ui/**/*.tsx')
  expect(Object.keys(screens).length).toBeGreaterThan(20)
  for (const [path, load] of Object.entries(screens)) await expect(load(), path).resolves.toBeDefined()
})
