import type { Random } from '../shift/random'

/** What a room's code is made of: no letter that looks like another or like a digit. */
export const CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const CODE_LENGTH = 6

/** A code for a new room. Whether it is free, the log says. */
export const drawCode = (dice: Random): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[dice.int(0, CODE_LETTERS.length - 1)] ?? '').join('')

/** The code that somebody typed: capitals or not, with spaces or a hyphen. Undefined if it can be no room's. */
export function readCode(text: string): string | undefined {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, '')
  return code.length === CODE_LENGTH && code.split('').every((letter) => CODE_LETTERS.includes(letter))
    ? code
    : undefined
}
