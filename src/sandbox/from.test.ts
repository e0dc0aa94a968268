import assert from 'node:assert/strict'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Choice } from '../lessons/choice'
import { LEVELS } from '../levels'
import { receive } from '../net/receive'
import { tupleOf } from '../net/packet'
import { endpointText } from '../net/tuple'
import { hostOf } from '../quiz/machine'
import type { Question } from '../quiz/question'
import { questionFrom } from '../quiz/template'
import { TEMPLATES } from '../quiz/templates'
import { modelPlayer } from '../shift/player'
import { decide, start } from '../shift/rules'
import type { Arrival, Decision } from '../shift/shift'
import { questions } from '../words/en/questions'
import { sandboxOfQuestion } from './from-question'
import { sandboxOfDecision, sandboxOfLevel, sandboxOfShift } from './from-shift'
import { writeSandbox } from './link'
import type { Sandbox } from './sandbox'
import { SandboxSchema } from './sandbox'
import type { Story } from './story'
import { play } from './story'

const SEEDS = [1, 2, 3]

/** How many values a field of bits has is no matter of a packet. */
const NO_PACKET = ['wk-count-values']

/** Whether a question's sandbox comes to what the model says of its scene. */
function fitsScene({ scene }: Question, sandbox: Sandbox): boolean {
  const [packet] = scene?.packets ?? []
  if (!scene || !packet || sandbox.chains.length > 0 || sandbox.nat) return true
  const [story] = play(sandbox)
  const unheard = story?.steps.some(({ kind }) => kind === 'unrouted' || kind === 'dropped')
  if (!tupleOf(packet) || unheard) return true
  const { kind } = receive(hostOf(scene.machine), packet).verdict
  return (story?.ending.kind === 'delivered') === (kind === 'listener' || kind === 'connection')
}

