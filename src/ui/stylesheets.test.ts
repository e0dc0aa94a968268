import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

// A stylesheet stays on the page when its screen has gone, so what it says must mean nothing to the screens that lack it.

const HERE = import.meta.dirname
const APP = resolve(HERE, 'app/App.tsx')

const once = <T>(make: (path: string) => T): ((path: string) => T) => {
  const made = new Map<string, T>()
  return (path) => {
    const known = made.get(path)
    if (known !== undefined) return known
    const value = make(path)
    made.set(path, value)
    return value
  }
}

const read = once((path) => readFileSync(path, 'utf8'))

const fileOf = (from: string, to: string): string | undefined =>
  ['', '.ts', '.tsx', '/index.ts']
    .map((end) => resolve(dirname(from), to) + end)
    .find((path) => existsSync(path) && /\.\w+$/.test(path))

/** What a file brings to the page: of a component's file the components, which are named with a capital, not the functions. */
const importsOf = once((path): readonly string[] =>
  [...read(path).matchAll(/^(?:import|export)( type)? (?:([^'()]*?) from )?'(\.[^']+)'/gms)].flatMap(
    ([, type, names, to = '']) => {
      const file = type ? undefined : fileOf(path, to)
      return file && (!file.endsWith('.tsx') || /\b[A-Z]\w*[a-z]/.test(names ?? '')) ? [file] : []
    },
  ),
)

/** A file and everything that is there with it. */
function withImports(path: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(path)) return found
  found.add(path)
  if (!path.endsWith('.css')) for (const file of importsOf(path)) withImports(file, found)
  return found
}

/** The elements that a component draws, and, with a dot before them, its classes. */
const namesOf = once((path): readonly string[] => {
  const text = read(path)
  const classes = [...text.matchAll(/class=(?:"([^"]*)"|\{((?:[^{}]|\{[^{}]*\})*)\})/g)].flatMap(
    ([, plain = '', code = '']) =>
      [plain, ...(code.match(/'[^']*'/g) ?? []), ...(code.replaceAll(/\$\{[^{}]*\}/g, ' ').match(/`[^`]*`/g) ?? [])]
        .join(' ')
        .match(/[\w-]+/g) ?? [],
  )
  return [...classes.map((name) => `.${name}`), ...(text.match(/(?<=<)[a-z][a-z1-6]*/g) ?? [])]
})

/** The selectors of a stylesheet, each with the classes and elements that it asks for. */
const selectorsOf = once((path): readonly (readonly [string, readonly string[]])[] =>
  [
    ...read(path)
      .replaceAll(/\/\*.*?\*\//gs, '')
      .matchAll(/([^{};]+)\{/g),
  ]
    .map(([, selectors = '']) => selectors.trim())
    .filter((selectors) => !/^(@|from|to|\d)/.test(selectors))
    .flatMap((selectors) => selectors.split(/,(?![^(]*\))/))
    .map((selector) => [
      selector.trim(),
      selector
        .replaceAll(/:(?:is|not|nth-child)\(.*?\)|\[.*?\]/g, '')
        .replaceAll(/:(?:has|where)\((.*?)\)/g, ' $1')
        .replaceAll(/::?[a-z-]+/g, '')
        .match(/\.[\w-]+|(?<![\w-])[a-z][a-z1-6]*/g) ?? [],
    ]),
)

const screens = new Set(
  [...read(APP).matchAll(/import\('(\.[^']+)'\)/g)]
    .flatMap(([, to = '']) => fileOf(APP, to) ?? [])
    .filter((screen) => screen.endsWith('.tsx')),
)
const always = withImports(resolve(HERE, '../main.tsx'))
const sheets = readdirSync(HERE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => join(HERE, name))

it.each([...screens].map((screen) => [relative(HERE, screen), screen] as const))(
  '%s looks the same, whatever was shown before it',
  (_, screen) => {
    const parts = new Set([...always, ...withImports(screen)])
    const names = new Set([...parts].filter((path) => path.endsWith('.tsx')).flatMap(namesOf))
    const foreign = sheets
      .filter((sheet) => !parts.has(sheet))
      .flatMap((sheet) =>
        selectorsOf(sheet)
          .filter(([, asked]) => asked.some((name) => name.startsWith('.')) && asked.every((name) => names.has(name)))
          .map(([selector]) => `${relative(HERE, sheet)}: ${selector}`),
      )
    expect(foreign).toEqual([])
  },
)
