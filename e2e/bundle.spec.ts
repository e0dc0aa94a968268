import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { expect, test } from '@playwright/test'

const chunk = (name: string) => readFileSync(`dist/assets/${name}`, 'utf8')

test('the product has no trace of the hook for tests', () => {
  expect(existsSync('dist/index.html')).toBe(true)
  for (const name of readdirSync('dist/assets').filter((file) => file.endsWith('.js')))
    expect(chunk(name), name).not.toContain('portAuthority')
})

/** The chunks that the page loads at once, by following static imports. */
function atOnce(): ReadonlySet<string> {
  const entries = [...readFileSync('dist/index.html', 'utf8').matchAll(/assets\/([\w.-]+\.js)/g)].map(
    ([, name = '']) => name,
  )
  expect(entries.length).toBeGreaterThan(0)
  const reached = new Set<string>()
  const follow = (name: string): void => {
    if (reached.has(name)) return
    reached.add(name)
    // Static imports only: `import(...)` has a bracket and is not followed.
    for (const [, next = ''] of chunk(name).matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) follow(next)
  }
  entries.forEach(follow)
  return reached
}

test('Home never pays for Phaser: no chunk that the page loads at once leads to it', () => {
  for (const name of atOnce()) expect(chunk(name), name).not.toContain('CanvasTexture')
})

test('who reads English never pays for Spanish', () => {
  const spanish = 'Turno de noche. Un servidor'
  expect(readdirSync('dist/assets').some((name) => name.endsWith('.js') && chunk(name).includes(spanish))).toBe(true)
  for (const name of atOnce()) expect(chunk(name), name).not.toContain(spanish)
})