describe('a question in the sandbox', () => {
  it('is a building with a packet on its way, that can be built, linked and played, for every template', () => {
    for (const template of TEMPLATES)
      for (const seed of SEEDS) {
        const question = questionFrom(template, seed, questions)
        const sandbox = sandboxOfQuestion(question)
        const at = `${template.id} ${seed}`
        if (NO_PACKET.includes(template.id)) {
          assert(sandbox === undefined, at)
          continue
        }
        assert(sandbox !== undefined, `${at} has no sandbox`)
        assert.deepEqual(v.safeParse(SandboxSchema, sandbox).issues ?? [], [], at)
        assert(sandbox.parcels.length > 0, `${at} sends nothing`)
        const stories = play(sandbox)
        assert(!stories.some(({ ending }) => ending.kind === 'unsent'), `${at} has a packet that cannot be sent`)
        assert('code' in writeSandbox(sandbox), `${at} fits into a link`)
        assert(fitsScene(question, sandbox), `${at} comes to something else than its scene`)
      }
  })

  it('is the same in every language, because it is read from what tools print', async () => {
    const { questions: spanish } = await import('../words/es/questions')
    for (const template of TEMPLATES)
      assert.deepEqual(
        sandboxOfQuestion(questionFrom(template, 1, questions)),
        sandboxOfQuestion(questionFrom(template, 1, spanish)),
        template.id,
      )
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

/** Something else than what is right, where the arrival has it. */
function wrongChoice(arrival: Arrival, right: Choice): Choice {
  if (arrival.attempt > 1) return right
  switch (arrival.asks) {
    case 'route':
      return right.kind === 'drop' ? right : { kind: 'drop' }
    case 'tell': {
      const wrong = arrival.options.find(({ misconception }) => misconception)
      return wrong ? { kind: 'tell', told: wrong.told } : right
    }
    case 'reply':
      return right.kind === 'reply' ? { ...right, source: right.destination } : right
    case 'range':
      return right.kind === 'range' ? { kind: 'range', range: right.range === 'system' ? 'user' : 'system' } : right
    case 'bind':
      return { kind: right.kind === 'grant' ? 'eacces' : 'grant' }
    case 'connect':
      return { kind: 'port', port: 1 }
    case 'count': {
      const wrong = arrival.bets.find(({ misconception }) => misconception)
      return wrong ? { kind: 'count', count: wrong.count } : right
    }
    default:
      return right
  }
}

/** Labels of a story that were painted on the way, and where its packets went. */
const labels = ({ steps }: Story): readonly string[] =>
  steps.flatMap((step) => {
    const packet = step.kind === 'translated' ? step.after : step.kind === 'sent' ? step.packet : undefined
    const tuple = packet && tupleOf(packet)
    return tuple ? [`${endpointText(tuple.source)} > ${endpointText(tuple.destination)}`] : []
  })

/** What a scanner says of a story. */
function foundBy({ ending, heard, packet }: Story): string {
  if (ending.kind === 'refused' && ending.by === 'host') return 'closed'
  if (ending.kind === 'delivered' && heard) return 'open'
  if (packet?.transport.protocol === 'udp' && ending.kind !== 'refused') return 'open|filtered'
  return 'filtered'
}

/** Whether the stories come to what is right by the model, as far as both speak of it. */
function agrees({ arrival, truth }: Decision, stories: readonly Story[]): boolean {
  const last = stories.at(-1)
  const [story] = stories
  if (!story || !last) return arrival.asks === 'bind' || arrival.asks === 'tell'
  if (story.steps.some(({ kind }) => kind === 'dropped')) return true
  if (truth.kind === 'listener' || truth.kind === 'connection') return story.ending.kind === 'delivered'
  if (truth.kind === 'rst') return story.ending.kind === 'refused' && story.ending.by === 'host'
  if (truth.kind !== 'tell' || arrival.asks !== 'tell') return true
  const { told } = truth
  const chain = story.steps.find((step) => step.kind === 'chain')
  const action = chain?.kind === 'chain' ? chain.action : 'accept'
  const served = stories.some(({ ending }) => ending.kind === 'delivered')
  if (told.kind === 'line') return chain?.kind === 'chain' && chain.by === told.line
  if (told.kind === 'label') {
    const right = `${endpointText(told.source)} > ${endpointText(told.destination)}`
    return stories.some((one) =>
      labels(one).some((label) => label === right || label.endsWith(right.split(' > ')[1] ?? '')),
    )
  }
  if (told.kind === 'end') {
    const ends = arrival.options.flatMap(({ told: one, misconception }) =>
      one.kind === 'end' && !misconception ? [endpointText(one.end)] : [],
    )
    // Behind two signs the sandbox ends at the second machine; the engine's proxy takes what comes from the host itself.
    const elsewhere = arrival.why === 'two-signs' || story.steps.some(({ kind }) => kind === 'proxy')
    return (
      served &&
      (elsewhere || stories.some((one) => ends.some((end) => labels(one).some((label) => label.endsWith(end)))))
    )
  }
  if (told.kind !== 'say') return true
  switch (told.saying) {
    case 'pass':
      return action === 'accept'
    case 'drop':
      return action === 'drop'
    case 'nowhere':
      return !served
    case 'misfit':
      return story.ending.kind === 'misfit'
    case 'served':
    case 'healthy':
      return served
    case 'at-gate':
    case 'check-silent':
      return story.ending.kind === 'silence'
    case 'at-pod':
    case 'check-refused':
      return story.ending.kind === 'refused'
    case 'open':
    case 'closed':
    case 'filtered':
    case 'open|filtered':
      return foundBy(last) === told.saying
    default:
      return true
  }
}

describe('a shift in the sandbox', () => {
  it('has every wrong decision of every level, with what would have been right', () => {
    const met = new Set<string>()
    // Three of a kind are enough of each level.
    const times = new Map<string, number>()
    for (const level of LEVELS) {
      let shift = start(level, 3, 'calm')
      for (let turn = 0; turn < 200 && !shift.finished; turn++) {
        const before = shift
        const [arrival] = shift.waiting
        const right = modelPlayer(shift)
        shift = decide(shift, arrival ? wrongChoice(arrival, right) : right)
        const decision = shift.decisions.at(-1)
        if (!decision || decision.right || shift === before) continue
        const at = `${level.id} ${decision.arrival.kind} ${decision.truth.kind}`
        const seen = times.get(at) ?? 0
        times.set(at, seen + 1)
        if (seen >= 3) continue
        const sandbox = sandboxOfDecision(shift, decision)
        assert(sandbox !== undefined, `${at} has no sandbox`)
        met.add(decision.arrival.asks === 'tell' ? decision.arrival.question : decision.arrival.asks)
        assert.deepEqual(v.safeParse(SandboxSchema, sandbox).issues ?? [], [], at)
        assert('code' in writeSandbox(sandbox), `${at} fits into a link`)
        assert(agrees(decision, play(sandbox)), `${at} comes to something else: ${JSON.stringify(decision.truth)}`)
      }
    }
    for (const asked of [
      'route',
      'bind',
      'reply',
      'line',
      'gate',
      'knock',
      'flat',
      'rewrite',
      'sign',
      'wing',
      'opening',
    ])
      expect(met).toContain(asked)
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
