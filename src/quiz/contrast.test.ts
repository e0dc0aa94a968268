import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contrast } from './contrast'

const lit = (one: string, other: string) =>
  contrast(one, other).map((pieces) => pieces.flatMap(({ text, lit }) => (lit ? [text] : [])))

describe('two options side by side', () => {
  it('have the field lit in which they differ', () => {
    expect(lit('to the window of 198.51.100.4:52910', 'to the window of 198.51.100.4:56657')).toEqual([
      ['52910'],
      ['56657'],
    ])
    expect(lit('tcp 192.0.2.10:443', 'udp 192.0.2.10:443')).toEqual([['tcp'], ['udp']])
    expect(lit('nothing at all, no answer', 'nothing at all')).toEqual([['no answer'], []])
  })

  it('have nothing lit where they have little in common', () => {
    expect(lit('443', '7')).toEqual([[], []])
    expect(lit('takes it: the window fits', 'sends RST: no window has this label')).toEqual([[], []])
    expect(lit('refused, with RST', 'dropped. No answer')).toEqual([[], []])
  })

  it('say together what they say, whatever they are', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const texts = contrast(one, other).map((pieces) => pieces.map(({ text }) => text).join(''))
        expect(texts).toEqual([one, other])
        expect(contrast(one, one)[0].some((piece) => piece.lit)).toBe(false)
      }),
    )
  })
})
