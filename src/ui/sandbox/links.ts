import type { SeenPort } from '../../sandbox/facts'
import { sandboxOfService } from '../../sandbox/from-facts'
import { sandboxOfQuestion } from '../../sandbox/from-question'
import { sandboxOfDecision, sandboxOfShift } from '../../sandbox/from-shift'
import { writeSandbox } from '../../sandbox/link'
import type { Sandbox } from '../../sandbox/sandbox'
import type { Question } from '../../quiz/question'
import { inputsOf, replay } from '../../shift/rules'
import type { Decision, Shift } from '../../shift/shift'
import { sandboxHash } from '../app/route'

/** The address of a sandbox, where it fits into one. */
function hashOf(sandbox: Sandbox | undefined): string | undefined {
  const written = sandbox && writeSandbox(sandbox)
  return written && 'code' in written ? sandboxHash(written.code) : undefined
}

/** Where the case of a question can be tried; undefined where a sandbox does not have what it is about. */
export const ofQuestion = (question: Question): string | undefined => hashOf(sandboxOfQuestion(question))

/** Where the packet of a decision can be sent again, at the same building. */
export const ofDecision = (shift: Shift, decision: Decision): string | undefined =>
  hashOf(sandboxOfDecision(shift, decision))

/** The same for a decision of a shift that has gone on since: its building as it was when it was decided. */
export function ofMissed(shift: Shift, decision: Decision): string | undefined {
  const { level, seed, mode, decisions } = shift
  const inputs = inputsOf(shift).slice(0, decisions.indexOf(decision) + 1)
  return ofDecision(replay(level, seed, mode, inputs), decision)
}

/** Where a service of the registry listens, and is called. */
export const ofService = (service: SeenPort): string | undefined => hashOf(sandboxOfService(service))

/** Where the building of a shift stands as a picture, as it is now. */
export const ofShift = (shift: Shift): string | undefined => hashOf(sandboxOfShift(shift))
