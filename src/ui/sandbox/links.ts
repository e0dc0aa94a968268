import { sandboxOfQuestion } from '../../sandbox/from-question'
import { sandboxOfDecision, sandboxOfShift } from '../../sandbox/from-shift'
import { writeSandbox } from '../../sandbox/link'
import type { Sandbox } from '../../sandbox/sandbox'
import type { Question } from '../../quiz/question'
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

/** Where the building of a shift stands as a picture, as it is now. */
export const ofShift = (shift: Shift): string | undefined => hashOf(sandboxOfShift(shift))
