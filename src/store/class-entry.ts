import type { SayName } from '../room/wire'
import type { Line, Outcome, Trouble } from './class-line'

/** Whether it is worth saying the same again a little later. */
export const isPassing = (why: Trouble): boolean => why === 'no-line' || why === 'too-fast' || why === 'not-saved'

/** Milliseconds until it is said again. */
export const AGAIN = 2000

/** How the connection stands, as a person is told. */
export type LineState = 'connecting' | 'on' | 'lost'

/**
 * Says who one is on every new connection, again and again as long as only something passing is in the way. `tell` gets how
 * the connection stands; `took` what was answered at last, good or bad. Returns how to end it.
 */
export function enterOn<Name extends SayName>(
  line: Line,
  enter: () => Promise<Outcome<Name>>,
  tell: (state: LineState) => void,
  took: (outcome: Outcome<Name>) => void,
): { readonly now: () => void; readonly end: () => void } {
  let stands = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0
  const attempt = async () => {
    clearTimeout(timer)
    const mine = ++turn
    const outcome = await enter()
    if (mine !== turn || !stands) return
    if (!outcome.ok && isPassing(outcome.why)) timer = setTimeout(() => void attempt(), AGAIN)
    if (outcome.ok || outcome.why !== 'no-line') took(outcome)
    if (outcome.ok) tell('on')
  }
  line.follow((now) => {
    stands = now
    clearTimeout(timer)
    if (now) void attempt()
    else {
      turn++
      tell('lost')
    }
  })
  return {
    now: () => {
      if (stands) void attempt()
    },
    end: () => {
      turn++
      clearTimeout(timer)
    },
  }
}
