import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everyTemplate, nastyQuestion, ownSet, words } from './papers.test-support'
import { readFile } from './read-file'
import { readSetFile, writeSetFile } from './set-file'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('a file with a set', () => {
  it('gives back the set that was written, with everything in it', () => {
    expect(readSetFile(writeSetFile(everyTemplate(3)))).toEqual({ set: everyTemplate(3) })
    fc.assert(
      fc.property(fc.array(nastyQuestion, { maxLength: 4 }), (questions) => {
        const set = ownSet(questions, '<Title> "\'')
        expect(readSetFile(writeSetFile(set))).toEqual({ set })
      }),
      { numRuns: 100 },
    )
  })

  it('says why there is none in any other file', () => {
    expect(readSetFile('no json')).toEqual({ fault: 'not-json' })
    expect(readSetFile('{"kind":"port-authority progress"}')).toEqual({ fault: 'not-a-set' })
    expect(readSetFile('{"kind":"port-authority question set","version":2,"set":{}}')).toEqual({
      fault: 'newer-version',
    })
    expect(readSetFile(' '.repeat(20_000_001))).toEqual({ fault: 'too-large' })
    const text = writeSetFile(ownSet([]))
    fc.assert(
      fc.property(fc.nat({ max: text.length }), fc.string({ maxLength: 3 }), (at, into) => {
        expect(readSetFile(text.slice(0, at) + into)).toBeDefined()
      }),
    )
  })
})

describe('a file', () => {
  it('is read by what it is', async () => {
    const read = (name: string, text: string) => readFile(name, bytes(text), words.sheet)
    expect(await read('a.json', writeSetFile(ownSet([])))).toHaveProperty('set')
    expect(await read('a.txt', 'Which? {=a ~b}')).toHaveProperty('questions.length', 1)
    expect(await read('a.GIFT', 'Which? {=a ~b}')).toHaveProperty('questions.length', 1)
    expect(await read('a.csv', 'Question,Correct Answer,Incorrect Answer 1\nWhich?,a,b')).toHaveProperty(
      'questions.length',
      1,
    )
    expect(await read('a.xlsx', 'no sheet')).toEqual({ fault: 'not-a-sheet' })
    expect(await read('a.pdf', '%PDF')).toEqual({ fault: 'unknown-format' })
  })

  it('may be written in what a spreadsheet of Windows saves', async () => {
    const ansi = Uint8Array.from('Question;Correct Answer;Incorrect Answer 1\n¿Cuál?;sí;no', (one) => one.charCodeAt(0))
    expect(await readFile('a.csv', ansi, words.sheet)).toHaveProperty('questions.0.stem', '¿Cuál?')
  })
})
