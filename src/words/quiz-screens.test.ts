import { describe, expect, it } from 'vitest'
import { KINDS } from '../quiz/question'
import { TOPICS } from '../quiz/topic'
import { quiz as en } from './en/quiz'
import { quiz as es } from './es/quiz'
import { texts } from './texts.test-support'

/** What reads the same in English and Spanish: plates, tokens, and what is a name in both. */
const SAME = new Set([
  ...TOPICS.map((topic) => `topics.${topic}.plate`),
  'topics.nat.name',
  'match.pair()',
  'clock.left()',
])

describe('the words of the quiz', () => {
  const [mine, theirs] = [texts(en), texts(es)]

  it('say the same things in both languages, each in its own words', () => {
    expect(theirs.map(([path]) => path).toSorted()).toEqual(mine.map(([path]) => path).toSorted())
    const same = theirs.filter(([path, text]) => mine.some(([other, english]) => other === path && english === text))
    expect(new Set(same.map(([path]) => path))).toEqual(SAME)
  })

  it('are whole: nothing undefined, no doubled space, no exclamation', () => {
    for (const [path, text] of [...mine, ...theirs]) {
      expect(text, path).toMatch(/\S/)
      expect(text, path).not.toMatch(/undefined|NaN|\[object|\s{2}|[!¡]/)
    }
  })

  it('name every topic and every kind of question', () => {
    for (const language of [en, es]) {
      expect(Object.keys(language.topics)).toEqual([...TOPICS])
      expect(Object.keys(language.how).toSorted()).toEqual(KINDS.toSorted())
    }
  })
})
