import type { Saying, Told } from '../../lessons/told'

/** The keys of what one can say. */
const SAYING_LETTERS: Readonly<Record<Saying, string>> = {
  pass: 'a',
  drop: 'x',
  refuse: 'r',
  open: 'o',
  closed: 'c',
  filtered: 'f',
  'open|filtered': 'q',
  unseen: 'n',
  understood: 'u',
  'hung-up': 'h',
  patch: 'p',
  tls: 't',
  'second-factor': 's',
  'try-limit': 'l',
  'other-port': 'o',
  'close-rest': 'c',
  'not-in-lines': 'q',
  misfit: 'f',
  nowhere: 'n',
  'new-guest': 'n',
  healthy: 'g',
  'check-refused': 'r',
  'check-silent': 's',
  served: 's',
  'at-gate': 'g',
  'at-node': 'n',
  'at-pod': 'p',
}

/** The digits in the order in which they lie on a keyboard. */
export const DIGITS = '1234567890'

/** Which key says this: a letter for a word, the number of a rule (0 is the policy), the place in the list for the rest. */
export const keyOfTold = (told: Told, index: number): string => {
  if (told.kind === 'say') return SAYING_LETTERS[told.saying]
  if (told.kind === 'line') return told.line === 'policy' ? '0' : (DIGITS[told.line] ?? '')
  return DIGITS[index] ?? ''
}
