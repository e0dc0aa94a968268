import * as fc from 'fast-check'
import { validateXML } from 'xmllint-wasm'
import { describe, expect, it } from 'vitest'
import { sandbox as english } from '../words/en/sandbox'
import { diagram, standalone } from './diagram'
import type { Sandbox } from './sandbox'
import { firstSandbox } from './sandbox'
import { anySandbox } from './sandbox.test-support'
import { play } from './story'
import type { SvgNode } from './svg'
import { svgText } from './svg'

const words = { ...english.picture, roles: english.roles }

/** All nodes of a picture, outermost first. */
const nodesOf = (node: SvgNode): readonly SvgNode[] => [
  node,
  ...node.children.flatMap((child) => (typeof child === 'string' ? [] : nodesOf(child))),
]
const textsOf = (picture: SvgNode): readonly string[] =>
  nodesOf(picture)
    .filter(({ tag }) => tag === 'text')
    .map(({ children }) => children.filter((child) => typeof child === 'string').join(''))

const options = fc.record({
  theme: fc.constantFrom('dark' as const, 'light' as const),
  narrow: fc.boolean(),
})
const drawn = (sandbox: Sandbox, more: { theme: 'dark' | 'light'; narrow: boolean }, told = true) => {
  const [story] = play(sandbox)
  return diagram(sandbox, words, { ...more, ...(told && story && { story }) })
}
const DAY = { theme: 'light', narrow: false } as const

describe('the picture of a sandbox', () => {
  it('shows every door with its number, whatever is built', () => {
    fc.assert(
      fc.property(anySandbox, options, fc.boolean(), (sandbox, more, told) => {
        const texts = textsOf(drawn(sandbox, more, told))
        for (const { local } of sandbox.sockets) expect(texts).toContain(String(local.port))
        for (const { name } of sandbox.containers) expect(texts).toContain(name)
        for (const text of texts) expect(text).not.toMatch(/undefined|NaN|\[object/)
      }),
    )
  })

  it('has numbers for all places and sizes, and no letter smaller than a lesson can read', () => {
    fc.assert(
      fc.property(anySandbox, options, (sandbox, more) => {
        const picture = drawn(sandbox, more)
        for (const { attributes } of nodesOf(picture))
          for (const [name, value] of Object.entries(attributes)) {
            expect(String(value), name).not.toMatch(/NaN|undefined|Infinity/)
            if (name === 'font-size') expect(Number(value)).toBeGreaterThanOrEqual(12.5)
          }
        const [, , width, height] = String(picture.attributes['viewBox']).split(' ').map(Number)
        expect(width).toBe(more.narrow ? 440 : 1280)
        expect(height).toBeGreaterThan(300)
      }),
    )
  })

  it('has wires with dashes that travel, and arrowheads that say the same without motion', () => {
    const nodes = nodesOf(drawn(firstSandbox(), DAY))
    const flows = nodes.filter(({ attributes }) => attributes['class'] === 'flow')
    expect(flows.length).toBeGreaterThan(1)
    for (const { attributes } of flows) expect(attributes['stroke-dasharray']).toBeDefined()
    const heads = nodes.filter(
      ({ tag, attributes }) => tag === 'path' && /l-13 -8v16Z|l-8 -13h16Z/.test(String(attributes['d'])),
    )
    expect(heads).toHaveLength(flows.length)
  })

  it('marks the rule that decided with a cross, and the one that let through with a tick', () => {
    const marks = (sandbox: Sandbox) =>
      nodesOf(drawn(sandbox, DAY))
        .map(({ attributes }) => String(attributes['d'] ?? ''))
        .filter((d) => /l5 6l9 -12|l12 12m0 -12/.test(d))
        .map((d) => (d.includes('l5 6l9') ? 'tick' : 'cross'))
    expect(marks(firstSandbox())).toEqual(['cross'])
    const [parcel] = firstSandbox().parcels
    const to443 = parcel ? [{ ...parcel, to: { ...parcel.to, port: 443 } }] : []
    expect(marks({ ...firstSandbox(), parcels: to443 })).toEqual(['tick'])
  })

  it('bricks up the door that nobody has, with its number', () => {
    const [parcel] = firstSandbox().parcels
    const closed = parcel ? [{ ...parcel, to: { ...parcel.to, port: 8080 } }] : []
    const texts = textsOf(drawn({ ...firstSandbox(), chains: [], parcels: closed }, DAY))
    expect(texts).toContain('8080')
    expect(texts).toContain('nobody listens')
  })

  it('is a well-formed file of its own, with its motion and what stops it', async () => {
    const pictures = fc.sample(anySandbox, { numRuns: 12, seed: 9 }).map((sandbox) => {
      const [first] = sandbox.chains
      // Names may hold what XML has to be told apart from.
      return first ? { ...sandbox, chains: [{ ...first, name: 'a-b.c' }] } : sandbox
    })
    const files = pictures.map((sandbox, index) => ({
      fileName: `${index}.svg`,
      contents: svgText(standalone(drawn(sandbox, { theme: 'dark', narrow: index % 2 === 0 }))),
    }))
    const { valid, errors } = await validateXML({
      xml: files,
      extension: 'schema',
      schema: [
        `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/2000/svg" elementFormDefault="qualified"><xs:element name="svg"><xs:complexType><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/></xs:sequence><xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>`,
      ],
    })
    expect(errors).toEqual([])
    expect(valid).toBe(true)
    for (const { contents } of files) {
      expect(contents).toContain('@keyframes flow')
      expect(contents).toContain('prefers-reduced-motion')
    }
  })
})
