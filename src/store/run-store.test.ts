import { describe, expect, it } from 'vitest'
import type { Answer } from '../quiz/question'
import { MemoryStorage } from './memory-storage.test-support'
import { createRunStore } from './run-store'

const EACH_KIND: readonly Answer[] = [
  { kind: 'choose', means: 'rst' },
  { kind: 'predict', means: 'silence' },
  { kind: 'several', means: ['22', '443'] },
  { kind: 'order', means: ['bind', 'listen', 'accept'] },
  { kind: 'type', text: 'tcp/443' },
  { kind: 'match', pairs: [['nodePort', '30080']] },
]

describe('questions being answered', () => {
  it('go on where they were after a reload, whatever the kind of answer', () => {
    const storage = new MemoryStorage()
    const run = createRunStore(storage, 'round?n=10').getState()
    for (const answer of [...EACH_KIND, null]) {
      run.give(answer)
      run.goOn()
    }
    expect(createRunStore(storage, 'round?n=10').getState()).toMatchObject({ answers: [...EACH_KIND, null], shown: 7 })
  })

  it('take the first answer to each question, and go on only when there is one', () => {
    const { getState } = createRunStore(new MemoryStorage(), 'a')
    getState().goOn()
    expect(getState().shown).toBe(0)
    getState().give({ kind: 'type', text: '22' })
    getState().give({ kind: 'type', text: '23' })
    expect(getState().answers).toEqual([{ kind: 'type', text: '22' }])
  })

  it('make room for others, and begin again when asked to', () => {
    const storage = new MemoryStorage()
    createRunStore(storage, 'a').getState().give(null)
    expect(createRunStore(storage, 'b').getState().answers).toEqual([])
    const { getState } = createRunStore(storage, 'a')
    getState().again()
    expect(getState()).toMatchObject({ answers: [], shown: 0 })
  })

  it('do without storage, and without what somebody else has stored there', () => {
    const { getState } = createRunStore(undefined, 'a')
    getState().give(null)
    expect(getState().answers).toEqual([null])
    const damaged = new MemoryStorage({ 'port-authority.run': '{"of":"a","answers":[{"kind":"shout"}]}' })
    expect(createRunStore(damaged, 'a').getState().answers).toEqual([])
  })
})
