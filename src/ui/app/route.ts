import * as v from 'valibot'
import type { Mode } from '../../shift/shift'

/** Where in the app one is: read from the part of the address behind `#`. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'shift'; readonly level: string; readonly seed: number | undefined; readonly mode: Mode }
  /** A recorded shift, from its `at`th verdict on. */
  | { readonly page: 'replay'; readonly code: string; readonly at: number }
  | { readonly page: 'result'; readonly code: string }
  | { readonly page: 'own' }
  | { readonly page: 'unknown' }

const Seed = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,7}$/))

const Place = v.pipe(v.string(), v.regex(/^\d{1,3}$/))

/** Reads a hash like `#/shift/1.2?seed=k3&mode=rush`. Whatever it is not is `unknown`, never an error. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?')
  const [, page = '', rest = '', more] = path.split('/')
  if (more !== undefined) return { page: 'unknown' }
  if (page === '') return { page: 'home' }
  if (page === 'own' && rest === '') return { page: 'own' }
  if (page === 'result' && rest !== '') return { page: 'result', code: rest }
  if (page === 'replay' && rest !== '') {
    const at = v.safeParse(Place, new URLSearchParams(query).get('at'))
    return { page: 'replay', code: rest, at: at.success ? Number(at.output) : 0 }
  }
  if (page === 'shift' && rest !== '') {
    const options = new URLSearchParams(query)
    const seed = v.safeParse(Seed, options.get('seed'))
    return {
      page: 'shift',
      level: rest,
      seed: seed.success ? Number.parseInt(seed.output, 36) : undefined,
      mode: options.get('mode') === 'rush' ? 'rush' : 'calm',
    }
  }
  return { page: 'unknown' }
}

/** The hash of a shift, the same for everyone who opens it. */
export const shiftHash = (level: string, seed: number, mode: Mode): string =>
  `#/shift/${level}?seed=${seed.toString(36)}${mode === 'rush' ? '&mode=rush' : ''}`

/** The hash of a recorded shift, from its `at`th verdict on. */
export const replayHash = (code: string, at = 0): string => `#/replay/${code}${at > 0 ? `?at=${at}` : ''}`

/** The hash of what a recorded shift came to. */
export const resultHash = (code: string): string => `#/result/${code}`
