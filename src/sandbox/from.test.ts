import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { LEVELS } from '../levels'
import { receive } from '../net/receive'
import { tupleOf } from '../net/packet'
import { hostOf } from '../quiz/machine'
import { questionFrom } from '../quiz/template'
import { TEMPLATES } from '../quiz/templates'
import { modelPlayer } from '../shift/player'
import { decide, start } from '../shift/rules'
import { questions } from '../words/en/questions'
import { sandboxOfQuestion } from './from-question'
import { sandboxOfDecision, sandboxOfLevel, sandboxOfShift } from './from-shift'
import { writeSandbox } from './link'
import { SandboxSchema } from './sandbox'
import { play } from './story'

const SEEDS = [1, 2, 3, 4, 5, 6]

describe('a question in the sandbox', () => {
  it('is a building that can be built, linked and played, for every template that has one', () => {
    const fitting = new Set<string>()
    for (const template of TEMPLATES)
      for (const seed of SEEDS) {
        const sandbox = sandboxOfQuestion(questionFrom(template, seed, questions))
        if (!sandbox) continue
        fitting.add(template.id)
        const read = v.safeParse(SandboxSchema, sandbox)
        expect(read.success ? [] : read.issues.map(({ message }) => message), `${template.id} ${seed}`).toEqual([])
        expect(play(sandbox)).toHaveLength(sandbox.parcels.length)
        expect('code' in writeSandbox(sandbox), `${template.id} ${seed} fits into a link`).toBe(true)
      }
    expect(fitting.size).toBeGreaterThan(25)
  })

  it('comes to the same as the model said of its scene', () => {
    let compared = 0
    for (const template of TEMPLATES)
      for (const seed of SEEDS) {
        const question = questionFrom(template, seed, questions)
        const [packet] = question.scene?.packets ?? []
        const sandbox = sandboxOfQuestion(question)
        if (!question.scene || !packet || !sandbox || sandbox.chains.length > 0 || sandbox.nat) continue
        // What a scene shows after a change of hands on the way is not its first packet.
        const { machine } = question.scene
        const { verdict } = receive(hostOf(machine), packet)
        const [story] = play(sandbox)
        const tuple = tupleOf(packet)
        if (!tuple || story?.steps.some(({ kind }) => kind === 'unrouted' || kind === 'dropped')) continue
        const kind = { listener: true, connection: true, rst: false, icmp: false, 'echo-reply': false, drop: false }
        expect(story?.ending.kind === 'delivered', `${template.id} ${seed}`).toBe(kind[verdict.kind])
        compared++
      }
    expect(compared).toBeGreaterThan(50)
  })
})

describe('a question about a board', () => {
  it('has in the sandbox the rule that the question says decides', () => {
    const template = TEMPLATES.find(({ id }) => id === 'fw-which-rule')
    if (!template) throw new Error('There is no such template.')
    let compared = 0
    for (let seed = 1; seed <= 60; seed++) {
      const question = questionFrom(template, seed, questions)
      const sandbox = sandboxOfQuestion(question)
      const right = question.body.kind === 'type' ? question.body.answer : undefined
      const [story] = sandbox ? play(sandbox) : []
      const chain = story?.steps.find((step) => step.kind === 'chain')
      if (right === undefined || chain?.kind !== 'chain') continue
      expect(chain.by === 'policy' ? 'policy' : String(chain.by + 1), `seed ${seed}`).toBe(right)
      compared++
    }
    expect(compared).toBeGreaterThan(30)
  })
})

describe('a shift in the sandbox', () => {
  it('shows the building and the packet of a wrong delivery, and what would have been right', () => {
    let wrong = 0
    for (const level of LEVELS) {
      let shift = start(level, 3, 'calm')
      for (let turn = 0; turn < 60 && !shift.finished; turn++) {
        const before = shift
        // A guard who lets in nobody, once, and then does what is right.
        const arrival = shift.waiting[0]
        const choice =
          arrival?.asks === 'route' && arrival.attempt === 1 ? { kind: 'drop' as const } : modelPlayer(shift)
        shift = decide(shift, choice)
        const decision = shift.decisions.at(-1)
        if (!decision || decision.right || shift === before) continue
        const sandbox = sandboxOfDecision(shift, decision)
        if (!sandbox) continue
        wrong++
        expect(v.is(SandboxSchema, sandbox), level.id).toBe(true)
        const [story] = play(sandbox)
        const { kind } = decision.truth
        if (story?.steps.some((step) => step.kind === 'dropped')) continue
        if (kind === 'listener' || kind === 'connection') expect(story?.ending.kind, level.id).toBe('delivered')
        if (kind === 'rst') expect(story?.ending, level.id).toMatchObject({ kind: 'refused', by: 'host' })
      }
    }
    expect(wrong).toBeGreaterThan(10)
  })

  it('has the building of every shift as it stands, but not of one that the player does not know yet', () => {
    for (const level of LEVELS) {
      const shift = start(level, 5, 'calm')
      const sandbox = sandboxOfShift(shift)
      expect(sandbox === undefined, level.id).toBe(level.waves[0]?.outside === true)
      if (sandbox) expect(v.is(SandboxSchema, sandbox), level.id).toBe(true)
      expect(sandbox?.parcels ?? []).toEqual([])
    }
  })

  it('has a building for every level', () => {
    for (const level of LEVELS) {
      const sandbox = sandboxOfLevel(level)
      expect(v.is(SandboxSchema, sandbox), level.id).toBe(true)
    }
    expect(LEVELS.map(sandboxOfLevel).filter(({ sockets }) => sockets.length > 0).length).toBeGreaterThan(5)
  })
})
