import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** A tree with the project's own lint rules, in which violations can be planted. */
let tree = ''
beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'rooms-'))
  cpSync('oxlint.config.mjs', join(tree, 'oxlint.config.mjs'))
  symlinkSync(resolve('node_modules'), join(tree, 'node_modules'), 'dir')
})
afterAll(() => rmSync(tree, { recursive: true, force: true }))

/** What lint says of a file in one room that imports from another. */
const lint = (room: string, from: string): string => {
  rmSync(join(tree, 'src'), { recursive: true, force: true })
  for (const folder of [room, from]) mkdirSync(join(tree, 'src', folder), { recursive: true })
  writeFileSync(join(tree, 'src', from, 'fact.ts'), 'export const fact = 1\n')
  writeFileSync(
    join(tree, 'src', room, 'guest.ts'),
    `import { fact } from '../${from}/fact'\nexport const guest = fact\n`,
  )
  try {
    execFileSync('node_modules/.bin/oxlint', ['-c', 'oxlint.config.mjs', '--deny-warnings', 'src'], {
      cwd: tree,
      encoding: 'utf8',
    })
    return ''
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : 'lint did not run'
  }
}

describe('the order of the rooms', () => {
  it.each([
    ['net', 'ports'],
    ['ports', 'lessons'],
    ['lessons', 'shift'],
    ['shift', 'levels'],
    ['levels', 'words'],
    ['words', 'store'],
    ['quiz', 'exchange'],
    ['exchange', 'store'],
    ['store', 'stage'],
    ['stage', 'ui'],
    ['ui', 'server'],
    ['net', 'stage'],
  ])('keeps %s from importing %s', (room, from) => {
    expect(lint(room, from)).toContain(`src/${room} may import only the rooms before it`)
  })

  it.each([
    ['shift', 'net'],
    ['ui', 'stage'],
    ['words', 'shift'],
    ['exchange', 'quiz'],
  ])('lets %s import %s', (room, from) => {
    expect(lint(room, from)).toBe('')
  })
})
