import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import { fieldsOf } from '../quiz/view'
import { practiceAsks as english } from '../words/en/practice-asks'
import { practiceAsks as spanish } from '../words/es/practice-asks'
import { DANGERS, DANGER_AT, PUBLIC, foreignDangers } from './danger'
import type { DrillItem } from './drill'
import { DRILLED, beginDrill, drillItem, drillNow, drilled } from './drill'
import { FACTS, factsInDeck } from './fact'

const cases = fc.record({ fact: fc.constantFrom(...DRILLED.map(({ id }) => id)), seed: fc.nat(1e6) })
const rightOf = ({ options }: DrillItem) => {
  const right = options.find((option) => option.right)
  if (!right) throw new Error('Nothing is right.')
  return right
}
const listing = ({ views }: DrillItem) =>
  views
    .map((view) =>
      view.kind === 'text' ? view.lines.map((line) => line.map(({ text }) => text).join('')).join('\n') : '',
    )
    .join('\n')

describe('the dangers', () => {
  it('are named for every port of the watch list, and for facts that exist', () => {
    const watched = factsInDeck('watch-list').map(({ id }) => id)
    expect(watched.filter((id) => DANGER_AT[id] === undefined)).toEqual([])
    for (const id of [...Object.keys(DANGER_AT), ...PUBLIC]) expect([...FACTS.keys()]).toContain(id)
    for (const { id, watch } of DRILLED) expect(watch !== undefined).toBe(DANGER_AT[id] !== undefined)
    expect(new Set(Object.values(DANGER_AT))).toEqual(new Set(DANGERS))
  })

  it('are not offered as wrong reasons where they are right', () => {
    for (const { id } of DRILLED) {
      expect(foreignDangers(id)).not.toContain(DANGER_AT[id])
      expect(foreignDangers(id).length).toBeGreaterThan(1)
    }
  })
})

describe('a case of the drill', () => {
  it('has one right answer among four, and each wrong one names its idea', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { options } = drillItem(one, english)
        expect(options).toHaveLength(4)
        expect(options.filter(({ right }) => right)).toHaveLength(1)
        expect(new Set(options.map(({ text }) => text)).size).toBe(4)
        for (const { right, misconception } of options)
          if (right) expect(misconception).toBeUndefined()
          else expect(MISCONCEPTION_IDS).toContain(misconception)
      }),
      { numRuns: 1000 },
    )
  })

  it('is judged by the model: what strangers do not reach may stay, and so may what is there for them', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const item = drillItem(one, english)
        const right = rightOf(item)
        const text = listing(item)
        const { port } = item.fact
        const isLocal = text.includes(`127.0.0.1:${port} `)
        const isFiltered = text.includes('policy drop')
        expect(item.exposed).toBe(!isLocal && !isFiltered)
        expect(right.verdict).toBe(item.exposed && DANGER_AT[one.fact] !== undefined ? 'close' : 'leave')
        const why = right.means.split(' ')[1]
        expect(why).toBe(
          isLocal ? 'loopback' : isFiltered ? 'filtered' : PUBLIC.includes(one.fact) ? 'public' : DANGER_AT[one.fact],
        )
      }),
      { numRuns: 1000 },
    )
  })

  it('lights the line of the listener', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { lit, views } = drillItem(one, english)
        expect(views.flatMap(fieldsOf)).toContain(lit)
      }),
    )
  })

  it('is the same in Spanish', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const [here, there] = [drillItem(one, english), drillItem(one, spanish)]
        expect(there.options.map(({ means }) => means)).toEqual(here.options.map(({ means }) => means))
        for (const [index, { text }] of there.options.entries()) expect(text).not.toBe(here.options[index]?.text)
        expect([there.stem, there.explanation]).not.toEqual([here.stem, here.explanation])
      }),
    )
  })
})

describe('a drill', () => {
  it('asks ten cases, three of them harmless, and wrong ones again in other surroundings', () => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        let drill = beginDrill(seed)
        const facts = drill.cases.map(({ fact }) => fact)
        expect(facts.filter((fact) => PUBLIC.includes(fact))).toHaveLength(3)
        expect(new Set(facts).size).toBe(10)
        let asked = 0
        for (let item = drillNow(drill, english); item; item = drillNow(drill, english)) {
          const wrong = item.options.find(({ right }) => !right)
          drill = drilled(drill, item, asked++ === 2 && wrong ? wrong.means : rightOf(item).means)
        }
        expect(drill.answers).toHaveLength(11)
        expect(drill.answers.at(-1)).toEqual({ fact: facts[2], right: true })
        expect(drill.cases[10]?.seed).not.toBe(drill.cases[2]?.seed)
      }),
      { numRuns: 50 },
    )
  })

  it('ends also for who is always wrong', () => {
    let drill = beginDrill(1)
    for (let item = drillNow(drill, english); item; item = drillNow(drill, english))
      drill = drilled(drill, item, 'nothing')
    expect(drill.answers).toHaveLength(20)
  })
})
